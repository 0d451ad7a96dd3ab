"""Receiving: one durable row first; whatever is made of it comes after."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kalevi.interactions.models import Intake
from kalevi.interactions.rows import adapt_datetime, insert_rows

_COLUMNS = (
    "source",
    "batch",
    "row",
    "scope",
    "identity",
    "content",
    "raw",
    "received_at",
    "state",
    "reason",
)


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes that stand for the parts, each of them told apart from its neighbours."""
    maker = hashlib.blake2b(digest_size=16)
    for part in parts:
        maker.update(len(part).to_bytes(8, "big"))
        maker.update(part)
    return maker.digest()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that arrived. See `Intake` for identity and content; a reason rejects it at once."""

    identity: bytes
    content: bytes
    raw: bytes
    row: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """How many of the arrivals were new and stored, known already, and new but rejected (kept whole too)."""

    stored: int
    known: int
    rejected: int


def receive(
    *, source: str, scope: str, arrivals: Sequence[Arrival], at: datetime, batch: int | None = None
) -> Received:
    """Store what arrived, each thing once. Runs in the caller's transaction: acknowledge after the commit.

    Two writers that bring the same thing at once: the database lets one of them through, and the other's
    transaction fails with IntegrityError and is simply tried again.
    """
    seen = _known(scope, arrivals)
    rows: list[tuple[object, ...]] = []
    stored = rejected = 0
    received_at = adapt_datetime(at)
    for arrival in arrivals:
        key = (arrival.identity, arrival.content)
        if key in seen:
            continue
        seen.add(key)
        state = Intake.State.REJECTED if arrival.reason else Intake.State.WAITING
        rejected += bool(arrival.reason)
        stored += not arrival.reason
        rows.append(
            (
                source,
                batch,
                arrival.row,
                scope,
                arrival.identity,
                arrival.content,
                arrival.raw,
                received_at,
                int(state),
                arrival.reason,
            )
        )
    insert_rows("interactions_intake", _COLUMNS, rows)
    return Received(stored, len(arrivals) - stored - rejected, rejected)


def _known(scope: str, arrivals: Sequence[Arrival]) -> set[tuple[bytes, bytes]]:
    rows = Intake.objects.filter(scope=scope, identity__in=[arrival.identity for arrival in arrivals])
    return {
        (bytes(identity), bytes(content)) for identity, content in rows.values_list("identity", "content")
    }
