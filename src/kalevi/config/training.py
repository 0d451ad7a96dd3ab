"""Makes a model of this installation from confirmed readings, puts it in use, or goes back."""

import shutil
from collections.abc import Sequence

from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions.queries.lessons import lessons_for_training
from kalevi.interactions.readers import company_reader, models_folder
from kalevi.text.refitting import Lesson, Outcome, choose, forget_newest, use

__all__ = ["lessons_for_training", "roll_back", "train"]

CARD = "card.md"


def train(lessons: Sequence[Lesson], *, dry_run: bool = False) -> Outcome:
    """Make a model and put it in use, unless it is a dry run or it may not be used.

    Raises OSError where the home cannot be written.
    """
    folder = models_folder()
    outcome = choose(lessons, folder)
    if outcome.place is None:
        return outcome
    if dry_run:
        shutil.rmtree(outcome.place)
        return outcome
    (outcome.place / CARD).write_text(card(outcome, len(lessons)), encoding="utf-8")
    use(folder, outcome.place.name)
    record(
        action="interactions.train_reader",
        actor_id=None,
        subject=f"model:{outcome.place.name}",
        lessons=len(lessons),
        groups=list(outcome.groups),
    )
    return outcome


def roll_back() -> tuple[str | None, str]:
    """Take the newest model out of use; return its version (None where none was) and the one that reads now.

    Raises OSError where the home cannot be written.
    """
    gone = forget_newest(models_folder())
    if gone is not None:
        record(action="interactions.roll_reader_back", actor_id=None, subject=f"model:{gone}")
    return gone, company_reader().model.version


def card(outcome: Outcome, lessons: int) -> str:
    """The card of a model: what it was made from and how it read, without a word of anybody."""
    place, comparison = outcome.place, outcome.comparison
    lines = [
        f"# Model {place.name if place else ''}",
        "",
        (
            f"Made on {timezone.localdate().isoformat()} by `kalevi train` from {lessons} confirmed readings"
            f" of this installation. It is the shipped model with small corrections to:"
            f" {', '.join(outcome.groups)}."
        ),
        "",
        (
            f"On lessons held back, {outcome.before:.1%} of what people and model found was the same before"
            f" (F1), {outcome.after:.1%} after."
        ),
        "",
    ]
    if comparison is not None:
        lines += [
            f"On the frozen test ({comparison.comments} comments that ship with Kalevi; F1):",
            "",
            "| | shipped | this | difference, 95% |",
            "|---|---|---|---|",
            *(
                f"| {one.name} | {one.old:.3f} | {one.new:.3f} | {one.low:+.3f} to {one.high:+.3f} |"
                for one in comparison.figures
            ),
        ]
    return "\n".join(lines) + "\n"
