"""Events leave with what they tell, arrive at least once under one id, and end after three days."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import time_machine
from django.db import transaction
from django.utils import timezone

from kalevi.audit.models import Entry
from kalevi.webhooks import actions, signing
from kalevi.webhooks.models import Delivery, Endpoint, Event
from kalevi.webhooks.sending import send_due, something_is_due
from kalevi.webhooks.tasks import forget_old
from kalevi.webhooks.telling import Happening, tell
from tests.webhooks.conftest import Receiver

Make = Callable[..., Endpoint]
KIND = "import.finished"


def told(number: int = 1) -> None:
    tell(KIND, [Happening(f"import:{number}", details={"id": str(number)})])


def test_a_message_is_signed_and_says_what_happened(receiver: Receiver, endpoint: Make) -> None:
    there = endpoint(receiver.url, KIND)
    told(7)
    assert something_is_due()
    assert send_due() == 1
    path, headers, body = receiver.got[0]
    event = Event.objects.get()
    assert path == "/hook?from=kalevi"
    assert headers["host"] == receiver.url.split("/")[2]
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert headers["webhook-id"] == event.key
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    key = base64.b64decode(signing.shown(there.salt).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": event.key,
        "source": "http://127.0.0.1:8000",
        "type": "kalevi.import.finished",
        "subject": "import/7",
        "time": event.at.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": {"id": "7"},
    }
    assert not something_is_due()
    assert send_due() == 0
    assert len(receiver.got) == 1


def test_nothing_is_written_where_nobody_listens_nor_when_it_did_not_happen(
    receiver: Receiver, endpoint: Make
) -> None:
    told()
    endpoint(receiver.url, "contact.erased")
    endpoint(receiver.url, KIND, is_on=False)
    told()
    assert Event.objects.count() == 0
    endpoint(receiver.url, KIND)
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    assert Event.objects.count() == 0


def test_both_secrets_sign_for_a_day(receiver: Receiver, endpoint: Make) -> None:
    there = endpoint(receiver.url, KIND)
    older = there.salt
    actions.change_secret(endpoint=there, actor_id=1)
    told()
    send_due()
    assert receiver.got[0][1]["webhook-signature"].count("v1,") == 2
    assert there.older_salt == older
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        told()
        send_due()
    assert receiver.got[1][1]["webhook-signature"].count("v1,") == 1


def test_a_failing_receiver_is_tried_for_three_days_and_then_left(receiver: Receiver, endpoint: Make) -> None:
    there = endpoint(receiver.url, KIND)
    receiver.status = 500
    begin = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    with time_machine.travel(begin, tick=False) as clock:
        told()
        moments = []
        while Delivery.objects.filter(state="waiting").exists():
            delivery = Delivery.objects.select_related("endpoint").get()
            at = max(delivery.next_try_at, delivery.endpoint.rests_until or delivery.next_try_at)
            clock.move_to(at)
            moments.append(at - begin)
            send_due()
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.got}) == 1
    assert len(moments) == len(receiver.got) == 11
    assert moments[0] == timedelta(0)
    assert moments[-1] == timedelta(days=3)
    gaps = [after - before for before, after in pairwise(moments)]
    assert gaps[:-1] == sorted(gaps[:-1])
    delivery, there = Delivery.objects.get(), Endpoint.objects.get()
    assert (delivery.state, delivery.status, delivery.problem) == ("given_up", 500, "not_taken")
    assert there.disabled_at is not None
    assert Entry.objects.filter(action="webhooks.disable").count() == 1
    told()
    assert Event.objects.count() == 1
    receiver.status = 200
    actions.use_again(endpoint=there, actor_id=1)
    actions.send_again(delivery=delivery, actor_id=1)
    assert send_due() == 1
    assert Delivery.objects.get().state == "delivered"
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.got}) == 1


def test_one_dead_receiver_holds_up_no_other(receiver: Receiver, endpoint: Make) -> None:
    endpoint("http://localhost:1/", KIND)
    endpoint(receiver.url, KIND)
    for number in range(5):
        told(number)
    assert send_due() == 5
    assert [json.loads(body)["data"]["id"] for _path, _headers, body in receiver.got] == [
        "0",
        "1",
        "2",
        "3",
        "4",
    ]
    tried = Delivery.objects.filter(endpoint__url="http://localhost:1/").order_by("pk")
    assert list(tried.values_list("attempts", "problem")) == [(1, "no_connection")] + [(0, "")] * 4


def test_redirects_are_refused_and_long_answers_left_unread(receiver: Receiver, endpoint: Make) -> None:
    endpoint(receiver.url, KIND)
    receiver.status, receiver.headers = 307, {"Location": receiver.url}
    told()
    send_due()
    assert Delivery.objects.get().problem == "redirect"
    assert len(receiver.got) == 1
    Delivery.objects.all().delete()
    receiver.status, receiver.headers, receiver.body = 200, {}, b"x" * 10_000_000
    Endpoint.objects.update(rests_until=None)
    told()
    assert send_due() == 1


def test_a_receiver_that_is_gone_is_left_at_once(receiver: Receiver, endpoint: Make) -> None:
    endpoint(receiver.url, KIND)
    receiver.status = 410
    told()
    send_due()
    assert (Delivery.objects.get().state, Endpoint.objects.get().disabled_at is not None) == (
        "given_up",
        True,
    )


def test_what_arrived_is_forgotten_after_a_month(receiver: Receiver, endpoint: Make) -> None:
    endpoint(receiver.url, KIND)
    with time_machine.travel(timezone.now() - timedelta(days=40), tick=False):
        told(1)
        send_due()
    told(2)
    assert forget_old.call() == 1
    assert Event.objects.get().subject == "import:2"
