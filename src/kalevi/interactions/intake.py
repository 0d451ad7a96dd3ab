"""Receiving: one durable row first; whatever is made of it comes after, or with it in the same commit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from kalevi.interactions.models import Intake
from kalevi.interactions.preparing import Part
from kalevi.interactions.rows import adapt_datetime, insert_rows, next_ids
from kalevi.interactions.storing import Entry, store
from kalevi.interactions.versions import older_versions, what_is_new, words_of
from kalevi.people.models import Reason

_COLUMNS = (
    "id",
    "source",
    "scope",
    "batch",
    "received_at",
    "row",
    "identity",
    "content",
    "raw",
    "state",
    "reason",
)


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes that stand for the parts, each of them told apart from its neighbours."""
    told_apart = b"".join([len(part).to_bytes(8, "big") + part for part in parts])
    return hashlib.blake2b(told_apart, digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that arrived. See `Intake` for identity and content; a reason rejects it at once."""

    identity: bytes
    content: bytes
    raw: bytes
    row: int | None = None
    reason: str = ""


class Ready(NamedTuple):
    """An arrival that was understood already; without parts it waits to be, unless it was rejected."""

    identity: bytes
    content: bytes
    raw: bytes
    row: int | None
    reason: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """How many of the arrivals were new and stored, known already, and new but rejected (kept whole too)."""

    stored: int
    known: int
    rejected: int


class _Known(NamedTuple):
    batch: int | None
    row: int | None
    rejected: bool
    undone: bool


def receive(
    *, source: str, scope: str, arrivals: Sequence[Arrival], at: datetime, batch: int | None = None
) -> Received:
    """Store what arrived, each thing once. Runs in the caller's transaction: acknowledge after the commit.

    Two writers that bring the same thing at once: the database lets one of them through, and the other's
    transaction fails with IntegrityError and is simply tried again.
    """
    ready = [Ready(a.identity, a.content, a.raw, a.row, a.reason, ()) for a in arrivals]
    return receive_ready(source=source, scope=scope, ready=ready, at=at, batch=batch)


def receive_ready(
    *, source: str, scope: str, ready: Sequence[Ready], at: datetime, batch: int | None = None
) -> Received:
    """Store what arrived together with what was understood of it; as `receive` otherwise.

    A row that this very batch brought before, as the same row of it, counts again as what it counted then:
    a batch that was cut short may be sent once more from an earlier place.
    """
    known = _known(scope, [arrival.identity for arrival in ready])
    counted = [0, 0, 0]
    fresh: list[tuple[Ready, bytes]] = []
    versions: list[bytes] = []
    for arrival in ready:
        content = arrival.content
        seen = known.get(arrival.identity)
        if seen is None:
            known[arrival.identity] = seen = {}
        else:
            # What an undone import brought may come again: under a content of its own, with new ids.
            while (before := seen.get(content)) is not None and before.undone:
                content = digest(content, b"again")
            if before is not None:
                mine = batch is not None and (before.batch, before.row) == (batch, arrival.row)
                counted[1 if not mine else 2 if before.rejected else 0] += 1
                continue
            versions.append(arrival.identity)
        seen[content] = _Known(batch, arrival.row, bool(arrival.reason), False)
        counted[2 if arrival.reason else 0] += 1
        fresh.append((arrival, content))
    _insert(source, scope, fresh, versions, at, batch)
    return Received(*counted)


def _insert(
    source: str,
    scope: str,
    fresh: Sequence[tuple[Ready, bytes]],
    versions: Sequence[bytes],
    at: datetime,
    batch: int | None,
) -> None:
    if not fresh:
        return
    ids = next_ids("interactions_intake", len(fresh))
    received_at = adapt_datetime(at)
    rejected, understood, waiting = (
        int(Intake.State.REJECTED),
        int(Intake.State.UNDERSTOOD),
        int(Intake.State.WAITING),
    )
    # Two batches that overlap wait for each other's rows: in one order for both, never in a ring.
    ordered = list(zip(ids, fresh, strict=True))
    if connection.vendor == "postgresql":
        ordered.sort(key=lambda one: one[1][0].identity)
    insert_rows(
        "interactions_intake",
        _COLUMNS,
        [
            (
                number,
                source,
                scope,
                batch,
                received_at,
                arrival.row,
                arrival.identity,
                content,
                arrival.raw,
                rejected if arrival.reason else understood if arrival.parts else waiting,
                arrival.reason,
            )
            for number, (arrival, content) in ordered
        ],
    )
    older = older_versions(scope, versions) if versions else {}
    said = words_of(older.values())
    entries: list[Entry] = []
    for number, (arrival, _content) in zip(ids, fresh, strict=True):
        if not arrival.parts:
            continue
        before = older.get(arrival.identity)
        parts = arrival.parts if before is None else what_is_new(arrival.parts, said.get(before))
        entry = Entry(number, received_at, source, parts, before)
        entries.append(entry)
        if versions and entry.parts[0].part == 0:
            older[arrival.identity] = entry.first
    store(entries, at=at)


def _known(scope: str, identities: Sequence[bytes]) -> dict[bytes, dict[bytes, _Known]]:
    """Return what is known under the identities, by identity and content."""
    found: dict[bytes, dict[bytes, _Known]] = {}
    if not identities:
        return found
    places = ", ".join(["%s"] * len(identities))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.identity, i.content, i.batch, i.row, i.state, e.reason"  # noqa: S608  only placeholders
            " FROM interactions_intake i LEFT JOIN people_erasure e ON e.id = i.erasure_id"
            f" WHERE i.scope = %s AND i.identity IN ({places})",
            [scope, *identities],
        )
        for identity, content, batch, row, state, reason in cursor.fetchall():
            one = _Known(batch, row, state == Intake.State.REJECTED, reason == Reason.UNDONE_IMPORT)
            found.setdefault(bytes(identity), {})[bytes(content)] = one
    return found
