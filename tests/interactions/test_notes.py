"""Something heard is received, understood at once, and kept as told by the colleague who wrote it down."""

import re

import pytest
import time_machine
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.interactions import notes
from kalevi.interactions.actions.notes import understand_notes
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import ColleagueReading, Intake, Interaction
from kalevi.people.actions.merging import merge_contacts
from kalevi.people.models import Colleague, Contact, Erasure
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


def checked(page: str) -> list[str]:
    """Return the values of the chosen buttons of a page: the channel and the feeling."""
    return [
        found["value"]
        for found in re.findall(r"<input[^>]*checked[^>]*>", page)
        for found in (re.search(r'value="(?P<value>[^"]*)"', found) or {"value": "?"},)
    ]


@time_machine.travel(NOW, tick=False)
def test_a_note_is_a_retelling(client: Client, liisa: Colleague) -> None:
    answer = client.post("/interactions/note/", NOTE | {"email": "Aino@Example.fi", "name": "Aino"})
    one = Interaction.objects.select_related("contact", "intake").get()
    assert answer.headers["Location"] == f"/interactions/note/{one.pk}/"
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
    assert answer.status_code == 302
    merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    assert Interaction.objects.get().contact == kept
    assert client.get(f"/interactions/note/?contact={gone.pk}").status_code == 404


@time_machine.travel(NOW, tick=False)
def test_what_has_not_happened_yet_is_not_kept(client: Client) -> None:
    answer = client.post("/interactions/note/", NOTE | {"occurred_at": "2026-11-23T10:30"})
    assert (answer.status_code, Intake.objects.count()) == (200, 0)


@time_machine.travel(NOW, tick=False)
def test_the_words_are_enough(client: Client) -> None:
    page = client.get("/interactions/note/").content.decode()
    assert page.count("autofocus") == 1
    client.post("/interactions/note/", {"token": "t9", "words": "Kehui.", "channel": "word_of_mouth"})
    one = Interaction.objects.get()
    assert (one.verbatim, one.channel, one.occurred_at) == ("Kehui.", "word_of_mouth", NOW)
    again = client.get("/interactions/note/").content.decode()
    assert checked(again) == ["word_of_mouth", ""]


@time_machine.travel(NOW, tick=False)
def test_what_the_colleague_read_stands_as_their_reading(client: Client, liisa: Colleague) -> None:
    client.post("/interactions/note/", NOTE | {"feeling": "joy"})
    client.post("/interactions/note/", NOTE | {"feeling": "joy"})
    own = ColleagueReading.objects.get()
    assert (own.colleague, own.feelings, own.interaction.self_feelings.count()) == (liisa, ["joy"], 0)


@time_machine.travel(NOW, tick=False)
def test_a_note_received_before_a_power_failure_is_understood_with_its_reading(liisa: Colleague) -> None:
    raw = notes.packed_note(
        words="Kehui.",
        colleague_id=liisa.pk,
        channel="phone",
        touchpoint="",
        occurred_at=NOW,
        identities=(),
        feeling="trust",
    )
    receive(source="note", scope="note", arrivals=[Arrival(digest(b"x"), digest(b""), raw)], at=NOW)
    assert (understand_notes(), understand_notes()) == (1, 0)
    assert ColleagueReading.objects.get().feelings == ["trust"]


def test_looking_for_a_customer_keeps_what_was_written_and_no_word_in_the_address(client: Client) -> None:
    aino = Contact.objects.create(name="Aino Virtanen", created_at=NOW)
    found = client.post("/interactions/note/", NOTE | {"seek": "virta", "find": "yes", "channel": "post"})
    page = found.content.decode()
    assert (found.status_code, Intake.objects.count()) == (200, 0)
    assert [
        part
        for part in (f'name="contact" value="{aino.pk}"', "Aino Virtanen", NOTE["words"], 'value="virta"')
        if part not in page
    ] == []
    assert checked(page) == ["post", ""]
    client.post("/interactions/note/", NOTE | {"occurred_at": "", "contact": str(aino.pk)})
    assert Interaction.objects.get().contact == aino


def test_the_writer_may_take_a_note_back_for_ten_minutes(client: Client, liisa: Colleague) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for number, minutes in enumerate((9, 11)):
            client.post("/interactions/note/", NOTE | {"token": f"b{number}"})
            one = Interaction.objects.latest("pk")
            clock.shift(60 * minutes)
            client.post(f"/interactions/note/{one.pk}/back/")
            one.refresh_from_db()
            assert (one.verbatim is None) == (minutes < 10)
    erasure = Erasure.objects.get()
    assert (erasure.reason, erasure.actor_id, bool(erasure.finished_at)) == ("taken_back", liisa.pk, True)
    assert Intake.objects.filter(raw__isnull=True).count() == 1


@time_machine.travel(NOW, tick=False)
def test_nobody_takes_back_what_another_wrote(client: Client) -> None:
    client.post("/interactions/note/", NOTE)
    one = Interaction.objects.get()
    other = Client()
    other.force_login(Colleague.objects.create_user("o@example.fi", name="Otto", role=Role.ADMINISTRATOR))
    other.post(f"/interactions/note/{one.pk}/back/")
    one.refresh_from_db()
    assert (one.verbatim, other.get(f"/interactions/note/{one.pk}/").status_code) == (NOTE["words"], 404)


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff", b'{"words": 1}'])
def test_what_is_no_note_has_a_reason(raw: bytes) -> None:
    assert notes.interpret([Intake(raw=raw)])[0].reason == "not_a_note"
