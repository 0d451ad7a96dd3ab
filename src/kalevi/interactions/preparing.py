"""Everything about an interaction that needs no database: values ready to be stored, its reading, its keys.

It may run in a process of its own; what it makes is plain and small, so that it can be sent over.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence, Set
from datetime import UTC, datetime
from itertools import repeat
from typing import NamedTuple

from kalevi.interactions import search_index
from kalevi.interactions.findings import code, codes
from kalevi.interactions.grades import grade
from kalevi.interactions.packing import model_name, packed
from kalevi.interactions.rows import adapt_flag, adapter
from kalevi.interactions.told import Told, Understood
from kalevi.people.recognition import Person
from kalevi.text import Reader

logger = logging.getLogger(__name__)
# A reader learns words as it reads. Two threads would number them differently, and a fork would keep a half.
_reading = threading.Lock()
os.register_at_fork(
    before=_reading.acquire, after_in_parent=_reading.release, after_in_child=_reading.release
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOLD = (
    "channel",
    "kind",
    "outbound",
    "verbatim",
    "language",
    "occurred_at",
    "reference",
    "told_by_colleague_id",
    "score_kind",
    "score",
    "score_low",
    "score_high",
    "expectation",
    "outcome",
)
READ = ("model", "language", "sentiment", "body")
_READ = len(READ)
# Words that no reader could read are found by this alone, until they are read again.
UNREAD = (code("language", "und"),)


class ReadWords(NamedTuple):
    """A reading as it is stored: what stands under READ, and the numbers of what was found."""

    model: str
    language: str
    sentiment: str
    body: str
    codes: Set[int]


class Part(NamedTuple):
    """One interaction but for what the database knows: `values` under TOLD, `reading` under READ."""

    part: int
    seconds: int
    values: tuple[object, ...]
    person: Person | None
    touchpoint: str
    feelings: tuple[str, ...]
    reading: tuple[object, ...] | None
    codes: tuple[int, ...]
    keys: str
    answers: int | None = None
    strengths: tuple[int | None, ...] = ()
    beside: tuple[object, ...] = ()


def storable(text: str | None) -> str | None:
    """Return a text both databases can hold, what they cannot as U+FFFD; the raw bytes stay in the intake."""
    if text is None or text.isascii():
        return text if text is None or "\x00" not in text else text.replace("\x00", "\ufffd")
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def seconds_since_1970(moment: datetime) -> int:
    """Return whole seconds, rounded down."""
    since = moment - _EPOCH
    return since.days * 86_400 + since.seconds


def prepare(understood: Sequence[Understood], reader: Reader) -> list[tuple[Part, ...]]:
    """Return the parts of each row, read and keyed; rows that say nothing have none."""
    told = [one for row in understood for one in row.told]
    texts = [storable(one.verbatim) for one in told]
    places = [n for n, (one, text) in enumerate(zip(told, texts, strict=True)) if text and not one.outbound]
    found = read_safely(
        reader,
        [texts[n] or "" for n in places],
        [told[n].occurred_at for n in places],
        [grade(*score) if (score := told[n].score) else None for n in places],
    )
    readings: list[ReadWords | None] = [None] * len(told)
    for n, reading in zip(places, found, strict=True):
        readings[n] = reading
    adapt, ours, theirs = adapter(), adapt_flag(True), adapt_flag(False)
    ready = iter(
        [
            _part(one, text, reading, adapt, ours if one.outbound else theirs)
            for one, text, reading in zip(told, texts, readings, strict=True)
        ]
    )
    return [tuple([next(ready) for _one in row.told]) for row in understood]


def read_safely(
    reader: Reader,
    texts: Sequence[str],
    said_at: Sequence[datetime],
    grades: Sequence[float | None] | None = None,
) -> list[ReadWords | None]:
    """Read all texts; one that the reader fails on has no reading, and the others keep theirs."""
    grades = [None] * len(texts) if grades is None else grades
    try:
        return list(_read(reader, texts, said_at, grades))
    except Exception as error:
        # The text of the error may quote the customer; its kind does not.
        kind = type(error).__name__
    found = [
        _read_one(reader, text, at, given) for text, at, given in zip(texts, said_at, grades, strict=True)
    ]
    logger.warning("%s of %s texts could not be read: %s", found.count(None), len(found), kind)
    return found


def _read(
    reader: Reader, texts: Sequence[str], said_at: Sequence[datetime], grades: Sequence[float | None]
) -> Iterator[ReadWords]:
    with _reading:
        listed = reader.listed(texts, said_at=said_at, grades=grades)
    return map(
        ReadWords,
        repeat(model_name(reader.model)),
        listed.languages,
        listed.sentiments,
        packed(listed),
        codes(listed),
    )


def _read_one(reader: Reader, text: str, at: datetime, given: float | None) -> ReadWords | None:
    try:
        return next(_read(reader, [text], [at], [given]))
    except Exception:
        return None


def _part(
    told: Told,
    verbatim: str | None,
    reading: ReadWords | None,
    adapt: Callable[[datetime], object],
    outbound: object,
) -> Part:
    score = told.score
    values = (
        # Plain strings: a member of an enumeration costs a driver much time, for every row.
        str(told.channel),
        str(told.kind),
        outbound,
        verbatim,
        told.language,
        adapt(told.occurred_at),
        storable(told.reference[:200]) if told.reference else None,
        told.told_by_colleague_id,
        score.kind if score else "",
        score.value if score else None,
        score.low if score else None,
        score.high if score else None,
        storable(told.expectation),
        str(told.outcome),
    )
    language = reading.language if reading else told.language or "und"
    return Part(
        told.part,
        seconds_since_1970(told.occurred_at),
        values,
        told.person,
        told.touchpoint,
        tuple([storable(words) or "" for words in told.feelings]) if told.feelings else (),
        reading[:_READ] if reading else None,
        (*(reading.codes if reading else UNREAD), code("channel", str(told.channel)))
        if verbatim and not told.outbound
        else (),
        search_index.keys(verbatim, language) if verbatim else "",
        told.answers,
        told.strengths,
        told.beside,
    )
