"""Orders and deliveries: kept as told, reckoned honestly, known again, and erased with their customer."""

import json
from collections.abc import Callable
from typing import Any

import time_machine

from kalevi.interactions.models import Intake
from kalevi.orders.models import Event, Order
from kalevi.people.models import Contact
from tests.channels.api.conftest import Caller


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def events() -> list[dict[str, Any]]:
    whose = {"external_id": "c1", "email": "aino@example.fi"}
    lines = [
        {"item": "plank", "name": "Lauta", "quantity": 10, "unit": "m"},
        {"item": "nail", "quantity": 100},
    ]
    return [
        {
            "order": "A-1",
            "event": "ordered",
            "occurred_at": "2026-11-01T10:00:00+02:00",
            "promised_for": "2026-11-05T16:00:00+02:00",
            "lines": lines,
            "contact": whose,
        },
        {
            "order": "A-1",
            "event": "promised",
            "occurred_at": "2026-11-05T10:00:00+02:00",
            "promised_for": "2026-11-09T16:00:00+02:00",
        },
        {"order": "A-1", "event": "shipped", "occurred_at": "2026-11-07T10:00:00+02:00"},
        {
            "order": "A-1",
            "event": "delivered",
            "occurred_at": "2026-11-08T16:00:00+02:00",
            "lines": [
                {"item": "plank", "quantity": 8},
                {"item": "screw", "quantity": 5},
                {"item": "nail", "quantity": 100},
            ],
        },
    ]


@time_machine.travel("2026-11-22T06:00:00Z", tick=False)
def test_what_became_of_an_order(call: Caller, understood: Callable[[], None]) -> None:
    counts = body(call.post("/orders/events/many", events()))
    assert (counts["stored"], counts["rejected"]) == (4, 0)
    assert body(call.post("/orders/events", events()[2]))["status"] == "known"
    understood()
    order = body(call.get("/orders", order="A-1"))["items"][0]
    contact = Contact.objects.get()
    assert order == {
        "id": str(Order.objects.get().pk),
        "order": "A-1",
        "contact_id": str(contact.pk),
        "account_id": None,
        "ordered_at": "2026-11-01T08:00:00Z",
        "first_promised_for": "2026-11-05T14:00:00Z",
        "promised_for": "2026-11-09T14:00:00Z",
        "shipped_at": "2026-11-07T08:00:00Z",
        "delivered_at": "2026-11-08T14:00:00Z",
        "cancelled_at": None,
        "returned_at": None,
        "complete": False,
        "differences": [
            {"item": "plank", "ordered": 10.0, "delivered": 8.0},
            {"item": "screw", "ordered": 0, "delivered": 5.0},
        ],
        "late_minutes": 3 * 24 * 60,
    }
    assert body(call.get(f"/orders/{order['id']}")) == order
    assert body(call.get("/orders", contact_id=contact.pk + 1))["items"] == []


def test_nothing_is_known_that_nobody_told(call: Caller, understood: Callable[[], None]) -> None:
    call.post("/orders/events", {"order": "B", "event": "delivered", "occurred_at": "2026-11-01T10:00:00Z"})
    understood()
    order = body(call.get("/orders"))["items"][0]
    assert [order[key] for key in ("ordered_at", "promised_for", "complete", "late_minutes")] == [None] * 4


def test_a_mended_event_takes_the_place_of_the_one_with_its_id(
    call: Caller, understood: Callable[[], None]
) -> None:
    one = {
        "id": "e1",
        "order": "C",
        "event": "delivered",
        "occurred_at": "2026-11-01T10:00:00Z",
        "complete": True,
    }
    call.post("/orders/events", one)
    call.post("/orders/events", one | {"complete": False})
    understood()
    assert Event.objects.count() == 2
    assert body(call.get("/orders"))["items"][0]["complete"] is False


def test_what_cannot_be_is_told(call: Caller) -> None:
    base = {"order": "A", "occurred_at": "2026-11-01T10:00:00Z"}
    for more, key in (
        ({"event": "promised"}, "no_promise"),
        ({"event": "shipped", "promised_for": "2026-11-01T10:00:00Z"}, "promise_where_none"),
        ({"event": "ordered", "complete": True}, "complete_where_none"),
        ({"event": "lost"}, "literal_error"),
    ):
        answer = call.post("/orders/events", base | more)
        assert [error["key"] for error in body(answer)["errors"]] == [key]
    assert Intake.objects.count() == 0


def test_orders_are_exported_and_erased_with_their_customer(
    call: Caller, understood: Callable[[], None]
) -> None:
    call.post("/orders/events/many", events())
    understood()
    number = Contact.objects.get().pk
    exported = body(call.get(f"/contacts/{number}/export"))["orders"]
    assert (exported[0]["order"], len(exported[0]["events"])) == ("A-1", 4)
    call("POST", f"/contacts/{number}/erasure")
    order = Order.objects.get()
    assert (order.reference, order.erasure_id is not None) == (None, True)
    assert list(Event.objects.values_list("lines", flat=True)) == [None] * 4
    assert list(Intake.objects.values_list("raw", flat=True)) == [None] * 4
    assert body(call.get(f"/orders/{order.pk}"))["delivered_at"] == "2026-11-08T14:00:00Z"


def test_an_unknown_organisation_waits_for_a_look(call: Caller, understood: Callable[[], None]) -> None:
    from kalevi.channels.api.actions import try_again

    call.post(
        "/orders/events",
        {
            "order": "A",
            "event": "ordered",
            "occurred_at": "2026-11-01T10:00:00Z",
            "account_external_id": "o1",
        },
    )
    understood()
    assert Intake.objects.get().reason == "unknown_account"
    call.post("/accounts", {"external_id": "o1", "name": "Rauta Oy"})
    assert try_again(actor_id=None) == 1
    understood()
    assert Order.objects.get().account is not None
