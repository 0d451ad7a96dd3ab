"""Which of the six qualities a draft has, and which faults: rules over its signals, sentence by sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kalevi.text.coach.features import features
from kalevi.text.coach.hint import QUALITIES, Quality
from kalevi.text.coach.moments import moments
from kalevi.text.coach.questions import unanswered
from kalevi.text.coach.signals import Signal, signals
from kalevi.text.coach.situation import Situation, content_keys, sentences
from kalevi.text.coach.unknown import asking
from kalevi.text.coach.weighing import likely, quality
from kalevi.text.reading import Span

CALLED, THERE = 0.5, 0.5
# At this chance as many answers are said to lack a question as do (in folds of the dev part).
QUESTION_CALLED = 0.4
# "Call me" is no sending elsewhere: whoever writes answers the call.
_TO_ME = re.compile(r"[^.!?\n]{0,25}\b(?:minulle|mulle|minua|minuun|mig|me|myself)\b", re.IGNORECASE)


# "See you soon" is no promise.
_WELCOME = re.compile(
    r"\b(?:tervetuloa|nähdään|tapaamisiin|toivottavasti|välkommen|välkomna|vi ses|på återseende|hoppas|"
    r"welcome|see you|hope|visit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a draft: qualities, faults where they stand, questions left without an answer.

    `good` is how likely a thoughtful colleague would send it as it is, from 0 to 1.
    """

    qualities: Mapping[Quality, bool | None]
    faults: Sequence[tuple[str, Span]]
    open_questions: Sequence[Span]
    ritual: Span | None
    good: float = 0.0


def judge(draft: str, language: str, asked: Situation | None) -> Judged:
    """Judge a draft in `language`; without the customer's words by what the draft itself shows."""
    found = signals(draft, language)
    parts = sentences(draft)
    times = moments(draft, language)
    values = features(draft, language, asked, found)
    met, ritual = _meets(draft, language, parts, found, asked)
    open_questions = unanswered(draft, language, asked) if asked else ()
    qualities = _weighed(values) if asked else _by_rules(draft, language, parts, found, times, met)
    if asked and not asked.questions:
        qualities["answers"] = None
    trouble = asked.trouble is not None if asked else _speaks_of_trouble(found)
    faults = list(
        _faults(
            draft,
            found,
            parts,
            times,
            trouble=trouble,
            owns=qualities["ownership"] is not False,
            next_step=qualities["next_step"] is not False,
            answers=qualities["answers"] is not False,
        )
    )
    good = likely("good", values) if asked else 0.0
    missing = open_questions if qualities["answers"] is False else ()
    return Judged(qualities, faults, missing, None if qualities["feeling"] else ritual, good)


def _weighed(values: Mapping[str, float]) -> dict[Quality, bool | None]:
    """Return each quality as the small models weigh it."""
    found: dict[Quality, bool | None] = {}
    for name in QUALITIES:
        called, there = quality(name, values)
        least = QUESTION_CALLED if name == "question" else CALLED
        found[name] = None if called < least else there >= THERE
    # Whether a draft asks is seen; only whether it should have is weighed.
    if values["asks_really"]:
        found["question"] = True
    elif found["question"]:
        found["question"] = False
    return found


def _by_rules(
    draft: str,
    language: str,
    parts: Sequence[Span],
    found: Mapping[str, Sequence[Signal]],
    times: Sequence[Span],
    met: bool,
) -> dict[Quality, bool | None]:
    """Return the qualities of a draft alone, by what it speaks of."""
    trouble = _speaks_of_trouble(found)
    owns, done = bool(found.get("owns")), bool(found.get("done"))
    return {
        "feeling": met if trouble else None,
        "question": True if asking(draft, language, parts, found)[0] else None,
        "ownership": owns if trouble else None,
        "next_step": (done or _acts_in_time(parts, found, times)) if trouble else None,
        "answers": None,
        "aims": not (found.get("we") or found.get("jargon")) if parts else None,
    }


def _speaks_of_trouble(found: Mapping[str, Sequence[Signal]]) -> bool:
    """Whether a draft by itself seems to answer somebody in trouble: it is sorry, or sends elsewhere."""
    if found.get("ritual"):
        return True
    return bool(found.get("excuse") or found.get("blame")) or (
        bool(found.get("met")) and not found.get("thanks")
    )


def _meets(
    draft: str,
    language: str,
    parts: Sequence[Span],
    found: Mapping[str, Sequence[Signal]],
    asked: Situation | None,
) -> tuple[bool, Span | None]:
    """Whether the draft meets the feeling; and the first ritual phrase.

    A phrase anybody could send to anybody meets nobody, unless its sentence names what happened.
    """
    rituals = found.get("ritual", ())
    for start, end in parts:
        here = [one for one in found.get("met", ()) if start <= one.span[0] < end]
        if not here:
            continue
        ritual = [one for one in rituals if start <= one.span[0] < end]
        if not ritual:
            return True, None
        if (
            asked
            and asked.language == language
            and len(asked.keys & content_keys(draft[start:end], language)) >= 1
        ):
            return True, None
    return False, (rituals[0].span if rituals else None)


def _acts_in_time(
    parts: Sequence[Span], found: Mapping[str, Sequence[Signal]], times: Sequence[Span]
) -> bool:
    """Whether some sentence says what is done and when; the time may stand in the sentence beside."""
    near = [*times, *(one.span for one in found.get("soon", ()))]
    for place, (start, end) in enumerate(parts):
        if any(start <= one.span[0] < end for one in found.get("act", ())):
            first = parts[max(0, place - 1)][0]
            last = parts[min(len(parts) - 1, place + 1)][1]
            if any(start <= at[0] < end for at in near) or any(first <= at[0] < last for at in times):
                return True
    return False


def _welcomes(draft: str, parts: Sequence[Span], span: Span) -> bool:
    start, end = next((part for part in parts if part[0] <= span[0] < part[1]), span)
    return _WELCOME.search(draft, start, end) is not None


def _faults(
    draft: str,
    found: Mapping[str, Sequence[Signal]],
    parts: Sequence[Span],
    times: Sequence[Span],
    *,
    trouble: bool,
    owns: bool,
    next_step: bool,
    answers: bool,
) -> Iterator[tuple[str, Span]]:
    for name in ("blame", "belittle", "label", "jargon"):
        for one in found.get(name, ()):
            yield name, one.span
    if trouble:
        for one in found.get("excuse", ()):
            if not (owns and next_step):
                yield "excuse", one.span
        for one in found.get("promise", ()):
            if not next_step and not times and not _welcomes(draft, parts, one.span):
                yield "promise_without_time", one.span
                break
    # Who only asks is sent elsewhere too, where nothing is answered.
    if (trouble and not (owns and next_step)) or not answers:
        for one in found.get("pass", ()):
            if not _TO_ME.match(draft, one.span[1]):
                yield "pass_around", one.span
    for one in found.get("we", ()):
        yield "we_talk", one.span
