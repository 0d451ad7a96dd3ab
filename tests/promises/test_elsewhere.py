"""Promises on the pages of other rooms: beside the pen, on Today, on the customer's page and on their own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions.links import give_link
from kalevi.cases.actions.opening import open_by_hand
from kalevi.cases.links import text_of
from kalevi.cases.rule_models import Duty
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague, Contact
from kalevi.promises.actions.proposing import propose
from kalevi.promises.carers import carers, carrier_of
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise, State
from tests.promises.made import a_colleague, a_contact, a_promise
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
HEARD = "Lupasivat soittaa perjantaina."
PROMISED = {"m": [["promise", 0.85, "2026-11-27", [[0, 9]]]]}


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula(client: Client) -> Colleague:
    colleague = a_colleague()
    client.force_login(colleague)
    return colleague


@pytest.fixture
def mari() -> Contact:
    return a_contact()


@pytest.fixture
def my_page(tuula: Colleague, mari: Contact) -> str:
    case = open_by_hand(interaction=say("Milloin ovi tulee?", contact=mari), colleague=tuula)
    return f"/my/{text_of(give_link(case=case, language='en', actor_id=tuula.pk))}/"


def test_they_stand_beside_the_pen_and_on_the_customers_page(
    client: Client, tuula: Colleague, mari: Contact
) -> None:
    said = say(HEARD, ("mark", "promise"), body=PROMISED, contact=mari)
    case = open_by_hand(interaction=said, colleague=tuula)
    propose(ids=[said.pk])
    assert Proposal.objects.get().owner == tuula
    a_promise(tuula, mari, words="Tuon oven.")
    for path in (f"/cases/{case.pk}/", f"/customers/{mari.pk}/"):
        page = client.get(path).content.decode()
        assert ("Tuon oven." in page, "Is this a promise?" in page) == (True, True)


@pytest.mark.parametrize("path", ["/", "/today/live/"])
def test_today_shows_what_is_soon_due_and_ones_own(client: Client, tuula: Colleague, path: str) -> None:
    say("Kiitos!")
    a_promise(tuula, words="Tuon oven.", due_at=NOW + timedelta(minutes=30))
    a_promise(tuula, words="Ensi viikolla.", due_at=NOW + timedelta(days=6))
    a_promise(a_colleague("Bo"), words="Toisen.", due_at=NOW + timedelta(minutes=30))
    page = client.get(path).content.decode()
    assert [words in page for words in ("Tuon oven.", "Ensi viikolla.", "Toisen.")] == [True, False, False]


def test_the_customer_says_of_their_own_in_one_tap(
    client: Client, tuula: Colleague, mari: Contact, my_page: str, now: Any
) -> None:
    mine, others = a_promise(tuula, mari, words="Tuon oven."), a_promise(tuula, words="Muille.")
    page = client.get(my_page).content.decode()
    assert ("Tuon oven." in page, "Muille." in page, "It was not kept" in page) == (True, False, False)
    now.move_to(NOW + timedelta(days=3))
    assert "It was not kept" in client.get(my_page).content.decode()
    client.post(my_page, {"what": f"promise:{mine.pk}:broken"})
    client.post(my_page, {"what": f"promise:{others.pk}:kept"})
    client.post(my_page, {"what": "promise:x:kept"})
    assert dict(Promise.objects.values_list("pk", "theirs")) == {mine.pk: "broken", others.pk: ""}
    client.post(my_page, {"what": f"promise:{mine.pk}:released"})
    assert Promise.objects.get(pk=mine.pk).state == State.RELEASED


def test_a_colleagues_note_is_not_shown_to_the_customer(
    client: Client, tuula: Colleague, mari: Contact, my_page: str
) -> None:
    note = say("Hankala, mutta lupasin oven.", contact=mari, told_by_colleague_id=tuula.pk)
    Proposal.objects.create(
        interaction=note, words_from=0, words_to=20, source="noted", due_at=NOW, found_at=NOW
    )
    client.post(f"/promises/perhaps/{Proposal.objects.get().pk}/", {"say": "tomorrow"})
    page = client.get(my_page).content.decode()
    assert ("Hankala" in page, "What we have promised you" in page) == (False, True)


def test_who_carries_a_matter_and_who_is_on_duty_are_known(tuula: Colleague, mari: Contact) -> None:
    open_by_hand(interaction=say("Milloin?", contact=mari), colleague=tuula)
    stage = JourneyStage.objects.create(key="buy", position=1, name_en="Buying")
    place = Touchpoint.objects.create(key="p", stage=stage, name_en="Counter")
    Duty.objects.create(colleague=tuula, touchpoint=place)
    assert (carrier_of(mari.pk), carers()) == (tuula.pk, {place.pk: frozenset({tuula.pk})})
