"""A colleague says that somebody was answered: our answer stands under the words, and they wait no longer."""

import pytest
import time_machine
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.interactions import notes
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = ("hot", "problem")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.FRONTLINE)


@pytest.fixture
def client(liisa: Colleague) -> Client:
    client = Client()
    client.force_login(liisa)
    return client


@pytest.fixture
def asked() -> Interaction:
    contact = Contact.objects.create(name="Aino Virtanen", created_at=NOW)
    return say("Laudat tulivat myöhässä.", PROBLEM, contact=contact, channel="phone")


def answer(client: Client, asked: Interaction, **more: str) -> int:
    address = f"/interactions/{asked.pk}/answered/"
    with time_machine.travel(NOW, tick=False):
        return client.post(address, {"token": "t1", "words": "", "back": "today"} | more).status_code


def test_an_answer_is_stored_as_ours_to_the_same_person(
    client: Client, liisa: Colleague, asked: Interaction
) -> None:
    assert answer(client, asked, words="Soitin ja pyysin anteeksi.") == 302
    ours = Interaction.objects.get(outbound=True)
    assert (ours.answers, ours.contact, ours.channel, ours.kind, ours.source) == (
        asked,
        asked.contact,
        "phone",
        "encounter",
        "note",
    )
    assert (ours.verbatim, ours.told_by_colleague_id, ours.occurred_at, ours.readings.count()) == (
        "Soitin ja pyysin anteeksi.",
        liisa.pk,
        NOW,
        0,
    )
    assert ours.intake.state == Intake.State.UNDERSTOOD
    entry = Entry.objects.get(action="interactions.keep_answer")
    assert (entry.actor_id, entry.subject, entry.contact_id, entry.details) == (
        liisa.pk,
        f"interaction:{asked.pk}",
        asked.contact_id,
        {"channel": "phone"},
    )


def test_nobody_waits_after_it_and_it_stands_under_the_words(client: Client, asked: Interaction) -> None:
    with time_machine.travel(NOW, tick=False):
        before = client.get("/").content.decode()
    assert f'action="/interactions/{asked.pk}/answered/"' in before
    answer(client, asked)
    with time_machine.travel(NOW, tick=False):
        after = client.get("/today/live/").content.decode()
        card = client.get("/interactions/").content.decode()
    assert f'action="/interactions/{asked.pk}/answered/"' not in after
    assert ("We answered · Liisa" in card, "The words were erased." in card) == (True, False)


def test_sent_twice_it_is_kept_once(client: Client, asked: Interaction) -> None:
    answer(client, asked, words="Soitin.")
    answer(client, asked, words="Soitin.")
    assert (Interaction.objects.filter(outbound=True).count(), Entry.objects.count()) == (1, 1)


def test_words_of_nobody_known_can_be_answered_too(client: Client) -> None:
    asked = say("Missä tilaukseni viipyy?", PROBLEM, channel="email")
    answer(client, asked)
    ours = Interaction.objects.get(outbound=True)
    assert (ours.answers, ours.contact, ours.kind, ours.verbatim) == (asked, None, "message", None)


def test_the_card_is_shown_anew_in_its_place(client: Client, asked: Interaction) -> None:
    page = client.post(
        f"/interactions/{asked.pk}/answered/", {"token": "t2", "words": "Soitin."}, headers=HTMX
    ).content.decode()
    assert ("Soitin." in page, f'id="i{asked.pk}"' in page, "<html" in page) == (True, True, False)


@pytest.mark.parametrize(("back", "address"), [("today", "/"), ("waiting", "/today/waiting/"), ("", None)])
def test_it_leads_back(client: Client, asked: Interaction, back: str, address: str | None) -> None:
    answered = client.post(f"/interactions/{asked.pk}/answered/", {"token": "t", "back": back})
    assert answered.headers["Location"] == (address or f"/interactions/{asked.pk}/reading/")


def test_only_words_of_a_customer_are_answered(client: Client, asked: Interaction) -> None:
    ours = say("Soitimme.", outbound=True, answers=asked)
    event = say(None, kind="event")
    assert [answer(client, one) for one in (ours, event)] == [404, 404]
    assert answer(client, asked, words="x" * 20_001) == 302
    assert Intake.objects.filter(source="note").count() == 0


@pytest.mark.parametrize("address", ["/", "/today/waiting/", "/interactions/"])
def test_the_board_is_not_asked_to_answer(address: str, asked: Interaction) -> None:
    say("Soitimme.", outbound=True, answers=say("Kiitos."), told_by_colleague_id=1)
    board = Client()
    board.force_login(Colleague.objects.create_user("b@example.fi", name="B", role=Role.BOARD))
    with time_machine.travel(NOW, tick=False):
        page = board.get(address).content.decode()
    assert ("Laudat tulivat" in page, "/answered/" in page, "Liisa" in page) == (True, False, False)


@pytest.mark.parametrize("note", [b'{"answers": 1}', b'{"answers": null, "words": "x"}'])
def test_what_is_no_answer_has_a_reason(note: bytes) -> None:
    assert notes.interpret([Intake(raw=note)])[0].reason == "not_a_note"
