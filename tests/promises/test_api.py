"""Other systems read promises, and hear when one is given, soon due, kept or not kept."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from kalevi.channels.api import limits
from kalevi.promises.actions import keeping
from kalevi.promises.actions.reminding import remind
from kalevi.promises.models import Promise, State, Theirs
from kalevi.webhooks.kinds import described
from kalevi.webhooks.models import Endpoint, Event
from tests.channels.api.conftest import Caller, make_token
from tests.promises.made import SOON, a_colleague, a_contact, a_promise
from tests.saying import NOW

pytestmark = pytest.mark.django_db
KINDS = [f"promise.{what}" for what in ("given", "due_soon", "kept", "broken")]


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    limits.forget()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    limits.forget()


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def test_promises_are_read_a_page_at_a_time() -> None:
    make_token("promises:read")
    call, tuula, mari = Caller(), a_colleague(), a_contact()
    first, second, third = (a_promise(tuula, mari), a_promise(tuula), a_promise(tuula, mari))
    keeping.keep(promise_id=first.pk, colleague=tuula)
    page = body(call.get("/promises", limit=2))
    assert [one["id"] for one in page["items"]] == [str(third.pk), str(second.pk)]
    page = body(call.get("/promises", limit=2, cursor=page["next"]))
    assert ([one["id"] for one in page["items"]], page["next"]) == ([str(first.pk)], None)
    for asked, wanted in (
        ({"contact_id": mari.pk, "state": "open"}, [third]),
        ({"state": "kept"}, [first]),
        ({"due_before": SOON.isoformat()}, []),
        ({"due_before": (SOON + timedelta(seconds=1)).isoformat()}, [third, second, first]),
    ):
        assert [one["id"] for one in body(call.get("/promises", **asked))["items"]] == [
            str(one.pk) for one in wanted
        ]
    assert body(call.get(f"/promises/{first.pk}")) == {
        "id": str(first.pk),
        "contact_id": str(mari.pk),
        "state": "kept",
        "customer_says": None,
        "first_due_at": "2026-11-24T09:00:00+00:00",
        "due_at": "2026-11-24T09:00:00+00:00",
        "by_day": False,
        "promised_at": "2026-11-22T09:00:00+00:00",
        "ended_at": "2026-11-22T09:00:00+00:00",
        "known_from": "by_hand",
        "interaction_id": None,
        "touchpoint": None,
        "owner_id": str(tuula.pk),
        "words": "Soitan sinulle.",
    }
    assert call.get(f"/promises/{third.pk + 1}").status_code == 404


def test_only_with_its_scope() -> None:
    make_token("interactions:read")
    assert [Caller().get(path).status_code for path in ("/promises", "/promises/1")] == [403, 403]


def test_what_happens_to_a_promise_is_told(now: Any) -> None:
    Endpoint.objects.create(url="https://x.example/", kinds=KINDS, made_at=NOW, salt="s")
    tuula = a_colleague()
    kept, broken = a_promise(tuula), a_promise(tuula)
    assert remind(now=SOON - timedelta(minutes=1)) == 2
    now.move_to(SOON)
    keeping.keep(promise_id=kept.pk, colleague=tuula)
    keeping.give_up(promise_id=broken.pk, colleague=tuula)
    keeping.keep_customers_verdict(promise_id=kept.pk, contact_id=kept.contact_id, verdict=Theirs.BROKEN)
    one, other = f"promise:{kept.pk}", f"promise:{broken.pk}"
    assert list(Event.objects.order_by("pk").values_list("kind", "subject", "details__says")) == [
        ("promise.given", one, "us"),
        ("promise.given", other, "us"),
        ("promise.due_soon", one, "us"),
        ("promise.due_soon", other, "us"),
        ("promise.kept", one, "us"),
        ("promise.broken", other, "us"),
        ("promise.broken", one, "customer"),
    ]


def test_words_are_told_only_to_whom_they_may_be_told() -> None:
    Endpoint.objects.create(url="https://x.example/", kinds=KINDS, made_at=NOW, salt="s")
    promise = a_promise(a_colleague())
    event = Event.objects.get()
    assert "words" not in described(event, with_words=False)
    told = described(event, with_words=True)
    assert (told["words"], told["says"], told["state"]) == ("Soitan sinulle.", "us", State.OPEN)
    assert described(Event(kind=event.kind, subject="promise:0", details={"id": "0"}), with_words=True) == {
        "id": "0"
    }
    assert str(Promise.objects.get().pk) == told["id"] == str(promise.pk)
