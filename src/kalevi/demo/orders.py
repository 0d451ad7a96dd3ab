"""What some of the demo's customers had ordered, what came and when, told as over the API."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from kalevi.channels.api.sources import ORDERS
from kalevi.channels.api.understanding import understand_orders
from kalevi.demo.clock import ZONE, latest_natural
from kalevi.demo.material import comments
from kalevi.demo.written import written_orders
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Interaction
from kalevi.orders.models import Order

_SCOPE = "demo"


def keep_orders() -> int:
    """Keep the orders of those whose words speak of one, each once; return how many there are."""
    texts = {one.id: one.text for one in comments()}
    for told in written_orders():
        said = Interaction.objects.filter(verbatim=texts[told["of"]], contact__email__gt="")
        if (first := said.select_related("contact").order_by("pk").first()) is not None:
            _keep(told, first)
    return Order.objects.count()


@transaction.atomic
def _keep(told: dict[str, Any], said: Interaction) -> None:
    assert said.contact is not None  # noqa: S101  chosen by its address
    for event in _events(told, said.occurred_at):
        raw = json.dumps(
            event | {"order": told["number"], "contact": {"email": said.contact.email}}, ensure_ascii=False
        ).encode()
        identity = digest(ORDERS.encode(), told["number"].encode(), event["occurred_at"].encode())
        at = datetime.fromisoformat(event["occurred_at"])
        receive(source=ORDERS, scope=_SCOPE, arrivals=[Arrival(identity, digest(raw), raw)], at=at)
    understand_orders()


def _events(told: dict[str, Any], said_at: datetime) -> Iterator[dict[str, Any]]:
    """Yield what happened to an order, so many days before the customer spoke of it, in opening hours."""

    def at(days: int) -> datetime:
        # Nothing happens at the very minute at which somebody speaks of it, days later.
        before = timedelta(days=days, hours=2, minutes=7 + 11 * days % 48)
        return latest_natural(said_at - before, "counter")

    promised = datetime.combine(at(told["promised"]).astimezone(ZONE).date(), time(16), ZONE)
    yield _event("ordered", at(told["ordered"]), told["lines"]) | {"promised_for": promised.isoformat()}
    for came in told["delivered"]:
        yield _event("delivered", at(came["before"]), came["lines"])


def _event(kind: str, at: datetime, lines: list[tuple[str, int]]) -> dict[str, Any]:
    return {
        "event": kind,
        "occurred_at": at.isoformat(),
        "lines": [{"item": item, "quantity": quantity} for item, quantity in lines],
    }
