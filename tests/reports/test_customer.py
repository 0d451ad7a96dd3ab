"""A customer's page: their words first, the whole relationship, and what can be done."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kalevi.audit.models import Entry
from kalevi.interactions.models import Interaction
from kalevi.people.models import Account, Colleague, Contact, StageChange
from kalevi.reports.queries import customers as queries
from kalevi.reports.queries.changes import days_of_acquaintance
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BODY = {"h": [["dream", [0, 15], 0.8, [[0, 6]]], ["need", [0, 15], 0.7, []]]}


@pytest.fixture
def aino() -> Contact:
    account = Account.objects.create(name="Saaristo Oy")
    return Contact.objects.create(name="Aino Virtanen", created_at=NOW, stage="customer", account=account)


def signed_in(role: Role = Role.FRONTLINE) -> Client:
    client = Client()
    client.force_login(Colleague.objects.create_user(f"{role}@example.fi", name="Liisa", role=role))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def live_through(contact: Contact, days: int) -> None:
    say("Olisipa laituri!", ("hot", "dream"), contact=contact, ago=days * DAY, body=BODY, feelings=("toivo",))
    say("Tulemme katsomaan.", outbound=True, contact=contact, ago=days * DAY, kind="message")
    say(None, kind="event", channel="system", contact=contact, ago=days * DAY)
    StageChange.objects.create(contact=contact, stage="customer", at=NOW - days * DAY)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    "address", ["/customers/{0}/", "/customers/", "/customers/{0}/?before=9223372036854775807"]
)
def test_as_many_queries_for_three_as_for_one(aino: Contact, address: str) -> None:
    client, counts = signed_in(), []
    for round_ in range(2):
        for days in range(1 + round_):
            live_through(aino, days + 1 + round_)
        if round_:
            Contact.objects.create(name="Toinen", created_at=NOW, account=aino.account)
        with CaptureQueriesContext(connection) as captured:
            page(client, address.format(aino.pk))
        counts.append(len(captured))
    assert counts[0] == counts[1]


@time_machine.travel(NOW, tick=False)
def test_own_words_come_first_and_a_retelling_is_not_own(aino: Contact) -> None:
    say("Omin sanoin.", contact=aino, ago=9 * DAY)
    say("Kuulemma tyytyväinen.", contact=aino, ago=DAY, told_by_colleague_id=1)
    shown = page(signed_in(), f"/customers/{aino.pk}/")
    largest = shown[shown.index("quote large") :]
    assert largest.index("Omin sanoin.") < largest.index("Kuulemma tyytyväinen.")


@time_machine.travel(NOW, tick=False)
def test_first_time_is_shown_plainly(aino: Contact) -> None:
    client = signed_in()
    say("Hei!", contact=aino, ago=DAY)
    assert "First time here" in page(client, f"/customers/{aino.pk}/")
    say("Hei taas!", contact=aino, ago=40 * DAY)
    assert "First time here" not in page(client, f"/customers/{aino.pk}/")
    say("Ensimmäistä kertaa varastolla.", ("mark", "first_time"), contact=aino, ago=2 * DAY)
    assert "First time here. Go along" in page(client, f"/customers/{aino.pk}/")


@time_machine.travel(NOW, tick=False)
def test_the_timeline_goes_back_to_the_beginning(aino: Contact, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for days in (1, 100, 600):
        live_through(aino, days)
    client = signed_in()
    rows: list[Any] = []
    before = None
    while True:
        part, before = queries.timeline_for_colleague(Colleague.objects.get(), aino, before=before)
        rows += part
        if before is None:
            break
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert (sum(bool(row.stage) for row in rows), sum(bool(row.card) for row in rows)) == (3, 9)
    assert 'rel="next"' in page(client, f"/customers/{aino.pk}/")


@time_machine.travel(NOW, tick=False)
def test_dreams_stand_in_their_words_and_feelings_as_told(aino: Contact) -> None:
    live_through(aino, 3)
    live_through(aino, 100)
    shown = page(signed_in(), f"/customers/{aino.pk}/")
    hots = shown[shown.index('id="hots"') : shown.index('id="felt"')]
    assert [part in hots for part in ("Olisipa laituri", ">dream<", ">need<", "toivo")] == [
        True,
        True,
        True,
        False,
    ]
    assert "<td>toivo</td>" in shown


def test_the_board_does_not_open_customers(aino: Contact) -> None:
    client = signed_in(Role.BOARD)
    assert [client.get(a).status_code for a in ("/customers/", f"/customers/{aino.pk}/")] == [403, 403]


def test_who_was_merged_is_found_where_they_went(aino: Contact) -> None:
    other = Contact.objects.create(created_at=NOW, merged_into=aino)
    client = signed_in()
    assert client.get(f"/customers/{other.pk}/").headers["Location"] == f"/customers/{aino.pk}/"
    assert client.get("/customers/999999999999999999999/").status_code == 404


def test_search_words_stand_in_no_address(aino: Contact) -> None:
    client = signed_in()
    answer = client.post("/customers/search/", {"words": "virtanen"})
    assert answer.headers["Location"] == "/customers/?search=yes"
    assert "Aino Virtanen" in page(client, "/customers/?search=yes")
    client.post("/customers/search/", {"words": "nobody"})
    assert "Aino Virtanen" not in page(client, "/customers/?search=yes")


@time_machine.travel(NOW, tick=False)
def test_everything_is_given_and_erased(aino: Contact, settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    live_through(aino, 3)
    client = signed_in(Role.MANAGER)
    answer = client.post(f"/customers/{aino.pk}/export/")
    assert json.loads(answer.content)["people"]["name"] == "Aino Virtanen"
    client.post(f"/customers/{aino.pk}/erase/")
    assert Contact.objects.get().name == "Aino Virtanen"
    client.post(f"/customers/{aino.pk}/erase/", {"sure": "on"})
    assert Interaction.objects.filter(verbatim__isnull=False).count() == 0
    shown = page(client, f"/customers/{aino.pk}/")
    assert ("was erased on" in shown, "Virtanen" in shown, "laituri" in shown) == (True, False, False)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "people.export",
        "people.erase",
    ]


@time_machine.travel(NOW, tick=False)
def test_a_wordless_visit_that_was_erased_had_perhaps_no_words(
    aino: Contact, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    say(None, kind="encounter", contact=aino, reference="A-1", ago=DAY)
    say(None, kind="event", contact=aino, reference="A-2", ago=2 * DAY)
    client = signed_in(Role.MANAGER)
    client.post(f"/customers/{aino.pk}/erase/", {"sure": "on"})
    shown = page(client, f"/customers/{aino.pk}/")
    assert (shown.count("Any words were erased."), "The words were erased." in shown) == (1, False)


@time_machine.travel(NOW, tick=False)
def test_what_never_had_words_is_not_called_erased(aino: Contact) -> None:
    visit = say(None, kind="encounter", contact=aino)
    shown = page(signed_in(), f"/interactions/{visit.pk}/reading/")
    assert ("The words were erased." in shown, "There are no words to read here." in shown) == (False, True)


@time_machine.travel(NOW, tick=False)
def test_one_encounter_makes_no_curve(aino: Contact) -> None:
    say("Hei!", ("feeling", "joy"), contact=aino, ago=DAY)
    client = signed_in()
    first = page(client, f"/customers/{aino.pk}/")
    say("Hei taas!", ("feeling", "joy"), contact=aino)
    second = page(client, f"/customers/{aino.pk}/")
    assert [("<polyline" in shown, "so there is no curve yet" in shown) for shown in (first, second)] == [
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("fi", 0, "uusi tuttavuus"),
        ("fi", 1, "tunnettu 1 päivän ajan"),
        ("sv", 1, "känd i 1 dag"),
        ("fi", 400, "tunnettu 13 kuukauden ajan"),
        ("en", 900, "known for 2 years"),
    ],
)
def test_how_long_we_have_known_each_other(language: str, days: int, said: str) -> None:
    with translation.override(language):
        assert days_of_acquaintance(days) == said
