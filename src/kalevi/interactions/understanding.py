"""From intake rows to interactions: contacts, words, readings, findings and the search index, once each."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from kalevi.interactions import search_index
from kalevi.interactions.findings import codes
from kalevi.interactions.ids import interaction_id
from kalevi.interactions.models import Intake, Interaction
from kalevi.interactions.packing import model_name, packed
from kalevi.interactions.rows import adapt_datetime, insert_rows
from kalevi.interactions.told import Told, Understood, interpreter
from kalevi.jobs import leases
from kalevi.journeys.models import Touchpoint
from kalevi.people.recognition import recognise
from kalevi.text import Reader
from kalevi.text.reading import Reading

_INTERACTION = (
    "id",
    "contact_id",
    "touchpoint_id",
    "channel",
    "kind",
    "outbound",
    "verbatim",
    "language",
    "occurred_at",
    "received_at",
    "source",
    "reference",
    "intake_id",
    "told_by_colleague_id",
    "score_kind",
    "score",
    "score_low",
    "score_high",
    "expectation",
    "outcome",
    "older_version_id",
    "answers_id",
)
BATCH = 200
_stored_listeners: list[Callable[[Sequence[int]], None]] = []


def when_words_are_stored(listener: Callable[[Sequence[int]], None]) -> None:
    """Call a room below, in the same transaction, with the ids of new interactions."""
    _stored_listeners.append(listener)


def storable(text: str | None) -> str | None:
    """Return a text both databases can hold: what they cannot becomes U+FFFD; the raw bytes stay in the intake."""
    if text is None:
        return None
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def understand(
    *, reader: Reader, source: str, batch: int | None = None, after: int = 0, most: int = BATCH
) -> int:
    """Understand the next waiting intake rows of a source; return the last id taken, 0 when none waited.

    Each row is stored whole or not at all, under the token of the job that runs.
    """
    waiting = Intake.objects.filter(state=Intake.State.WAITING, source=source, id__gt=after)
    if batch is not None:
        waiting = waiting.filter(batch=batch)
    rows = list(waiting.order_by("id")[:most])
    if not rows:
        return 0
    understood = interpreter(source)(rows)
    readings = _read(reader, understood)
    with leases.effect():
        _store(rows, understood, readings)
    return rows[-1].pk


def _read(reader: Reader, understood: Sequence[Understood]) -> dict[tuple[int, int], Reading]:
    """Return the readings of all words, by (place of the row, place of the interaction in it)."""
    places, texts = [], []
    for place, row in enumerate(understood):
        for part, told in enumerate(row.told):
            if told.verbatim and not told.outbound:
                places.append((place, part))
                texts.append(storable(told.verbatim) or "")
    return dict(zip(places, reader.read(texts), strict=True))


def _claim(rows: Sequence[Intake], understood: Sequence[Understood]) -> set[int]:
    """Mark rows as understood or rejected; return the ids that nobody else had understood meanwhile."""
    claimed: set[int] = set()
    groups: dict[tuple[int, str], list[int]] = {}
    for row, found in zip(rows, understood, strict=True):
        state = int(Intake.State.REJECTED if found.reason else Intake.State.UNDERSTOOD)
        groups.setdefault((state, found.reason), []).append(row.pk)
    with connection.cursor() as cursor:
        for (marked, reason), ids in groups.items():
            places = ", ".join(["%s"] * len(ids))
            cursor.execute(
                f"UPDATE interactions_intake SET state = %s, reason = %s"  # noqa: S608  only placeholders
                f" WHERE state = 0 AND id IN ({places}) RETURNING id",
                [marked, reason, *ids],
            )
            claimed.update(number for (number,) in cursor.fetchall())
    return claimed


def _older(rows: Sequence[Intake]) -> dict[tuple[str, bytes], int]:
    """Return the newest interaction already stored under each row's identity: what this is a new version of."""
    found: dict[tuple[str, bytes], int] = {}
    scopes: dict[str, list[bytes]] = {}
    for row in rows:
        scopes.setdefault(row.scope, []).append(bytes(row.identity))
    for scope, identities in scopes.items():
        earlier = Interaction.objects.filter(
            intake__scope=scope, intake__identity__in=identities, answers__isnull=True
        ).order_by("intake_id")
        for identity, number in earlier.values_list("intake__identity", "id"):
            found[scope, bytes(identity)] = number
    return found


def _store(
    rows: Sequence[Intake], understood: Sequence[Understood], readings: dict[tuple[int, int], Reading]
) -> None:
    older = _older(rows)
    claimed = _claim(rows, understood)
    now = timezone.now()
    touchpoints = dict(Touchpoint.objects.values_list("key", "id"))
    chosen = [
        (place, part, row, told)
        for place, (row, found) in enumerate(zip(rows, understood, strict=True))
        if row.pk in claimed
        for part, told in enumerate(found.told)
    ]
    contacts = recognise([told.person for _place, _part, _row, told in chosen], at=now)
    stored: list[tuple[object, ...]] = []
    read: list[tuple[int, Reading]] = []
    feelings: list[tuple[object, ...]] = []
    index: list[tuple[int, str]] = []
    ids: list[int] = []
    firsts: dict[int, int] = {}
    for (place, part, row, told), contact_id in zip(chosen, contacts, strict=True):
        number = interaction_id(told.occurred_at, row.pk, told.part)
        ids.append(number)
        identity = (row.scope, bytes(row.identity))
        if told.part == 0:
            firsts[row.pk] = number
        stored.append(
            _row(
                number,
                told,
                row,
                contact_id,
                touchpoints,
                older_version=older.get(identity) if told.part == 0 else None,
                answers=firsts.get(row.pk) if told.part else None,
            )
        )
        if told.part == 0:
            older[identity] = number
        feelings += [(number, storable(words), adapt_datetime(told.occurred_at)) for words in told.feelings]
        reading = readings.get((place, part))
        if reading is not None:
            read.append((number, reading))
        if told.verbatim:
            language = reading.language if reading else told.language or "und"
            index.append((number, search_index.keys(storable(told.verbatim) or "", language)))
    insert_rows("interactions_interaction", _INTERACTION, stored)
    insert_rows("interactions_selffeeling", ("interaction_id", "words", "reported_at"), feelings)
    store_readings(read, at=now)
    search_index.add(index)
    for listener in _stored_listeners:
        listener(ids)


def _row(
    number: int,
    told: Told,
    row: Intake,
    contact_id: int | None,
    touchpoints: dict[str, int],
    *,
    older_version: int | None,
    answers: int | None,
) -> tuple[object, ...]:
    score = told.score
    return (
        number,
        contact_id,
        touchpoints.get(told.touchpoint),
        told.channel,
        told.kind,
        told.outbound,
        storable(told.verbatim),
        told.language,
        adapt_datetime(told.occurred_at),
        adapt_datetime(row.received_at),
        row.source,
        storable(told.reference[:200]) if told.reference else None,
        row.pk,
        told.told_by_colleague_id,
        score.kind if score else "",
        score.value if score else None,
        score.low if score else None,
        score.high if score else None,
        storable(told.expectation),
        told.outcome,
        older_version,
        answers,
    )


def store_readings(readings: Sequence[tuple[int, Reading]], *, at: datetime) -> None:
    """Store readings and what they found, for interactions that have none of this model yet."""
    moment = adapt_datetime(at)
    insert_rows(
        "interactions_reading",
        ("interaction_id", "model", "at", "language", "sentiment", "body"),
        [
            (
                number,
                model_name(reading),
                moment,
                reading.language,
                reading.sentiment,
                json.dumps(packed(reading), separators=(",", ":")),
            )
            for number, reading in readings
        ],
    )
    found = sorted((code, number) for number, reading in readings for code in codes(reading))
    insert_rows("interactions_found", ("code", "interaction_id"), found)
