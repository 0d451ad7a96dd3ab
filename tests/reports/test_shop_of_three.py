"""Three people make a shop: everything works from the first link on, and an answer is three clicks away."""

import re

import pytest
import time_machine
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Case, Handover
from kalevi.config import installation
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague, Contact
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
PASSWORD = "kolme tavallista sanaa"
ANSWER = "Etsin pakettinne tänään ja soitan huomenna klo 12."


def joined(link: str, name: str, **more: str) -> Client:
    client = Client()
    told = {"name": name, "language": "en", "password": PASSWORD} | more
    assert client.post(link, told).status_code == 302
    return client


def invited(by: Client, email: str) -> str:
    page = by.post("/settings/people/", {"email": email, "roles": ["frontline"]}).content.decode()
    found = re.search(r"/invitation/[\w-]+/", page)
    return found[0] if found else ""


def a_word_that_needs_us() -> Case:
    contact = Contact.objects.create(name="Pirkko", created_at=NOW)
    said = say("Paketti on hukassa", body=PROBLEM, contact=contact)
    return open_by_rules(ids=[said.pk], at=NOW)[0]


def links(page: str) -> list[str]:
    return re.findall(r'href="(/[^"]*)"', page)


def test_from_today_to_the_answer_in_three_clicks() -> None:
    with time_machine.travel(NOW, tick=False):
        aino = joined(installation.first_administrator_link() or "", "Aino", email="a@example.fi")
        shop = {"a@example.fi": aino}
        for email, name in (("b@example.fi", "Bo"), ("c@example.fi", "Cia")):
            shop[email] = joined(invited(aino, email), name)
        case = a_word_that_needs_us()
        carrier = shop[case.owner.email]
        # The first click: the case, on Today.
        there = f"/cases/{case.pk}/"
        assert there in links(carrier.get("/").content.decode())
        page = carrier.get(there)
        token = page.context["answering"].initial["token"]
        # The second: sending what was written. A third one is left for saying what happens next.
        sent = carrier.post(f"{there}answer/", {"token": token, "words": ANSWER})
        assert sent.headers["Location"] == there
        case.refresh_from_db()
    kept = Interaction.objects.get(outbound=True)
    assert (kept.verbatim, kept.told_by_colleague_id) == (ANSWER, case.owner_id)
    assert case.answered_at == NOW


def test_alone_nothing_asks_for_a_second_person() -> None:
    with time_machine.travel(NOW, tick=False):
        aino = joined(installation.first_administrator_link() or "", "Aino", email="a@example.fi")
        case = a_word_that_needs_us()
        assert case.owner == Colleague.objects.get()
        refused = {
            page: aino.get(page).status_code
            for page in ("/", "/interactions/", "/customers/", "/cases/", f"/cases/{case.pk}/", "/import/")
        }
        assert set(refused.values()) == {200}
        token = aino.get(f"/cases/{case.pk}/").context["answering"].initial["token"]
        aino.post(f"/cases/{case.pk}/answer/", {"token": token, "words": ANSWER})
    assert Interaction.objects.filter(outbound=True).count() == 1
    assert Entry.objects.filter(action__in=["cases.look", "people.look"]).count() == 0


def test_an_offer_nobody_takes_stays_and_whoever_looks_in_is_written_down() -> None:
    aada = Colleague.objects.create_user("a@example.fi", name="Aada")
    bo = Colleague.objects.create_user("b@example.fi", name="Bo")
    with time_machine.travel(NOW, tick=False):
        case = a_word_that_needs_us()
        giver, taker = Client(), Client()
        giver.force_login(aada)
        taker.force_login(bo)
        giver.get(f"/cases/{case.pk}/")
        giver.post(f"/cases/{case.pk}/offer/", {"taker": bo.pk, "words": ""})
        taker.get(f"/cases/{case.pk}/")
    offer = Handover.objects.get()
    case.refresh_from_db()
    assert (case.owner, offer.ended_at) == (aada, None)
    looks = Entry.objects.filter(action="cases.look").values_list(
        "actor_id", "subject", "contact_id", "details"
    )
    assert list(looks) == [(bo.pk, f"case:{case.pk}", case.contact_id, {"owner": aada.pk})]
