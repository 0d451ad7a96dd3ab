"""What this room holds of a person: of which events about them another system was told, and by which name."""

from typing import Any

from kalevi.people.holdings import Holding, moving
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


merge, unmerge = moving(Event)
HOLDING = Holding(
    room="webhooks",
    models=("webhooks.Event", "webhooks.Delivery"),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
