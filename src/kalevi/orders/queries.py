"""What became of orders: reckoned from their events each time, so that it can never contradict them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kalevi.orders.models import Event, Order


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that came otherwise than ordered: how many were ordered and how many delivered."""

    item: str
    ordered: float
    delivered: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """An order as it stands. None everywhere means that nobody has told us, not that it did not happen.

    `promised_for` is the newest promise, `first_promised_for` the one the customer heard first.
    `delivered_at` is the last delivery. `complete` is what the source says, else whether the lines agree.
    """

    order: Order
    ordered_at: datetime | None = None
    first_promised_for: datetime | None = None
    promised_for: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    returned_at: datetime | None = None
    complete: bool | None = None
    differences: tuple[Difference, ...] = ()

    def late_by(self, now: datetime) -> timedelta | None:
        """How much later than first promised it came, or is by now; None without a promise."""
        if self.first_promised_for is None or self.cancelled_at is not None:
            return None
        return max(timedelta(0), (self.delivered_at or now) - self.first_promised_for)


def outcomes(orders: Iterable[Order]) -> list[Outcome]:
    """Return what became of these orders, in their order, in one query."""
    wanted = list(orders)
    events: dict[int, list[Event]] = {}
    for event in _newest_versions(wanted):
        events.setdefault(event.order_id, []).append(event)
    return [outcome(order, events.get(order.pk, [])) for order in wanted]


def _newest_versions(orders: Sequence[Order]) -> list[Event]:
    """Return events by time; of those that came again under the same id only the newest."""
    told = Event.objects.filter(order__in=orders).select_related("intake").order_by("pk")
    told = told.defer("intake__raw")
    newest = {(event.intake.scope, bytes(event.intake.identity)): event for event in told}
    return sorted(newest.values(), key=lambda event: (event.occurred_at, event.pk))


def outcome(order: Order, events: Sequence[Event]) -> Outcome:
    """Return what became of one order by its events, the earliest first."""
    kinds = Event.Kind
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for event in events:
        first.setdefault(event.kind, event.occurred_at)
        last[event.kind] = event.occurred_at
    promises = [event.promised_for for event in events if event.promised_for is not None]
    said = [event.complete for event in events if event.complete is not None]
    differences = _differences(events)
    return Outcome(
        order=order,
        ordered_at=first.get(kinds.ORDERED),
        first_promised_for=promises[0] if promises else None,
        promised_for=promises[-1] if promises else None,
        shipped_at=last.get(kinds.SHIPPED),
        delivered_at=last.get(kinds.DELIVERED),
        cancelled_at=last.get(kinds.CANCELLED),
        returned_at=last.get(kinds.RETURNED),
        complete=said[-1] if said else None if differences is None else not differences,
        differences=differences or (),
    )


def _differences(events: Sequence[Event]) -> tuple[Difference, ...] | None:
    """Return lines that came otherwise than ordered; None where order or delivery named no lines."""
    ordered, delivered = _counted(events, Event.Kind.ORDERED), _counted(events, Event.Kind.DELIVERED)
    if not ordered or not delivered:
        return None
    return tuple(
        Difference(item, ordered.get(item, 0), delivered.get(item, 0))
        for item in sorted(ordered.keys() | delivered.keys())
        if abs(ordered.get(item, 0) - delivered.get(item, 0)) > 1e-9
    )


def _counted(events: Sequence[Event], kind: str) -> dict[str, float]:
    counts: dict[str, float] = {}
    for event in events:
        for line in event.lines or () if event.kind == kind else ():
            counts[line["item"]] = counts.get(line["item"], 0) + line.get("quantity", 1)
    return counts


def orders_of_contact(contact_id: int, *, most: int = 50) -> list[Outcome]:
    """Return what became of a customer's orders, the newest first."""
    return outcomes(Order.objects.filter(contact_id=contact_id).order_by("-pk")[:most])
