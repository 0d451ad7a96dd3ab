"""What other systems are told of customers: ids, words only where an administrator said so, and erasures."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kalevi.people.erasing import erase
from kalevi.people.models import Contact, Reason
from kalevi.webhooks.models import Delivery, Endpoint, Event
from kalevi.webhooks.sending import body_of
from tests.channels.api.conftest import Caller

SENT = {"words": "Kiitos avusta, Maija!", "contact": {"email": "a@example.fi"}, "feelings": ["ilo"]}


@pytest.fixture
def endpoint(db: None) -> Endpoint:
    return Endpoint.objects.create(
        name="CRM",
        url="https://example.fi/",
        kinds=["interaction.received", "interaction.read", "contact.erased"],
        salt="s",
        made_at=timezone.now(),
    )


def data(event: Event, *, with_words: bool = False) -> Any:
    return json.loads(body_of(event, with_words=with_words))["data"]


def test_ids_are_told_and_words_only_on_purpose(
    call: Caller, understood: Callable[[], None], endpoint: Endpoint
) -> None:
    number = json.loads(call.post("/interactions", SENT).content)["id"]
    understood()
    contact = Contact.objects.get()
    received, read = Event.objects.order_by("pk")
    assert (received.kind, read.kind) == ("interaction.received", "interaction.read")
    assert {received.subject, read.subject} == {f"interaction:{number}"}
    for event in (received, read):
        assert "Maija" not in json.dumps(data(event)) + json.dumps(event.details)
    assert data(received) == {
        "id": number,
        "occurred_at": data(received)["occurred_at"],
        "channel": "other",
        "kind": "feedback",
        "contact_id": str(contact.pk),
        "touchpoint": None,
        "source": "api",
        "score": None,
    }
    assert data(read)["reading"]["language"] == "fi"
    with_words = data(received, with_words=True)
    assert (with_words["words"], with_words["feelings"]) == ("Kiitos avusta, Maija!", ["ilo"])


def test_erasure_is_told_and_leaves_no_words_to_tell(
    call: Caller, understood: Callable[[], None], endpoint: Endpoint
) -> None:
    call.post("/interactions", SENT)
    understood()
    contact = Contact.objects.get()
    exported = json.loads(call.get(f"/contacts/{contact.pk}/export").content)
    assert [one["event"] for one in exported["webhooks"]] == ["interaction.received", "interaction.read"]
    erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    erased = Event.objects.get(kind="contact.erased")
    assert data(erased) == {"id": str(contact.pk), "reason": "request"}
    received = Event.objects.get(kind="interaction.received")
    assert data(received, with_words=True)["words"] is None
    assert data(received, with_words=True)["feelings"] == []
    assert Delivery.objects.count() == 3
