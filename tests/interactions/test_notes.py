"""Something heard is received, understood at once, and kept as told by the colleague who wrote it down."""

import pytest
import time_machine
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.interactions import notes
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.actions.merging import merge_contacts
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW

pytestmark = pytest.mark.django_db
NOTE = {
    "token": "t1",
    "words": "Rouva kehui tiskillä, että Kalevi auttoi kantamaan.",
    "channel": "counter",
    "touchpoint": "",
    "occurred_at": "2026-11-22T10:30",
}


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.FRONTLINE)


@pytest.fixture
def client(liisa: Colleague) -> Client:
    client = Client()
    client.force_login(liisa)
    return client


@time_machine.travel(NOW, tick=False)
def test_a_note_is_a_retelling(client: Client, liisa: Colleague) -> None:
    answer = client.post("/interactions/note/", NOTE | {"email": "Aino@Example.fi", "name": "Aino"})
    assert answer.headers["Location"] == "/interactions/"
    one = Interaction.objects.select_related("contact", "intake").get()
    assert (one.verbatim, one.told_by_colleague_id, one.channel, one.source) == (
        NOTE["words"],
        liisa.pk,
        "counter",
        "note",
    )
    assert (one.occurred_at.isoformat(), one.contact and one.contact.email) == (
        "2026-11-22T08:30:00+00:00",
        "aino@example.fi",
    )
    assert (one.readings.count(), one.intake.state) == (1, Intake.State.UNDERSTOOD)
    assert Entry.objects.get(action="interactions.keep_note").details == {"channel": "counter"}


@time_machine.travel(NOW, tick=False)
def test_sending_it_twice_keeps_it_once(client: Client) -> None:
    client.post("/interactions/note/", NOTE)
    client.post("/interactions/note/", NOTE)
    assert (Interaction.objects.count(), Entry.objects.filter(action="interactions.keep_note").count()) == (
        1,
        1,
    )


@time_machine.travel(NOW, tick=False)
def test_a_note_about_somebody_finds_them_also_after_a_merge(client: Client, liisa: Colleague) -> None:
    gone, kept = (Contact.objects.create(name=name, created_at=NOW) for name in ("A", "B"))
    answer = client.post(f"/interactions/note/?contact={gone.pk}", NOTE)
    assert answer.headers["Location"] == f"/customers/{gone.pk}/"
    merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    assert Interaction.objects.get().contact == kept
    assert client.get(f"/interactions/note/?contact={gone.pk}").status_code == 404


@time_machine.travel(NOW, tick=False)
def test_what_has_not_happened_yet_is_not_kept(client: Client) -> None:
    answer = client.post("/interactions/note/", NOTE | {"occurred_at": "2026-11-23T10:30"})
    assert (answer.status_code, Intake.objects.count()) == (200, 0)


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff", b'{"words": 1}'])
def test_what_is_no_note_has_a_reason(raw: bytes) -> None:
    assert notes.interpret([Intake(raw=raw)])[0].reason == "not_a_note"
