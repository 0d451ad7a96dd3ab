"""What to do first, and how to read the figures, as sentences."""

from kalevi.summaries.findings import Findings, Step
from kalevi.summaries.wording import Wording


def step_text(step: Step, wording: Wording) -> str:
    """One thing to do as a sentence."""
    if step.kind == "action":
        try:
            return wording.say(f"action.{step.theme or 'other'}")
        except KeyError:
            return wording.say("action.other")
    if step.kind == "dream":
        return wording.say("step.dream", theme=wording.name(step.theme))
    return wording.counted(f"step.{step.kind}", step.count)


def notes(findings: Findings, wording: Wording) -> list[str]:
    """How far the figures go, who made the reading, what was masked and what could not be read."""
    lines = [wording.say("report.few")] if findings.read > 0 and findings.few else []
    if findings.read:
        lines.append(wording.say("report.how", n=wording.number(findings.read)))
    if findings.model:
        model = f"{findings.model.name} {findings.model.version}"
        lines.append(wording.say("report.machine", model=model))
    if findings.masked:
        lines.append(wording.counted("count.masked", findings.masked))
    if findings.rejected:
        first = ", ".join(
            f"{wording.say('report.row', row=row)}: {wording.say(f'reject.{reason}')}"
            for row, reason in findings.rejects[:3]
        )
        rejected = wording.counted("count.rejected", findings.rejected)
        lines.append(wording.say("report.unread", rejected=rejected) + f" ({first})")
    return lines
