"""Writing down that something happened, in the transaction in which it happens."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from kalevi.webhooks.models import Delivery, Endpoint, Event


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: `subject` is `kind:id`; `details` hold ids and keys, never words or names."""

    subject: str
    contact_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


def listeners(*kinds: str) -> dict[str, list[Endpoint]]:
    """Return the endpoints that want to be told of each kind of event, but for kinds nobody wants."""
    on = list(Endpoint.objects.filter(is_on=True, disabled_at__isnull=True))
    wanted = {kind: [endpoint for endpoint in on if kind in endpoint.kinds] for kind in kinds}
    return {kind: endpoints for kind, endpoints in wanted.items() if endpoints}


def tell(kind: str, happenings: Iterable[Happening]) -> int:
    """Write events and whom to tell; return how many. Nothing is written where nobody wants to know.

    They are sent after the caller's commit, by a job that looks for what waits.
    """
    endpoints = listeners(kind).get(kind)
    return write(kind, happenings, endpoints) if endpoints else 0


def write(kind: str, happenings: Iterable[Happening], endpoints: list[Endpoint]) -> int:
    """Write events for these endpoints."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        [
            Event(
                key=f"evt_{secrets.token_hex(16)}",
                kind=kind,
                at=one.at or now,
                subject=one.subject,
                contact_id=one.contact_id,
                details=one.details,
            )
            for one in happenings
        ],
        batch_size=500,
    )
    Delivery.objects.bulk_create(
        [
            Delivery(event=event, endpoint=endpoint, begun_at=now, next_try_at=now)
            for event in events
            for endpoint in endpoints
        ],
        batch_size=500,
    )
    return len(events)
