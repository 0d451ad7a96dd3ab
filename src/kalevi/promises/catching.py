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
from itertools import islice

from kalevi.promises.clauses import done, patterns, without_quotes
from kalevi.promises.clocks import ahead, clock
from kalevi.promises.tense import is_given, told_from, what_is_told
from kalevi.text import Reading, Span
from kalevi.text.coach.situation import sentences
from kalevi.text.times import time_near

# A phrase this unsure that names no time is more often a wish to be answered than a promise.
SURE = 0.6
MOST = 3
LONGEST = 600
# Sentences; longer letters are searched by the reader's mark alone.
LOOKED_AT = 60
LANGUAGES = ("fi", "sv", "en")


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


def in_theirs(reading: Reading, *, said_on: date | None = None, noted: bool = False) -> list[Caught]:
    """Return what may be promises of ours in words that somebody told us of, from their reading.

    `noted`: a colleague wrote them down. What tells of no promise to be kept and of none broken is left out.
    With `said_on` every sentence is looked at that tells what was said and by when, marked or not.
    """
    text, language = reading.text, reading.language
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
    if said_on is not None and language in LANGUAGES:
        for which, (start, end) in enumerate(sentences[:LOOKED_AT]):
            said = text[start : min(end, start + LONGEST)]
            by, timed = _by_when(said, language, said_on, noted)
            if timed or is_given(said, language):
                places[which] = by, True
    told = (_told(reading, sentences, which, *how, noted) for which, how in sorted(places.items()))
    found = list(islice(filter(None, told), MOST))
    if noted and said_on is not None:
        found += _own_task(reading, said_on, {one.span[0] for one in found})
    return found[:MOST]


def _by_when(said: str, language: str, said_on: date, noted: bool) -> tuple[date | None, bool]:
    """The day by which something was said to be done, and whether any time was told."""
    place = told_from(said, language, noted=noted)
    if place is None:
        return None, False
    told = said[place:].lower()
    by = time_near(told, 0, language, said_on)
    return by, any((by, ahead(told, language), clock(told, language)))


def _own_task(reading: Reading, said_on: date, known: set[int]) -> Iterator[Caught]:
    """What a colleague notes that they or we will do ("I call her on Wednesday at two")."""
    for one in in_ours(reading.text, reading.language, said_on):
        said = reading.text[slice(*one.span)]
        if (
            one.span[0] not in known
            and what_is_told(said, "", reading.language, noted=True, dated=True) == "open"
        ):
            yield one


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
    if language not in LANGUAGES:
        return []
    return [
        _caught(text, language, (start, end), due) for start, end, due in _promising(text, language, said_on)
    ][:MOST]


def _promising(text: str, language: str, said_on: date) -> Iterator[tuple[int, int, date | None]]:
    has = patterns("ours.tsv", language)
    for start, end in _whole_sentences(without_quotes(text)):
        end = min(end, start + LONGEST)
        said = without_quotes(text[start:end]).lower()
        if said.rstrip().endswith("?") or has["past"].search(said):
            continue
        certain = has["sworn"].search(said)
        if certain is not None and has["denied"].search(said):
            continue
        found = (certain.start(), said) if certain is not None else done(said, language)
        if found is None:
            continue
        place, meant = found
        due = time_near(meant, place, language, said_on)
        timed = due or ahead(meant, language) or clock(meant, language) or has["event"].search(meant)
        if certain is not None or timed is not None:
            yield start, end, due


def _caught(text: str, language: str, span: Span, due: date | None) -> Caught:
    said = text[span[0] : span[1]].lower()
    if language not in LANGUAGES:
        return Caught(span, due)
    at = clock(said, language)
    later = due is not None and _later(said)
    return Caught(span, due, at, None if at or later else ahead(said, language))


def _later(said: str) -> bool:
    return re.search(r"tunnin|minuutin|timm|minut|hour", said) is None


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
