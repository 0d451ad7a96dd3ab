"""What this room holds of a person: of which events about them another system was told, and by which name."""

from typing import Any

from kalevi.people.holdings import Holding
from kalevi.people.models import Erasure
from kalevi.webhooks.models import Delivery, Event
from kalevi.webhooks.telling import Happening, tell

ERASED = "contact.erased"


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return who was told what about a contact, oldest first, ready for JSON."""
    told = Delivery.objects.filter(event__contact_id=contact_id).select_related("event", "endpoint")
    return [
        {
            "event": one.event.kind,
            "at": one.event.at.isoformat(),
            "told": one.endpoint.name,
            "with_words": one.endpoint.with_words,
            "arrived_at": one.delivered_at and one.delivered_at.isoformat(),
        }
        for one in told.order_by("event__pk", "pk")
    ]


def erase(contact_id: int, erasure: Erasure) -> None:
    """Tell those who want to know that a contact was erased; events hold ids only, and look up the rest."""
    tell(
        ERASED,
        [Happening(f"contact:{contact_id}", contact_id, {"id": str(contact_id), "reason": erasure.reason})],
    )


def merge(kept: int, gone: int) -> list[int]:
    """Move events to the kept contact; return their ids."""
    moved = list(Event.objects.filter(contact_id=gone).values_list("pk", flat=True))
    Event.objects.filter(pk__in=moved).update(contact_id=kept)
    return moved


def unmerge(kept: int, gone: int, moved: list[int]) -> None:
    """Move events back."""
    Event.objects.filter(pk__in=moved, contact_id=kept).update(contact_id=gone)


HOLDING = Holding(
    room="webhooks",
    models=("webhooks.Event", "webhooks.Delivery"),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
