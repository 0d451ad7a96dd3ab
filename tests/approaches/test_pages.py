"""The pages of approaches: what stands there, at the same number of queries for one and three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.approaches.models import Ability, Approach, Met, News, State
from kalevi.approaches.rule_models import Because, Limits, Pace, Rule, Why
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.people.models import Account, Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OPENING = (
    "Hei Mari! Kerroit meille 12.11., että kaikki ei mennyt niin kuin piti, etkä ole kuullut meistä mitään."
)


@pytest.fixture
def reader(client: Client, tuula: Colleague) -> Colleague:
    client.force_login(tuula)
    return tuula


@pytest.fixture
def leader(client: Client) -> Colleague:
    colleague = Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    client.force_login(colleague)
    return colleague


def proposal(number: int = 0, **fields: object) -> Approach:
    contact = Contact.objects.create(
        name="Mari Aho", email=f"mari{number}@example.fi", phone="040 1234567", language="fi", created_at=NOW
    )
    said = say(f"Ovi {number} ei tullut.", ("hot", "problem"), ago=10 * DAY, contact=contact)
    values = {
        "why": Why.SILENCE,
        "key": f"interaction:{said.pk}",
        "facts": {"day": "2026-11-12"},
        "said": said,
        "proposed_at": NOW,
        "proposed_on": NOW.date(),
    }
    return Approach.objects.create(contact=contact, **values | fields)


def approached(number: int, tuula: Colleague, **fields: object) -> Approach:
    done = {"taken_by": tuula, "taken_at": NOW, "way": "phone", "approached_at": NOW - DAY}
    return proposal(number, **{"state": State.APPROACHED} | done | fields)


@pytest.mark.parametrize("address", ["/", "/approaches/"])
def test_a_page_costs_the_same_for_one_and_three(client: Client, reader: Colleague, address: str) -> None:
    client.get(address)
    costs = []
    for number in range(3):
        proposal(number)
        say("Kiitos!", ago=-timedelta(minutes=1), contact=approached(number + 5, reader).contact)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        costs.append(len(queries))
        assert page.count("They told of a problem on 12 November 2026") >= number + 1
    assert (costs[1] - costs[0], costs[2] - costs[1]) == (0, 0)
    assert costs[0] <= {"/": 45, "/approaches/": 18}[address]


def test_today_tells_the_reason_their_words_and_a_beginning_in_their_language(
    client: Client, reader: Colleague
) -> None:
    proposal()
    page = client.get("/").content.decode()
    assert "Ovi 0 ei tullut." in page
    assert OPENING in page


def test_who_asks_for_peace_is_gone_from_today_at_once(client: Client, reader: Colleague) -> None:
    one = proposal()
    Contact.objects.filter(pk=one.contact_id).update(in_peace_since=NOW)
    assert client.get("/").context["walk"].proposed == ()
    assert client.get("/approaches/").context["page"].rows == ()


def test_the_board_sees_nobody_to_walk_up_to(client: Client) -> None:
    client.force_login(Colleague.objects.create_user("b@example.fi", name="B", role=Role.BOARD))
    proposal()
    assert client.get("/").context["walk"] is None


def test_the_pages_of_what_is_over_follow_each_other(client: Client, reader: Colleague) -> None:
    for number in range(21):
        proposal(number, state=State.LAPSED, ended_at=NOW)
    first = client.get("/approaches/?list=ended")
    further = first.context["page"].further
    assert len(first.context["page"].rows) == 20
    assert len(client.get(f"/approaches/?list=ended&before={further}").context["page"].rows) == 1


def test_taken_written_sent_and_met(client: Client, reader: Colleague) -> None:
    Outgoing.objects.create(
        pk=1, host="localhost", port=25, security="none", address="me@example.fi", changed_at=NOW
    )
    one = proposal()
    address = f"/approaches/{one.pk}/"
    assert client.post(f"{address}take/", {"way": "mail"}).headers["Location"] == address
    page = client.get(address)
    begun = page.context["row"].opening.words
    got = client.post(f"{address}do/", {"subject": "Hei", "words": f" {begun}\n\nTuula"})
    assert got.status_code == 422
    assert "This is only a beginning. Go on in your own words." in got.content.decode()
    client.post(f"{address}do/", {"subject": "Hei", "words": f"{begun} Soitan tehtaalle."})
    assert Sending.objects.get().text == f"{begun} Soitan tehtaalle."
    assert "Soitan tehtaalle." in client.get(address).content.decode()
    client.post(f"{address}met/", {"met": "unwelcome"})
    assert "Would they rather be left in peace altogether?" in client.get(address).content.decode()
    client.post(f"{address}peace/")
    one.refresh_from_db()
    assert (one.state, one.met, one.contact.in_peace_since) == (State.MET, Met.UNWELCOME, NOW)


def test_their_next_words_propose_how_it_was_met(client: Client, reader: Colleague) -> None:
    one = approached(0, reader)
    say("Kiitos kun kysyit!", ("sentiment", "positive"), contact=one.contact)
    assert client.get("/").context["walk"].heard[0].seems == "thanked"
    assert "It seems that they thanked. Did they?" in client.get("/").content.decode()
    one.refresh_from_db()
    assert one.met == ""


@pytest.mark.parametrize(("state", "there"), [("not_now", State.NOT_NOW), ("not_fit", State.NOT_FIT)])
def test_put_aside_leads_back_and_elsewhere_never(
    client: Client, reader: Colleague, state: str, there: State
) -> None:
    one = proposal()
    got = client.post(f"/approaches/{one.pk}/aside/", {"state": state, "back": "//elsewhere.example/"})
    one.refresh_from_db()
    assert (got.headers["Location"], one.state) == ("/approaches/", there)
    assert client.post(f"/approaches/{one.pk}/aside/", {"state": state, "back": "/"}).status_code == 302


def test_a_call_needs_no_words_and_an_unknown_way_is_none(client: Client, reader: Colleague) -> None:
    one = proposal()
    assert client.post(f"/approaches/{one.pk}/take/", {"way": "drone"}).status_code == 404
    client.post(f"/approaches/{one.pk}/take/", {"way": "phone"})
    assert "Call 040 1234567" in client.get(f"/approaches/{one.pk}/").content.decode()
    client.post(f"/approaches/{one.pk}/do/", {"words": ""})
    one.refresh_from_db()
    assert one.state == State.APPROACHED


def test_news_of_organisations_waits_until_one_is_known(client: Client, leader: Colleague) -> None:
    page = client.get("/approaches/news/").content.decode()
    assert "No organisations are known yet." in page
    assert 'action="/approaches/news/add/"' not in page


def test_news_and_abilities_are_told_and_ended(client: Client, reader: Colleague) -> None:
    account = Account.objects.create(name="Rakennus Aho")
    client.post("/approaches/able/add/", {"words": "Peräkärry lainaan", "seeds": " peräkärry ,, kärry"})
    client.post("/approaches/news/add/", {"account": account.pk, "words": "Iso urakka"})
    told, news = Ability.objects.get(), News.objects.get()
    assert (told.seeds, news.account_id) == ("peräkärry, kärry", account.pk)
    page = client.get("/approaches/news/").content.decode()
    assert ("Peräkärry lainaan" in page, "Iso urakka" in page) == (True, True)
    client.post(f"/approaches/able/{told.pk}/end/")
    client.post(f"/approaches/news/{news.pk}/end/")
    told.refresh_from_db()
    news.refresh_from_db()
    assert (told.ended_at, news.ended_at) == (NOW, NOW)
    got = client.post("/approaches/able/add/", {"words": "Jotain"})
    assert got.status_code == 422


def test_rules_are_changed_and_a_paused_one_goes_on(client: Client, leader: Colleague) -> None:
    Rule.objects.create(
        why=Why.SILENCE, days=60, after=7, pace=Pace.PAUSED, because=Because.UNWELCOME, pace_since=NOW
    )
    page = client.get("/settings/approaches/")
    assert "proposes nobody for now." in page.content.decode()
    told = {field.html_name: field.value() for field in page.context["rules"]}
    told |= {field.html_name: field.value() for field in page.context["form"]}
    told = {name: value for name, value in told.items() if value is not False}
    told |= {"silence_after": 10, "most": 3}
    del told["good_news_active"]
    assert client.post("/settings/approaches/", told).status_code == 302
    rule, limits = Rule.objects.get(why=Why.SILENCE), Limits.objects.get()
    assert (rule.after, rule.pace, limits.most) == (10, Pace.PAUSED, 3)
    assert Rule.objects.get(why=Why.GOOD_NEWS).active is False
    client.post("/settings/approaches/silence/on/")
    rule.refresh_from_db()
    assert (rule.pace, rule.counted_since) == (Pace.USUAL, NOW)
    assert client.post("/settings/approaches/whim/on/").status_code == 404


def test_a_rate_is_told_with_its_n_and_interval(client: Client, leader: Colleague) -> None:
    for number, met in enumerate((Met.THANKED, Met.ANSWERED, Met.IGNORED, Met.UNWELCOME)):
        approached(number, leader, state=State.MET, met=met, met_at=NOW, ended_at=NOW)
    page = client.get("/settings/approaches/").content.decode()
    assert "50% thanked or answered (15–85%, n = 4)." in page
    assert "25% did not welcome it (5–70%)." in page
