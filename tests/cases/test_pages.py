"""The pages of cases: the words first, the same number of queries for any number, nothing lost on a slip."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from kalevi.cases.actions import steps, verdicts
from kalevi.cases.actions.carrying import offer
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.forms import NextStep
from kalevi.cases.links import address_of
from kalevi.cases.models import Case, State, Step, Verdict
from kalevi.cases.queries.lists import turn_for_colleague
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague, Contact
from kalevi.shell.models import Company
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
LIST_QUERIES, CASE_QUERIES = 8, 36


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula(client: Client) -> Colleague:
    colleague = Colleague.objects.create_user(
        "t@example.fi", name="Tuula", role=Role.FRONTLINE, language="en"
    )
    client.force_login(colleague)
    return colleague


def needs_us(words: str = "Ovi ei tullut.") -> Interaction:
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    return say(words, ("hot", "problem"), body=PROBLEM, contact=contact)


@pytest.fixture
def case(tuula: Colleague) -> Case:
    return open_by_rules(ids=[needs_us().pk])[0]


@pytest.mark.parametrize("chosen", ["mine", "all"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_and_three(
    client: Client,
    tuula: Colleague,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
    chosen: str,
) -> None:
    open_by_rules(ids=[needs_us(f"Ovi {n} ei tullut.").pk for n in range(rows)])
    client.get("/cases/")
    with django_assert_num_queries(LIST_QUERIES - 2 * (chosen == "all")):
        page = client.get(f"/cases/?list={chosen}").content.decode()
    assert [page.count(f"Ovi {n} ei tullut.") for n in range(3)] == [1] * rows + [0] * (3 - rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_case_costs_the_same_for_one_and_three_words(
    client: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for n in range(1, rows):
        open_by_rules(ids=[say(f"Vielä {n}.", contact=case.contact).pk])
    client.get(f"/cases/{case.pk}/")
    with django_assert_num_queries(CASE_QUERIES):
        assert client.get(f"/cases/{case.pk}/").status_code == 200


def test_the_pages_of_a_list_follow_each_other(client: Client, tuula: Colleague) -> None:
    open_by_rules(ids=[needs_us(f"Ovi {n} ei tullut.").pk for n in range(22)])
    seen = 0
    address = "/cases/?list=all"
    while address:
        page = client.get(address)
        seen += len(page.context["page"].rows)
        further = page.context["page"].further
        address = (
            f"/cases/?list=all&at={further[0].isoformat().replace('+', '%2B')}&id={further[1]}"
            if further
            else ""
        )
    assert seen == 22


def test_an_answer_is_kept_and_stops_the_clock_when_looked_at(client: Client, case: Case) -> None:
    got = client.post(f"/cases/{case.pk}/answer/", {"token": "t", "words": "Soitin, ovi tulee huomenna."})
    assert got.status_code == 302
    sent = Interaction.objects.get(outbound=True)
    assert (sent.verbatim, sent.answers_id) == (
        "Soitin, ovi tulee huomenna.",
        case.words.earliest("pk").interaction_id,
    )


def test_what_happens_after_an_answer_is_said_along_with_it(client: Client, case: Case) -> None:
    told = {"token": "t", "words": "Soitan vielä.", "then-when": "hour", "then-words": ""}
    got = client.post(f"/cases/{case.pk}/answer/", told | {"then-step": "other"})
    assert (got.status_code, Interaction.objects.filter(outbound=True).count()) == (422, 0)
    assert client.post(f"/cases/{case.pk}/answer/", told | {"then-step": "call"}).status_code == 302
    case.refresh_from_db()
    assert (case.step, case.state) == (Step.CALL, State.OPEN)
    # What was agreed stays where nothing else is chosen.
    told |= {"token": "u", "then-step": "", "then-when": "week"}
    agreed = case.step_at
    assert client.post(f"/cases/{case.pk}/answer/", told).status_code == 302
    case.refresh_from_db()
    assert (case.step, case.step_at) == (Step.CALL, agreed)


def test_times_that_are_one_while_closed_are_shown_once(case: Case) -> None:
    # A Sunday at eleven: whatever is due by Monday at noon is due once they are here.
    company = Company.objects.get_or_create(pk=1, defaults={"name": "Rauta"})[0]
    company.opening_hours = {str(day): ["09:00", "17:00"] for day in range(5)}
    company.save()
    with translation.override("fi"):
        shown = list(NextStep(initial={"when": "today"}).fields["when"].widget.choices)
        assert [(key, label.split(":")[0]) for key, label in shown] == [
            ("today", "kun olemme taas auki"),
            ("tomorrow", "huomenna"),
            ("days", "kolmen päivän sisällä"),
            ("week", "viikon sisällä"),
            ("agreed", "muuna aikana, niin kuin sovittiin"),
        ]
    assert NextStep({"step": "call", "when": "hour"}).is_valid() is True


def test_a_customer_who_finds_it_unsolved_is_in_sight_until_answered(client: Client, case: Case) -> None:
    steps.answer(case_id=case.pk, colleague=case.owner, token="t", words="Ovi tuli.")
    steps.resolve(case_id=case.pk, colleague=case.owner)
    verdicts.keep_verdict(case_id=case.pk, verdict=Verdict.NOT_SOLVED)
    Case.objects.update(step_at=NOW + timedelta(days=1))
    assert [row.case for row in turn_for_colleague(case.owner, NOW).rows] == [case]
    page = client.get("/cases/").content.decode()
    assert (page.count("not solved, says the customer"), page.count(">answered<")) == (1, 0)
    assert "Not solved, says the customer" in client.get(f"/cases/{case.pk}/").content.decode()
    steps.answer(case_id=case.pk, colleague=case.owner, token="u", words="Tulen itse.")
    assert turn_for_colleague(case.owner, NOW).rows == ()


def test_nobody_believes_an_answer_went_out_where_none_can(client: Client, case: Case) -> None:
    assert "No e-mail goes to them from here" in client.get(f"/cases/{case.pk}/").content.decode()
    Case.objects.update(contact=None)
    assert "We do not know who said this" in client.get(f"/cases/{case.pk}/").content.decode()


def test_an_empty_answer_says_so_and_keeps_the_page(client: Client, case: Case) -> None:
    got = client.post(f"/cases/{case.pk}/answer/", {"token": "t", "words": ""})
    assert got.status_code == 422
    assert "Ovi ei tullut." in got.content.decode()


def test_the_next_step_is_kept(client: Client, case: Case) -> None:
    client.post(f"/cases/{case.pk}/step/", {"step": "other", "words": "Kysyn varastolta", "when": "hour"})
    case.refresh_from_db()
    assert (case.step, case.step_words) == (Step.OTHER, "Kysyn varastolta")


def test_a_step_may_be_at_the_very_time_that_was_agreed(client: Client, case: Case) -> None:
    told = {"step": "call", "when": "agreed"}
    for wrong in ("", "2026-11-22T10:00", "2027-11-22T10:00", "x"):
        assert client.post(f"/cases/{case.pk}/step/", told | {"at": wrong}).status_code == 422
    assert client.post(f"/cases/{case.pk}/step/", told | {"at": "2026-12-04T14:30"}).status_code == 302
    # As the clock shows on the company's wall.
    assert Case.objects.get().step_at == datetime(2026, 12, 4, 12, 30, tzinfo=UTC)


def test_what_else_was_said_stands_beside_the_pen_the_newest_first(client: Client, case: Case) -> None:
    for days in (9, 3, 6):
        say(f"Kävin {days} päivää sitten.", contact=case.contact, ago=timedelta(days=days))
    say("Toisen asia.", contact=Contact.objects.create(name="Toinen", created_at=NOW))
    shown = client.get(f"/cases/{case.pk}/").context["whole"].before
    assert [card.words for card in shown] == [f"Kävin {days} päivää sitten." for days in (3, 6, 9)]


def test_another_step_needs_words(client: Client, case: Case) -> None:
    got = client.post(f"/cases/{case.pk}/step/", {"step": "other", "when": "hour"})
    assert got.status_code == 422
    assert "Say in a few words what happens next." in got.content.decode()


def test_an_offer_waits_on_the_other_ones_list(client: Client, case: Case, tuula: Colleague) -> None:
    bo = Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.MANAGER, language="en")
    client.post(f"/cases/{case.pk}/offer/", {"taker": bo.pk, "words": "Tiedät ovista."})
    client.force_login(bo)
    page = client.get("/cases/")
    assert "Tiedät ovista." in page.content.decode()
    (made,) = page.context["offers"]
    client.post(f"/cases/offer/{made.handover.pk}/", {"take": "yes"})
    assert Case.objects.get().owner == bo


def test_an_offer_that_has_ended_says_so(client: Client, case: Case, tuula: Colleague) -> None:
    bo = Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.MANAGER, language="en")
    made = offer(case_id=case.pk, giver=tuula, taker=bo)
    got = client.post(f"/cases/offer/{made.pk}/", {"take": "yes"}, follow=True)
    assert "This offer has ended already." in got.content.decode()


@pytest.mark.parametrize(("what", "state"), [("resolve", State.RESOLVED), ("told-again", State.OPEN)])
def test_one_tap_does_it(client: Client, case: Case, what: str, state: State) -> None:
    assert client.post(f"/cases/{case.pk}/{what}/").status_code == 302
    assert Case.objects.get().state == state


def test_somebody_too_late_is_told(client: Client, case: Case) -> None:
    client.post(f"/cases/{case.pk}/resolve/")
    got = client.post(f"/cases/{case.pk}/resolve/", follow=True)
    assert "Somebody was here before you" in got.content.decode()
    client.post(f"/cases/{case.pk}/reopen/")
    assert Case.objects.get().reopened == 1


def test_the_coach_looks_on_and_keeps_nothing(client: Client, case: Case) -> None:
    got = client.post(f"/cases/{case.pk}/coach/", {"words": "Teidän olisi pitänyt lukea ehdot."})
    assert "Teidän olisi pitänyt" in got.content.decode()
    assert "sounds as if the customer were to blame" in got.content.decode()
    assert Interaction.objects.filter(outbound=True).count() == 0


def test_a_case_is_opened_by_hand_from_words(client: Client, tuula: Colleague) -> None:
    said = say("Kysyisin vain.")
    got = client.post(f"/cases/open/{said.pk}/")
    case = Case.objects.get()
    assert (got["Location"], case.owner) == (f"/cases/{case.pk}/", tuula)


@pytest.mark.parametrize("path", ["/cases/9/", "/cases/9/resolve/", "/cases/1/nothing/", "/cases/open/1/"])
def test_what_is_not_there_is_not_found(client: Client, tuula: Colleague, path: str) -> None:
    answer: Callable[[str], object] = client.get if path == "/cases/9/" else client.post
    assert answer(path).status_code == 404  # type: ignore[attr-defined]


def test_words_lead_to_their_case_or_to_a_new_one(client: Client, case: Case) -> None:
    known, other = case.words.get().interaction_id, say("Kysyisin vain.")
    assert client.get(f"/cases/of/{known}/")["Location"] == f"/cases/{case.pk}/"
    assert "Kysyisin vain." in client.get(f"/cases/of/{other.pk}/").content.decode()


class TestByMail:
    @pytest.fixture(autouse=True)
    def outgoing(self, case: Case) -> None:
        Contact.objects.update(email="mari@example.fi")
        Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)

    def test_an_answer_goes_out_and_is_kept(self, client: Client, case: Case) -> None:
        assert "Send it by e-mail to mari@example.fi" in client.get(f"/cases/{case.pk}/").content.decode()
        client.post(f"/cases/{case.pk}/answer/", {"token": "t", "words": "Ovi tulee.", "by_mail": "on"})
        sending = Sending.objects.get()
        address = address_of(case.links.get())
        # The link is for its reader alone: it stands in the mail, not among the words that colleagues read.
        assert Interaction.objects.get(outbound=True).verbatim == "Ovi tulee."
        assert sending.text == f"Ovi tulee.\n\nSeuraa asiaasi täällä: {address}"
        assert sending.to == "mari@example.fi"

    def test_one_that_cannot_go_keeps_what_was_written(self, client: Client, case: Case) -> None:
        Outgoing.objects.all().delete()
        got = client.post(f"/cases/{case.pk}/answer/", {"token": "t", "words": "Ovi tulee.", "by_mail": "on"})
        assert got.status_code == 422
        assert "Ovi tulee." in got.content.decode()
        assert Interaction.objects.filter(outbound=True).count() == 0


def test_today_shows_ones_own_turn_and_who_carries_what_waits(client: Client, case: Case) -> None:
    page = client.get("/").content.decode()
    assert "Your turn" in page
    assert f'href="/cases/{case.pk}/"' in page


def test_a_customers_page_shows_what_is_open(client: Client, case: Case) -> None:
    page = client.get(f"/customers/{case.contact_id}/").content.decode()
    assert f'href="/cases/{case.pk}/"' in page


@pytest.mark.parametrize(("language", "title"), [("sv", "Innan du skickar"), ("fi", "Ennen kuin lähetät")])
def test_the_coach_speaks_the_language_of_the_page(
    client: Client, case: Case, language: str, title: str
) -> None:
    client.cookies["kalevi_language"] = language
    hints = client.post(f"/cases/{case.pk}/coach/", {"words": "Ota yhteyttä asiakaspalveluun."})
    shown = hints.content.decode()
    assert title in shown
    assert ("Asiakas lähetetään muualle" in shown) == (language == "fi")


def test_a_first_answer_that_is_late_is_ones_turn_though_we_are_closed(case: Case) -> None:
    Case.objects.update(step_at=NOW + timedelta(days=1), answer_due_at=NOW - timedelta(hours=1))
    assert [row.case for row in turn_for_colleague(case.owner, NOW).rows] == [case]
    Case.objects.update(answered_at=NOW)
    assert turn_for_colleague(case.owner, NOW).rows == ()


def test_the_first_time_is_in_plain_sight_also_for_what_was_written_before_it_came(
    client: Client, tuula: Colleague
) -> None:
    mari = Contact.objects.create(name="Mari", phone="040 123 4567", created_at=NOW)
    said = say("Ovi ei tullut.", body=PROBLEM, contact=mari, ago=timedelta(minutes=3))
    (case,) = open_by_rules(ids=[said.pk])
    text = client.get(f"/cases/{case.pk}/").content.decode()
    assert ("First time here" in text, 'href="tel:0401234567"' in text) == (True, True)
    say("Kävin keväällä.", contact=mari, ago=timedelta(days=200))
    assert "First time here" not in client.get(f"/cases/{case.pk}/").content.decode()
