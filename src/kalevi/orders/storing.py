"""Keeping what was told of orders; runs in the transaction in which its intake row is understood."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kalevi.interactions.models import Intake
from kalevi.orders.models import Event, Order
from kalevi.orders.told import Happened, Line
from kalevi.people.recognition import recognise


def keep_events(happened: Sequence[tuple[Intake, Happened]], *, at: datetime) -> list[int]:
    """Store events with the orders they are about; return the ids of the events, in the same order.

    An order gets its customer from the first event that names one; a later event never takes it away.
    """
    if not happened:
        return []
    contacts = recognise([one.person for _row, one in happened], at=at)
    orders = _orders([one for _row, one in happened], at)
    changed: set[int] = set()
    for (_row, one), contact_id in zip(happened, contacts, strict=True):
        order = orders[one.scope, one.reference]
        if order.contact_id is None and contact_id is not None:
            order.contact_id = contact_id
            changed.add(order.pk)
        if order.account_id is None and one.account_id is not None:
            order.account_id = one.account_id
            changed.add(order.pk)
    for order in orders.values():
        if order.pk in changed:
            order.save(update_fields=["contact", "account"])
    kept = Event.objects.bulk_create(
        Event(
            order=orders[one.scope, one.reference],
            intake=row,
            kind=one.kind,
            occurred_at=one.occurred_at,
            received_at=row.received_at,
            promised_for=one.promised_for,
            complete=one.complete,
            lines=[_packed(line) for line in one.lines] or None,
        )
        for row, one in happened
    )
    return [event.pk for event in kept]


def _orders(happened: Sequence[Happened], at: datetime) -> dict[tuple[str, str], Order]:
    wanted: dict[str, set[str]] = {}
    for one in happened:
        wanted.setdefault(one.scope, set()).add(one.reference)
    found: dict[tuple[str, str], Order] = {}
    for scope, references in wanted.items():
        for order in Order.objects.filter(scope=scope, reference__in=references):
            found[scope, order.reference or ""] = order
        missing = sorted(reference for reference in references if (scope, reference) not in found)
        for order in Order.objects.bulk_create(Order(scope=scope, reference=r, made_at=at) for r in missing):
            found[scope, order.reference or ""] = order
    return found


def _packed(line: Line) -> dict[str, Any]:
    return {key: value for key, value in line._asdict().items() if value != ""}
