"""Promises in words: where they stand, and by when. No database, no clock; the machine only proposes.

In a customer's words, and in a colleague's notes, the reader's mark `promise` finds them; `tense` says
whether they are still to be kept or were not. That mark was made for what customers tell of others, so our
own answers are searched for what "I" or "we" will do as well, by the words of `ours.tsv`: a word of promising
is enough by itself, any other needs a time beside it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice

from kalevi.promises.tense import what_is_told
from kalevi.text import Reading, Span
from kalevi.text.coach.situation import sentences
from kalevi.text.times import time_near

# A phrase this unsure that names no time is more often a wish to be answered than a promise.
SURE = 0.6
MOST = 3
LONGEST = 600
_WHO = {
    "fi": r"",
    "sv": r"\b(?:jag|vi|du|ni)\b[^.!?\n]{0,40}?",
    "en": r"\b(?:i|we|you|i'll|we'll|you'll|will|i’ll|we’ll|you’ll|shall)\b[^.!?\n]{0,40}?",
}
_NOT = {
    "fi": r"\b(?:en|emme|ei)\b",
    "sv": r"\b(?:inte|kan inte|skulle)\b",
    "en": r"\b(?:not|can't|cannot|won't|would|could)\b",
}
# "I promised to call and forgot, sorry" promises nothing any more.
_PAST = {
    "fi": (r"lupasi(?:n|mme)", r"\b(?:jäi|anteeksi|pahoillani|pahoillamme|mutta|unohd\w+)\b"),
    "sv": (r"lova(?:de|t)", r"\b(?:förlåt|ledsna?|men|glöm\w+|ursäkta?)\b"),
    "en": (r"promised", r"\b(?:sorry|but|forgot\w*|apolog\w+|failed)\b"),
}
_FUTURE = {"fi": "", "sv": "", "en": r"\b(?:will|shall|'ll|’ll|going to|i promise|we promise)"}
_CLOCK = {
    "fi": r"\b(?:klo|kello)\s?(\d{1,2})(?:[.:](\d{2}))?\b()",
    "sv": r"\b(?:kl\.?|klockan)\s?(\d{1,2})(?:[.:](\d{2}))?\b()",
    "en": r"\b(?:at|by|before)\s(\d{1,2})(?:[:.](\d{2}))?(?:\s?(am|pm|o'clock)\b|(?<=[:.]\d\d)())",
}
_SOON = {
    "fi": (r"\b(\d{1,2}|yhden|parin|kahden|kolmen|neljän)?\s?(tunnin|minuutin) (?:sisällä|kuluessa|päästä)"),
    "sv": r"\b(?:inom|om) (\d{1,2}|en|ett|ett par|två|tre|fyra) (timm|minut)",
    "en": r"\b(?:within|in) (?:the next )?(\d{1,2}|an|a|one|two|three|four|a couple of) (hour|minute)",
}
_NUMBERS = {
    **dict.fromkeys(("yhden", "en", "ett", "an", "a", "one"), 1),
    **dict.fromkeys(("parin", "kahden", "ett par", "två", "two", "a couple of"), 2),
    **dict.fromkeys(("kolmen", "tre", "three"), 3),
    **dict.fromkeys(("neljän", "fyra", "four"), 4),
}


@dataclass(frozen=True, slots=True)
class Caught:
    """Words that may promise something, and the time they speak of: a day, a clock, or how far ahead.

    `broken`: they tell that it was not kept.
    """

    span: Span
    day: date | None
    clock: time | None = None
    ahead: timedelta | None = None
    broken: bool = False


def in_theirs(reading: Reading, *, noted: bool = False) -> list[Caught]:
    """Return what may be promises of ours in words that somebody told us of, from their reading.

    `noted`: a colleague wrote them down. What tells of no promise to be kept and of none broken is left out.
    """
    text = reading.text
    sentences = _whole_sentences(text)
    starts = [start for start, _end in sentences]
    places: dict[int, tuple[date | None, bool]] = {}
    for mark in reading.marks:
        if mark.mark == "promise":
            sure = mark.confidence >= SURE or mark.due is not None
            for number, (place, _end) in enumerate(mark.evidence):
                # The day belongs to the first words of it.
                which = max(0, bisect_right(starts, place) - 1)
                places.setdefault(which, (None if number else mark.due, sure))
    told = (_told(reading, sentences, which, *how, noted) for which, how in places.items())
    return list(islice(filter(None, told), MOST))


def _told(
    reading: Reading, sentences: list[Span], which: int, due: date | None, sure: bool, noted: bool
) -> Caught | None:
    """Return what one sentence tells; one that runs on for too long is cut."""
    (start, end), after = sentences[which], sentences[which + 1 : which + 2]
    span = start, min(end, start + LONGEST)
    then = reading.text[after[0][0] : after[0][1]][:LONGEST] if after else ""
    told = what_is_told(
        reading.text[slice(*span)], then, reading.language, noted=noted, dated=due is not None
    )
    if told == "open" and sure:
        return _caught(reading.text, reading.language, span, due)
    return Caught(span, None, broken=True) if told == "broken" else None


def in_ours(text: str, language: str, said_on: date) -> list[Caught]:
    """Return what may be promises in words of ours, three at most; `language` is fi, sv or en."""
    if language not in _CLOCK:
        return []
    return [
        _caught(text, language, (start, end), due) for start, end, due in _promising(text, language, said_on)
    ][:MOST]


def _promising(text: str, language: str, said_on: date) -> Iterator[tuple[int, int, date | None]]:
    for start, end in _whole_sentences(text):
        said = text[start:end].lower()
        if said.rstrip().endswith("?") or re.search(_NOT[language], said):
            continue
        sworn, acts = _patterns(language)
        certain, act = sworn.search(said), acts.search(said)
        past, sorry = _PAST[language]
        if certain is not None and re.fullmatch(past, certain[0]) and re.search(sorry, said):
            continue
        if certain is None and (act is None or not re.search(_FUTURE[language], said)):
            continue
        place = start + (certain or act).start()  # type: ignore[union-attr]  # one of them is there
        due = time_near(text[start:end], place - start, language, said_on)
        timed = due is not None or _ahead(said, language) is not None or _clock(said, language) is not None
        if certain is not None or timed:
            yield start, end, due


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lines = (files(__package__) / "ours.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.startswith(f"{language}\t")]
    sworn, acts = (row[2] for row in rows)
    return (
        re.compile(rf"\b(?:{sworn})\b"),
        re.compile(rf"{_WHO[language]}\b(?:{acts})\b"),
    )


def _caught(text: str, language: str, span: Span, due: date | None) -> Caught:
    said = text[span[0] : span[1]].lower()
    if language not in _CLOCK:
        return Caught(span, due)
    clock = _clock(said, language)
    return Caught(
        span, due, clock, None if clock or (due is not None and _later(said)) else _ahead(said, language)
    )


def _later(said: str) -> bool:
    return re.search(r"tunnin|minuutin|timm|minut|hour", said) is None


def _clock(said: str, language: str) -> time | None:
    found = re.search(_CLOCK[language], said)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] == "pm" and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _ahead(said: str, language: str) -> timedelta | None:
    found = re.search(_SOON[language], said)
    if found is None:
        return None
    word = found[1] or "1"
    amount = int(word) if word.isdecimal() else _NUMBERS[word.strip()]
    return timedelta(minutes=amount) if found[2].startswith("minu") else timedelta(hours=amount)


def _whole_sentences(text: str) -> list[Span]:
    """Return where sentences stand; the stop in "klo 12.30" ends none."""
    found: list[Span] = []
    for start, end in sentences(text):
        before = found[-1][1] if found else 0
        if before and start == before and text[before - 2 : before - 1].isdigit() and text[start].isdigit():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
