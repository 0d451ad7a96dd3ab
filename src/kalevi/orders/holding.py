"""What this room holds of a person: their orders and what happened to them."""

from typing import Any

from kalevi.interactions.erasing import erase_intakes
from kalevi.orders.models import Event, Order
from kalevi.people.holdings import Holding, moving
from kalevi.people.models import Erasure


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return a contact's orders with their events, oldest first, ready for JSON."""
    orders = Order.objects.filter(contact_id=contact_id).prefetch_related("events__intake").order_by("pk")
    return [
        {
            "order": order.reference,
            "events": [_exported(event) for event in sorted(order.events.all(), key=lambda one: one.pk)],
        }
        for order in orders
    ]


def _exported(event: Event) -> dict[str, Any]:
    raw = event.intake.raw
    return {
        "event": event.kind,
        "occurred_at": event.occurred_at.isoformat(),
        "received_at": event.received_at.isoformat(),
        "promised_for": event.promised_for and event.promised_for.isoformat(),
        "complete": event.complete,
        "lines": event.lines or [],
        "as_it_came": bytes(raw).decode("utf-8", "replace") if raw else None,
    }


def erase(contact_id: int, erasure: Erasure) -> None:
    """Erase numbers, lines and raw rows of a contact's orders; what happened when stays, nameless."""
    orders = list(Order.objects.filter(contact_id=contact_id).values_list("pk", flat=True))
    intakes = Event.objects.filter(order__in=orders, erasure__isnull=True).values_list("intake_id", flat=True)
    erase_intakes(list(intakes), erasure)
    Event.objects.filter(order__in=orders, erasure__isnull=True).update(lines=None, erasure=erasure)
    Order.objects.filter(pk__in=orders, erasure__isnull=True).update(reference=None, erasure=erasure)


merge, unmerge = moving(Order)
HOLDING = Holding(
    room="orders",
    models=("orders.Order", "orders.Event"),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
