"""The pages of promises: the same number of queries for any number, one tap each, and the calendar."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from kalevi.channels.email.models import Outgoing, Sending
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague
from kalevi.promises import feed
from kalevi.promises.actions.calendar import make_calendar_link
from kalevi.promises.actions.giving import confirm
from kalevi.promises.actions.proposing import propose
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise, State
from kalevi.promises.templatetags.promises import due_when
from kalevi.shell.roles import Role
from tests.promises.made import SOON, a_colleague, a_contact, a_promise
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROMISED = {"m": [["promise", 0.85, "2026-11-27", [[0, 9]]]]}
LIST_QUERIES, MAYBE_QUERIES, ONE_QUERIES, FIGURES_QUERIES = 4, 5, 7, 14


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula(client: Client) -> Colleague:
    colleague = a_colleague()
    client.force_login(colleague)
    return colleague


def a_guess(words: str = "Lupasivat soittaa.") -> Proposal:
    said = say(words, ("mark", "promise"), body=PROMISED, contact=a_contact())
    propose(ids=[said.pk])
    return Proposal.objects.latest("pk")


@pytest.mark.parametrize("chosen", ["mine", "all", "ended"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_and_three(
    client: Client,
    tuula: Colleague,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
    chosen: str,
) -> None:
    for n in range(rows):
        a_promise(tuula, words=f"Tuon oven {n}.")
    if chosen == "ended":
        Promise.objects.update(state="released", ended_at=NOW)
    client.get("/promises/")
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(f"/promises/?list={chosen}").content.decode()
    assert [page.count(f"Tuon oven {n}.") for n in range(3)] == [1] * rows + [0] * (3 - rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_guesses_cost_the_same_for_one_and_three(
    client: Client, tuula: Colleague, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for n in range(rows):
        a_guess(f"Lupasivat soittaa {n}.")
    client.get("/promises/")
    with django_assert_num_queries(MAYBE_QUERIES):
        page = client.get("/promises/?list=maybe").content.decode()
    assert page.count("Lupasivat soittaa") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_one_promise_costs_the_same_for_any_history(
    client: Client, tuula: Colleague, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    promise = a_promise(tuula)
    for n in range(rows):
        BrandPromise.objects.create(words_en=f"We do {n}.", made_at=NOW)
        client.post(f"/promises/{promise.pk}/time/", {"token": f"{n}", "words": "", "when": "week"})
    client.get("/promises/")
    with django_assert_num_queries(ONE_QUERIES):
        assert client.get(f"/promises/{promise.pk}/").status_code == 200


def test_the_pages_of_a_list_follow_each_other(client: Client, tuula: Colleague) -> None:
    contact = a_contact()
    for n in range(22):
        a_promise(tuula, contact, due_at=SOON + timedelta(hours=n // 3))
    seen: list[int] = []
    address = "/promises/?list=all"
    while address:
        page = client.get(address).context["page"]
        seen += [row.promise.pk for row in page.rows]
        address = ""
        if page.further:
            at = page.further[0].isoformat().replace("+", "%2B")
            address = f"/promises/?list=all&at={at}&id={page.further[1]}"
    assert sorted(seen) == sorted(Promise.objects.values_list("pk", flat=True))
    assert len(seen) == 22


@pytest.mark.parametrize(
    ("only", "change"),
    [
        ("kept", {"state": "kept", "ended_at": NOW, "ended_by_id": 1}),
        ("broken", {"state": "broken", "ended_at": NOW, "ended_by_id": 1}),
        (
            "otherwise",
            {
                "state": "kept",
                "ended_at": NOW,
                "ended_by_id": 1,
                "theirs": "broken",
                "theirs_at": NOW,
            },
        ),
    ],
)
def test_what_ended_is_narrowed(client: Client, tuula: Colleague, only: str, change: dict[str, Any]) -> None:
    promise = a_promise(tuula)
    a_promise(tuula)
    Promise.objects.filter(pk=promise.pk).update(**change)
    rows = client.get(f"/promises/?list=ended&only={only}").context["page"].rows
    assert [row.promise for row in rows] == [promise]


def test_only_what_is_due_soon(client: Client, tuula: Colleague) -> None:
    near = a_promise(tuula, due_at=NOW + timedelta(minutes=30))
    a_promise(tuula)
    rows = client.get("/promises/?only=due").context["page"].rows
    assert [(row.promise, row.pressing) for row in rows] == [(near, "near")]


def test_one_tap_confirms_and_one_refuses(client: Client, tuula: Colleague) -> None:
    first, second = a_guess(), a_guess()
    got = client.post(f"/promises/perhaps/{first.pk}/", {"say": "promise", "back": "/cases/"})
    assert (got["Location"], Promise.objects.get().owner) == ("/cases/", tuula)
    got = client.post(f"/promises/perhaps/{second.pk}/", {"say": "not", "back": "//evil.example/"})
    assert (got["Location"], Promise.objects.count()) == ("/promises/", 1)
    got = client.post(f"/promises/perhaps/{second.pk}/", {"say": "promise"}, follow=True)
    assert "Somebody was here before you" in got.content.decode()


def test_one_tap_takes_the_customers_word(client: Client, tuula: Colleague) -> None:
    guess = a_guess()
    known = a_promise(tuula, guess.interaction.contact, words="Soitan sinulle.")
    told = Proposal.objects.create(
        interaction=guess.interaction, words_from=1, words_to=5, source="heard", breaks=known, found_at=NOW
    )
    assert "Yes, that was not kept" in client.get("/promises/?list=maybe").content.decode()
    client.post(f"/promises/perhaps/{told.pk}/", {"say": "broken"})
    known.refresh_from_db()
    assert (known.theirs, known.state) == ("broken", "open")
    got = client.post(f"/promises/perhaps/{guess.pk}/", {"say": "broken"}, follow=True)
    assert "Somebody was here before you" in got.content.decode()


def test_another_time_and_a_known_promise(client: Client, tuula: Colleague) -> None:
    first, second = a_guess(), a_guess()
    client.post(f"/promises/perhaps/{first.pk}/", {"say": "at", "at": "2026-11-25T10:00"})
    assert Promise.objects.get().first_due_at.isoformat() == "2026-11-25T08:00:00+00:00"
    known = a_promise(tuula, second.interaction.contact)
    client.post(f"/promises/perhaps/{second.pk}/", {"say": f"same:{known.pk}"})
    second.refresh_from_db()
    assert (second.answer, second.promise) == ("same", known)


@pytest.mark.parametrize(
    ("what", "state"),
    [("kept", State.KEPT), ("broken", State.BROKEN), ("released", State.RELEASED), ("take", State.OPEN)],
)
def test_one_tap_does_it(client: Client, tuula: Colleague, what: str, state: State) -> None:
    promise = a_promise(a_colleague("Bo"))
    assert client.post(f"/promises/{promise.pk}/{what}/").status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.owner == tuula) == (state, what == "take")
    if state != State.OPEN:
        again = client.post(f"/promises/{promise.pk}/{what}/", follow=True)
        assert "Somebody was here before you" in again.content.decode()
        client.post(f"/promises/{promise.pk}/reopen/")
        promise.refresh_from_db()
        assert promise.state == State.OPEN


def test_a_promise_is_written_down_by_hand(client: Client, tuula: Colleague) -> None:
    contact = a_contact()
    address = f"/promises/new/?contact={contact.pk}"
    assert client.get(address).status_code == 200
    told = {"contact": contact.pk, "words": "Tuon oven.", "when": "tomorrow"}
    assert client.post(address, told | {"when": ""}).status_code == 422
    assert client.post(address, told | {"at": "2020-01-01T10:00"}).status_code == 422
    got = client.post(address, told)
    promise = Promise.objects.get()
    assert (got["Location"], promise.by_day) == (f"/promises/{promise.pk}/", True)
    assert client.get("/promises/new/")["Location"] == "/customers/"


def test_a_letter_is_begun_and_sent(client: Client, tuula: Colleague) -> None:
    Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)
    contact = a_contact(email="mari@example.fi", language="fi")
    say("Milloin?", contact=contact)
    promise = a_promise(tuula, contact)
    page = client.get(f"/promises/{promise.pk}/time/?when=week")
    form = page.context["form"]
    assert "Saat sen viimeistään 29.11.2026." in form.initial["words"]
    told = {"token": "t", "words": form.initial["words"], "when": "week", "by_mail": "on"}
    assert client.post(f"/promises/{promise.pk}/time/", told | {"words": ""}).status_code == 422
    assert client.post(f"/promises/{promise.pk}/time/", told).status_code == 302
    assert (Sending.objects.count(), Promise.objects.get().moved) == (1, True)


def test_whom_no_letter_reaches_is_told_by_phone_and_for_later_than_before(
    client: Client, tuula: Colleague
) -> None:
    promise = a_promise(
        tuula, a_contact(phone="+358 40 1234567", email="mari@example.fi"), due_at=NOW + timedelta(days=2)
    )
    page = client.get(f"/promises/{promise.pk}/time/")
    assert page.context["form"].initial["when"] == "days"
    shown = page.content.decode()
    assert '<a href="tel:+358401234567">+358 40 1234567</a>' in shown
    assert '<a href="mailto:mari@example.fi">mari@example.fi</a>' in shown


@pytest.mark.parametrize(
    ("hours", "whole_day", "told"),
    [
        (3, False, "today at 14:00"),
        (3, True, "today"),
        (14, False, "tomorrow at 01:00"),
        (-24, True, "yesterday"),
        (-24, False, "yesterday at 11:00"),
        (48, True, "Tue 24 November 2026"),
        (7 * 24, False, "29 November 2026 11:00"),
        (-48, True, "20 November 2026"),
    ],
)
def test_a_time_to_be_kept_is_told_as_one_says_it(hours: int, whole_day: bool, told: str) -> None:
    with translation.override("en"):
        assert due_when(NOW + timedelta(hours=hours), whole_day) == told


def test_a_promise_confirmed_later_was_given_when_it_was_written(now: Any) -> None:
    tuula = a_colleague()
    say("Soitan sinulle torstaina.", contact=a_contact(), outbound=True, told_by_colleague_id=tuula.pk)
    propose(ids=list(Interaction.objects.values_list("pk", flat=True)))
    now.shift(timedelta(days=2))
    made = confirm(proposal_id=Proposal.objects.get().pk, colleague=tuula)
    assert made.made_at == NOW + timedelta(days=2)
    assert [one.at for one in made.events.all()] == [made.promised_at]


def test_the_board_sees_figures_and_no_names(client: Client) -> None:
    a_promise(a_colleague())
    client.force_login(a_colleague("Eeva", Role.BOARD))
    assert client.get("/promises/")["Location"] == "/promises/figures/"
    assert "Mari" not in client.get("/promises/figures/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_figures_cost_the_same_for_one_and_three(
    client: Client, now: Any, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    client.force_login(a_colleague("Eeva", Role.MANAGER))
    stage = JourneyStage.objects.create(key="buy", position=1, name_en="Buying")
    for n in range(rows):
        place = Touchpoint.objects.create(key=f"p{n}", stage=stage, name_en=f"Place {n}")
        for name in ("A", "B"):
            a_promise(a_colleague(f"{name}{n}"), touchpoint=place)
        for measure in ({"measure": "kept"}, {"measure": "answered", "minutes": 9}):
            BrandPromise.objects.create(words_en="We do.", made_at=NOW, **measure).touchpoints.add(place)
    now.move_to(SOON + timedelta(days=1))
    client.get("/promises/")
    with django_assert_num_queries(FIGURES_QUERIES):
        rates = client.get("/promises/figures/").context["rates"]
    assert [rate.share.n for rate in rates.touchpoints] == [2] * rows


def test_a_promise_to_everybody(client: Client) -> None:
    client.force_login(a_colleague("Eeva", Role.MANAGER))
    assert "What may everybody expect of us?" in client.get("/settings/promises/").content.decode()
    stage = JourneyStage.objects.create(key="buy", position=1, name_en="Buying")
    place = Touchpoint.objects.create(key="p", stage=stage, name_en="Counter")
    told = {"words_en": "A person answers.", "measure": "answered", "touchpoints": [place.pk]}
    assert client.post("/settings/promises/new/", told).status_code == 422
    assert client.post("/settings/promises/new/", told | {"minutes": 60}).status_code == 302
    brand = BrandPromise.objects.get()
    assert client.get(f"/settings/promises/{brand.pk}/").status_code == 200
    client.post(f"/settings/promises/{brand.pk}/", told | {"measure": "score", "minutes": 60})
    brand.refresh_from_db()
    assert (brand.measure, brand.minutes) == ("score", None)
    promise = a_promise(a_colleague())
    client.post(f"/promises/{promise.pk}/under/", {"brand": brand.pk})
    assert Promise.objects.get().brand == brand
    client.post(f"/settings/promises/{brand.pk}/end/")
    assert client.get(f"/settings/promises/{brand.pk}/").status_code == 404


class TestCalendar:
    def test_it_holds_first_names_and_times_alone(self, client: Client) -> None:
        tuula = a_colleague()
        a_promise(tuula, words="Tuon oven.")
        a_promise(tuula, by_day=True)
        a_promise(a_colleague("Bo"))
        address = feed.address_of(make_calendar_link(colleague=tuula)).partition("8000")[2]
        got = client.get(address)
        events = Calendar.from_ical(got.content).walk("VEVENT")
        assert [str(event["SUMMARY"]) for event in events] == ["Promise to Mari"] * 2
        assert [event["DTSTART"].dt.isoformat() for event in events] == [
            "2026-11-24T08:30:00+00:00",
            "2026-11-24",
        ]
        assert [word for word in (b"Meri", b"Tuon") if word in got.content] == []

    @pytest.mark.parametrize(
        "spoil", [lambda text: text[:-1], lambda text: "1-" + "0" * 30, lambda text: "x"]
    )
    def test_a_link_that_is_not_ours_is_not_found(self, client: Client, spoil: Callable[[str], str]) -> None:
        text = feed.text_of(make_calendar_link(colleague=a_colleague()))
        assert client.get(f"/promises/calendar/{spoil(text)}.ics").status_code == 404

    def test_one_makes_a_new_one_and_ends_it(self, client: Client, tuula: Colleague) -> None:
        client.post("/settings/promise-calendar/")
        first = client.get("/settings/promise-calendar/").context["address"]
        client.post("/settings/promise-calendar/", {"new": "yes"})
        second = client.get("/settings/promise-calendar/").context["address"]
        path = [address.partition("8000")[2] for address in (first, second)]
        assert [client.get(one).status_code for one in path] == [404, 200]
        client.post("/settings/promise-calendar/", {"end": "yes"})
        assert client.get(path[1]).status_code == 404

    def test_who_left_has_none(self, client: Client) -> None:
        tuula = a_colleague()
        link = make_calendar_link(colleague=tuula)
        Colleague.objects.update(is_active=False)
        assert feed.link_of(feed.text_of(link)) is None


@pytest.mark.parametrize(
    "path", ["/promises/9/", "/promises/9/kept/", "/promises/9/time/", "/promises/1/nothing/"]
)
def test_what_is_not_there_is_not_found(client: Client, tuula: Colleague, path: str) -> None:
    assert client.post(path).status_code in (404, 405)
    assert client.get(path).status_code in (404, 405)
