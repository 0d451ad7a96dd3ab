"""Receiving: one durable row each, known again by the caller's id, else by its key, else by what it says."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from django.utils import timezone

from kalevi.channels.api.bodies import Item
from kalevi.channels.api.schemas import Interaction, OrderEvent
from kalevi.channels.api.sources import SOURCE
from kalevi.interactions.ids import interaction_id
from kalevi.interactions.intake import Ready, Received, digest, receive_ready
from kalevi.interactions.models import Intake

INVALID = "invalid"


class Keeping(NamedTuple):
    """Whose ids these are, under which Idempotency-Key they came, and what reads them later."""

    scope: str
    key: str
    source: str = SOURCE


def _begun(*parts: bytes) -> Any:
    """Return a hash that has these parts of `intake.digest` in it already: copied for each item."""
    begun = blake2b(digest_size=16)
    for part in parts:
        begun.update(len(part).to_bytes(8, "big") + part)
    return begun


_ID, _EMPTY = _begun(b"id"), _begun()


def _ended(begun: Any, part: bytes) -> bytes:
    ended = begun.copy()
    ended.update(len(part).to_bytes(8, "big") + part)
    return bytes(ended.digest())


def said(one: Interaction) -> bytes:
    """Return a digest of what was said: other words under a known id are a newer version."""
    score = one.score
    told = f"{one.words or ''}\x1f"
    if score is not None:
        told += f"{score.kind} {score.value!r} {score.low!r} {score.high!r}"
    if one.expectation or one.outcome or one.reply or one.feelings:
        reply = one.reply.words if one.reply else ""
        told = "\x1f".join((told, one.expectation or "", one.outcome or "", reply, *one.feelings))
        if one.strengths:
            told += f"\x1f{list(one.strengths)}"
    return _ended(_EMPTY, told.encode())


def _told(value: object, raw: bytes) -> tuple[bytes | None, bytes]:
    """Return the identity that a thing itself tells, if it does, and a digest of what it says."""
    if isinstance(value, Interaction) and value.id is not None:
        return _ended(_ID, value.id.encode()), said(value)
    if isinstance(value, OrderEvent):
        said_so = digest(value.model_dump_json(exclude_defaults=True).encode())
        if value.id is not None:
            return digest(b"order id", value.id.encode()), said_so
        at = value.occurred_at.astimezone(UTC).isoformat().encode()
        return digest(b"order", value.order.encode(), value.event.encode(), at), said_so
    return None, digest(raw)


def ready_of(items: Iterable[Item], keeping: Keeping) -> list[Ready]:
    """Return items as they go into the intake log; those that cannot be understood are rejected, whole."""
    seen: Counter[bytes] = Counter()
    found = []
    for number, (raw, value, errors) in enumerate(items):
        identity, content = _told(value, raw)
        if identity is None and keeping.key:
            identity = digest(b"key", keeping.key.encode(), number.to_bytes(8, "big"))
        elif identity is None:
            # The very same thing twice in one request is two; in two requests it is the same again.
            identity = digest(b"body", raw, seen[raw].to_bytes(8, "big"))
            seen[raw] += 1
        found.append(Ready(identity, content, raw, None, INVALID if errors else "", ()))
    return found


def receive_one(item: Item, keeping: Keeping) -> tuple[Received, Intake]:
    """Store one thing; return what became of it and its row. Runs in the caller's transaction."""
    ready = ready_of([item], keeping)
    received = receive_ready(source=keeping.source, scope=keeping.scope, ready=ready, at=timezone.now())
    row = Intake.objects.only("pk", "received_at", "state").get(
        scope=keeping.scope, identity=ready[0].identity, content=ready[0].content
    )
    return received, row


def id_of(row: Intake, occurred_at: datetime | None) -> str:
    """Return the id under which what this row tells will stand."""
    return str(interaction_id(occurred_at or row.received_at, row.pk))
