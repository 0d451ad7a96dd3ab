"""Storing prepared interactions: contacts, words, readings, findings, search index, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any, NamedTuple

from kalevi.interactions import search_index
from kalevi.interactions.ids import SEQUENCE_BITS
from kalevi.interactions.models import Found, Interaction
from kalevi.interactions.own_themes import found_in, themes_for_storing
from kalevi.interactions.preparing import READ, TOLD, UNREAD, Part, ReadWords
from kalevi.interactions.rows import adapt_datetime, insert_rows
from kalevi.interactions.told import keeper
from kalevi.journeys.models import Touchpoint
from kalevi.people.recognition import recognise

_INTERACTION = (
    "id",
    "contact_id",
    "touchpoint_id",
    "received_at",
    "source",
    "intake_id",
    "older_version_id",
    "answers_id",
    *TOLD,
)
_SEQUENCE = (1 << SEQUENCE_BITS) - 1
_OCCURRED_AT = TOLD.index("occurred_at")
_VERBATIM, _OUTBOUND = _INTERACTION.index("verbatim"), _INTERACTION.index("outbound")
_stored_listeners: list[Callable[[Sequence[int]], None]] = []


def when_words_are_stored(listener: Callable[[Sequence[int]], None]) -> None:
    """Call a room below, in the same transaction, with the ids of new interactions."""
    _stored_listeners.append(listener)


class Entry(NamedTuple):
    """The parts of one intake row; `older` is the interaction of which part 0 is a new version."""

    intake_id: int
    received_at: object
    source: str
    parts: Sequence[Part]
    older: int | None = None

    @property
    def first(self) -> int:
        """The id of its first interaction."""
        return numbered(self.parts[0], self.intake_id)


def numbered(part: Part, intake_id: int) -> int:
    """Return the id that `ids.interaction_id` gives, whose bounds the interpreter has checked."""
    return (part.seconds << SEQUENCE_BITS) | ((intake_id * 2 + part.part) & _SEQUENCE)


def store(entries: Sequence[Entry], *, at: datetime) -> list[int]:
    """Store interactions with all that belongs to them; return their ids. Runs inside a transaction."""
    chosen = [part for entry in entries for part in entry.parts]
    if not chosen:
        return []
    contacts = iter(recognise([part.person for part in chosen], at=at))
    touchpoints: dict[str, int] = {}
    if any(part.touchpoint for part in chosen):
        touchpoints = dict(Touchpoint.objects.values_list("key", "id"))
    answered = _contacts_of({part.answers for part in chosen if part.answers is not None})
    ids: list[int] = []
    rows: list[tuple[object, ...]] = []
    readings: list[tuple[object, ...]] = []
    feelings: list[tuple[object, ...]] = []
    found: list[tuple[int, int]] = []
    index: list[tuple[int, str]] = []
    beside: dict[str, list[tuple[int, tuple[object, ...]]]] = {}
    firsts: dict[int, tuple[int, int | None]] = {}
    moment = adapt_datetime(at)
    for intake_id, received_at, source, parts, older in entries:
        for part in parts:
            # Taken apart at once: asking a named tuple for each by name takes three times as long.
            place, _seconds, values, _who, touchpoint, felt, reading, findings, keys, to, strong, kept = part
            number = numbered(part, intake_id)
            ids.append(number)
            contact_id = next(contacts)
            answers: int | None = None
            if to in answered:
                answers = to
                contact_id = contact_id or answered[to]
            if place == 0:
                firsts[intake_id] = (number, contact_id)
            else:
                answers, first_contact = firsts.get(intake_id, (older, None))
                contact_id = contact_id or first_contact
            rows.append(
                (
                    number,
                    contact_id,
                    touchpoints.get(touchpoint),
                    received_at,
                    source,
                    intake_id,
                    older if place == 0 else None,
                    answers,
                    *values,
                )
            )
            if felt:
                reported_at = values[_OCCURRED_AT]
                feelings += [
                    (number, words, strength, reported_at)
                    for words, strength in zip(felt, strong or (None,) * len(felt), strict=True)
                ]
            if kept:
                beside.setdefault(source, []).append((number, kept))
            if reading is not None:
                readings.append((number, moment, *reading))
            if findings:
                found += zip(findings, repeat(number))
            if keys:
                index.append((number, keys))
    themes = themes_for_storing()
    if themes.seeds:
        said: Any = [(row[0], row[_VERBATIM]) for row in rows if row[_VERBATIM] and not row[_OUTBOUND]]
        found += found_in(themes, said)
    _insert(rows, readings, found, feelings, index)
    for source, many in beside.items():
        keeper(source)(many)
    for listener in _stored_listeners:
        listener(ids)
    return ids


def _contacts_of(ids: set[int]) -> dict[int | None, int | None]:
    """Return the contacts of interactions that are there, asking only when there are ids."""
    return dict(Interaction.objects.filter(pk__in=ids).values_list("pk", "contact_id")) if ids else {}


def _insert(
    rows: list[tuple[object, ...]],
    readings: list[tuple[object, ...]],
    found: list[tuple[int, int]],
    feelings: list[tuple[object, ...]],
    index: list[tuple[int, str]],
) -> None:
    # In the order of their keys: FTS5 writes a segment whenever a smaller id follows a larger one.
    rows.sort(key=_first)
    readings.sort(key=_first)
    found.sort()
    index.sort()
    insert_rows("interactions_interaction", _INTERACTION, rows)
    insert_rows("interactions_selffeeling", ("interaction_id", "words", "strength", "reported_at"), feelings)
    insert_rows("interactions_reading", ("interaction_id", "at", *READ), readings)
    insert_rows("interactions_found", ("code", "interaction_id"), found)
    search_index.add(index)


def _first(row: tuple[object, ...]) -> int:
    return row[0]  # type: ignore[return-value]


def store_readings(readings: Sequence[tuple[int, ReadWords]], *, at: datetime) -> None:
    """Store readings and what they found, for interactions that have none of this model yet."""
    moment = adapt_datetime(at)
    insert_rows(
        "interactions_reading",
        ("interaction_id", "at", *READ),
        [(number, moment, *reading[: len(READ)]) for number, reading in readings],
    )
    Found.objects.filter(
        code__in=UNREAD, interaction_id__in=[number for number, _reading in readings]
    ).delete()
    found = sorted((code, number) for number, reading in readings for code in reading.codes)
    insert_rows("interactions_found", ("code", "interaction_id"), found)
