"""Mail that a provider brings: stored once, byte for byte, or refused so that it comes again."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from kalevi.channels.email import inbound
from kalevi.channels.email.models import Inbound
from kalevi.channels.email.tasks import understand_waiting
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.channels.email.made import mail

pytestmark = pytest.mark.django_db
RAW = mail("Hei, ovi narisee yhä.", message_id="ovi@example.fi").replace(
    "yhä".encode(), "yhä".encode("latin-1")
)
PARTS = (
    b'--xx\r\nContent-Disposition: form-data; name="subject"\r\n\r\nTilaus\r\n--xx\r\nContent-Disposition:'
    b' form-data; name="email"\r\nContent-Type: text/plain\r\n\r\n' + RAW + b"\r\n--xx--\r\n"
)
WAYS = [
    (urlencode({"recipient": "a@b.fi", "body-mime": RAW}).encode(), "application/x-www-form-urlencoded"),
    (PARTS, "multipart/form-data; boundary=xx"),
    (RAW, "message/rfc822"),
]


@pytest.fixture
def address() -> str:
    return f"/mail/in/{inbound.key_of(inbound.renew(actor_id=None))}"


def bring(client: Client, address: str, body: bytes, kind: str) -> tuple[int, Any]:
    answer = client.post(address, body, content_type=kind)
    return answer.status_code, answer.json()


def test_each_providers_mail_is_kept_byte_for_byte_and_once(client: Client, address: str) -> None:
    for body, kind in WAYS:
        assert bring(client, address, body, kind) == (200, {"stored": True})
        assert [bytes(row.raw or b"") for row in Intake.objects.all()] == [RAW]
    whole = mail("Toinen asia", message_id="2@example.fi")
    told = json.dumps({"From": "x", "RawEmail": whole.decode()}).encode()
    assert bring(client, address, told, "application/json; charset=utf-8") == (200, {"stored": True})
    assert inbound.mail_waits()
    understand_waiting.call()
    assert not inbound.mail_waits()
    said = Interaction.objects.order_by("intake_id").values_list("verbatim", flat=True)
    assert list(said) == ["Hei, ovi narisee yhä.", "Toinen asia"]
    assert Inbound.objects.get().last_at is not None


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "message/rfc822", 411),
        (b"{", "application/json", 422),
        (b'{"RawEmail": 1}', "application/json", 422),
        (b"stripped-text=hei", "application/x-www-form-urlencoded", 422),
        (PARTS, "multipart/form-data", 422),
        (b"x", "text/plain", 422),
    ],
)
def test_what_holds_no_mail_is_not_acknowledged(
    client: Client, address: str, body: bytes, kind: str, status: int
) -> None:
    assert bring(client, address, body, kind)[0] == status
    assert Intake.objects.count() == 0


def test_only_the_address_in_use_is_heard(client: Client, address: str) -> None:
    newer = f"/mail/in/{inbound.key_of(inbound.renew(actor_id=None))}"
    assert [bring(client, one, RAW, "message/rfc822")[0] for one in (address, "/mail/in/x", newer)] == [
        404,
        404,
        200,
    ]
    inbound.close(actor_id=None)
    assert bring(client, newer, RAW, "message/rfc822")[0] == 404


def test_an_administrator_makes_and_closes_the_address(client: Client) -> None:
    client.force_login(Colleague.objects.create_user("a@example.fi", name="A", role=Role.ADMINISTRATOR))
    assert client.post("/settings/email/inbound/", {"renew": ""}).headers["Location"] == "/settings/email/"
    shown = client.get("/settings/email/").content.decode()
    assert f"{settings.ADDRESS}/mail/in/{inbound.key_of(Inbound.objects.get())}" in shown
    client.post("/settings/email/inbound/", {"close": ""})
    assert not Inbound.objects.exists()
