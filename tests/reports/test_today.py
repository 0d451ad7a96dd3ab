"""Today: the thank-you, who waits, what is felt and what to do first."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions.opening import open_by_hand
from kalevi.cases.actions.steps import resolve
from kalevi.cases.actions.verdicts import reopen
from kalevi.interactions.findings import code
from kalevi.interactions.ids import interaction_id
from kalevi.interactions.models import (
    ColleagueReading,
    Found,
    Intake,
    Interaction,
    Reading,
    SelfFeeling,
)
from kalevi.people.models import Colleague, Contact
from kalevi.reports.queries.felt import Felt
from kalevi.reports.queries.quotes import masked
from kalevi.reports.queries.today import today_for_colleague
from kalevi.reports.queries.waiting import Heard, asks
from kalevi.shell.models import Company
from kalevi.shell.roles import Role
from kalevi.stats import Share

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PRAISE = (("mark", "praise_of_colleague"), ("sentiment", "positive"), ("feeling", "joy"))
PROBLEM = (("hot", "problem"), ("sentiment", "negative"), ("theme", "delivery"))
Say = Callable[..., Interaction]


@pytest.fixture
def say() -> Say:
    numbers = iter(range(1, 1000))

    def said(
        words: str | None,
        *found: tuple[str, str],
        ago: timedelta = timedelta(hours=1),
        body: dict[str, object] | None = None,
        **fields: object,
    ) -> Interaction:
        number = next(numbers)
        row = Intake.objects.create(
            source="test",
            scope="test",
            identity=b"%016d" % number,
            content=b"0" * 16,
            raw=b"",
            received_at=NOW,
        )
        at = NOW - ago
        one = Interaction.objects.create(
            id=interaction_id(at, row.pk), kind="feedback", verbatim=words, occurred_at=at,
            received_at=NOW, source="test", intake=row, **({"channel": "survey"} | fields),
        )  # fmt: skip
        if found:
            Reading.objects.create(
                interaction=one, model="test 1", at=NOW, language="fi", sentiment="neutral", body=body or {}
            )
        pairs = [*found, *([("language", "fi")] if found else [])]
        Found.objects.bulk_create(Found(code=code(*pair), interaction=one) for pair in pairs)
        return one

    return said


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_number_of_queries_is_fixed(
    client: Client, frontline: Colleague, say: Say, django_assert_max_num_queries: object, count: int
) -> None:
    for _n in range(count):
        say("Kiitos Minnalle, joka kantoi laudat autoon asti sateessa.", *PRAISE)
        say("Laudat tulivat taas viikon myöhässä.", *PROBLEM)
    with time_machine.travel(NOW, tick=False), django_assert_max_num_queries(37):  # type: ignore[operator]
        assert client.get("/").status_code == 200


def test_an_empty_company_is_told_what_to_do_next(client: Client, frontline: Colleague) -> None:
    assert "Let’s carry the first words in together" in client.get("/").content.decode()


def test_opens_with_the_newest_praise_that_tells_something(say: Say) -> None:
    say("Kiitos Minnalle, joka kantoi laudat autoon asti sateessa.", *PRAISE, ago=timedelta(days=2))
    telling = say("Kalevi tuli vastaan ja auttoi purkamaan koko kuorman.", *PRAISE, ago=timedelta(days=1))
    say("Kiitos!", *PRAISE)
    say("Ihan mukava kauppa, ja kahvi oli hyvää.", *PRAISE[1:])
    today = today_for_colleague(NOW, names=True)
    assert today.thanks is not None
    assert today.thanks.id == telling.pk


def test_waits_until_somebody_has_answered(say: Say) -> None:
    contact, peace = (Contact.objects.create(created_at=NOW) for _n in range(2))
    Contact.objects.filter(pk=peace.pk).update(in_peace_since=NOW)
    older = say("Missä tilaukseni viipyy?", *PROBLEM, ago=timedelta(days=3))
    newer = say("Ovi on vinossa.", *PROBLEM, ago=timedelta(minutes=30))
    answered = say("Lasku on väärin.", *PROBLEM)
    say("Korjasimme sen.", outbound=True, answers=answered)
    say("Portti oli kiinni.", *PROBLEM, contact=contact, ago=timedelta(hours=5))
    say("Soitimme hänelle.", outbound=True, contact=contact, ago=timedelta(hours=4))
    say("Jättäkää rauhaan.", *PROBLEM, contact=peace)
    say("Vanha asia.", *PROBLEM, ago=timedelta(days=15))
    live = today_for_colleague(NOW, names=True).live
    assert [wait.quote.id for wait in live.waiting] == [older.pk, newer.pk]
    assert [wait.minutes for wait in live.waiting] == [3 * 1440, 30]
    assert (live.waiting_count, live.waiting_more) == (2, False)


@pytest.mark.parametrize(
    ("channel", "chance", "waits"),
    [("email", 0.54, 0), ("email", 0.55, 1), ("survey", 0.74, 0), ("survey", 0.75, 1), ("review", 0.74, 0)],
)
def test_an_unsure_guess_makes_nobody_wait(say: Say, channel: str, chance: float, waits: int) -> None:
    say("Hyvin meni.", *PROBLEM, body={"h": [["problem", [0, 11], chance, []]]}, channel=channel)
    assert today_for_colleague(NOW, names=True).live.waiting_count == waits


def test_whose_case_is_resolved_does_not_wait(say: Say, frontline: Colleague) -> None:
    case = open_by_hand(interaction=say("jono lampuille asti", *PROBLEM), colleague=frontline)
    assert today_for_colleague(NOW, names=True).live.waiting_count == 1
    resolve(case_id=case.pk, colleague=frontline)
    assert today_for_colleague(NOW, names=True).live.waiting_count == 0
    reopen(case_id=case.pk, colleague=frontline)
    assert today_for_colleague(NOW, names=True).live.waiting_count == 1


def test_who_told_relief_does_not_wait_and_who_told_disappointment_does(say: Say) -> None:
    glad = say("Vanha lukko, jota ei enää tehdä. Hinta neljä euroa!", *PROBLEM)
    bitter = say("Kaikki oli kuten luvattiin.", ("sentiment", "positive"))
    SelfFeeling.objects.create(interaction=glad, words="helpotus", reported_at=NOW)
    SelfFeeling.objects.create(interaction=bitter, words="Besvikelse", reported_at=NOW)
    live = today_for_colleague(NOW, names=True).live
    assert [wait.quote.id for wait in live.waiting] == [bitter.pk]


def test_a_colleague_who_read_the_words_says_whether_they_wait(say: Say) -> None:
    colleague = Colleague.objects.create_user("k@example.fi", name="K", role=Role.FRONTLINE)
    praise = say("Tätä ei voi moittia.", *PROBLEM)
    missed = say("Kyllä kelpaa odottaa.", ("sentiment", "positive"))
    for one, sentiment, hots in ((praise, "positive", []), (missed, "negative", ["problem"])):
        ColleagueReading.objects.create(
            interaction=one, colleague=colleague, at=NOW, sentiment=sentiment, hots=hots
        )
    live = today_for_colleague(NOW, names=True).live
    assert [wait.quote.id for wait in live.waiting] == [missed.pk]


GOOD, BAD = frozenset({"good"}), frozenset({"bad"})


@pytest.mark.parametrize(
    ("heard", "waits"),
    [
        (Heard("survey", problem=0.9, tones=GOOD), False),
        (Heard("survey", need=0.9, tones=GOOD), False),
        (Heard("email", problem=0.9, tones=GOOD), False),
        (Heard("email", need=0.9, tones=GOOD), True),
        (Heard("survey", problem=0.1, tones=BAD), True),
        (Heard("survey", tones=GOOD | BAD), True),
        (Heard("survey", problem=0.9, tones=frozenset({""})), True),
        (Heard("survey", problem=0.9, tones=BAD, colleagues=(frozenset({"dream"}),)), False),
        (Heard("survey", tones=GOOD, colleagues=(frozenset(), frozenset({"need"}))), True),
        (Heard("email"), False),
    ],
)
def test_people_are_heard_before_the_machine(heard: Heard, waits: bool) -> None:
    assert asks(heard) is waits


def test_who_told_a_bad_feeling_is_not_shown_as_thankful(say: Say) -> None:
    real = say("Kiitos Minnalle, joka kantoi laudat autoon asti sateessa.", *PRAISE, ago=timedelta(days=1))
    ironic = say("Kiitos Minnalle, joka jätti laudat portille sateeseen.", *PRAISE)
    SelfFeeling.objects.create(interaction=ironic, words="kiukku", reported_at=NOW)
    today = today_for_colleague(NOW, names=True)
    assert today.thanks is not None
    assert today.thanks.id == real.pk


def test_the_feeling_a_customer_told_stands_instead_of_the_guess(
    client: Client, frontline: Colleague, say: Say
) -> None:
    one = say("Ovi on vinossa.", *PROBLEM, body={"f": [["anger", 0.9, 0.9, []]]}, channel="email")
    SelfFeeling.objects.create(interaction=one, words="harmitus", reported_at=NOW)
    with time_machine.travel(NOW, tick=False):
        page = client.get("/today/waiting/").content.decode()
    assert ("harmitus" in page, "tone-anger" in page, "told by the customer" in page) == (True, False, True)


def test_what_to_do_first_is_the_theme_of_most_problems(say: Say) -> None:
    ids = [say(f"Myöhässä {n}.", *PROBLEM, ago=timedelta(days=n)).pk for n in range(1, 4)]
    say("Myöhässä silloinkin.", *PROBLEM, ago=timedelta(days=8))
    say("Kallista.", ("hot", "problem"), ("sentiment", "negative"), ("theme", "price"))
    say("Voisiko tilata netistä?", ("hot", "need"), ("sentiment", "neutral"), ("theme", "website_app"))
    first = today_for_colleague(NOW, names=True).first
    assert first is not None
    assert (first.theme, first.hot, first.now, first.before, first.ids) == (
        "delivery", "problem", 3, 1, tuple(ids)
    )  # fmt: skip


def test_feelings_of_the_week_and_those_told_by_customers(say: Say) -> None:
    one = say("Hyvä!", ("feeling", "joy"), ("sentiment", "positive"))
    say("Ok.", ("sentiment", "neutral"))
    say("Hyvä silloin.", ("feeling", "joy"), ("sentiment", "positive"), ago=timedelta(days=9))
    SelfFeeling.objects.create(interaction=one, words="kevyt olo", reported_at=NOW)
    feelings = today_for_colleague(NOW, names=True).feelings
    assert (feelings.n, feelings.n_before, feelings.told) == (2, 1, (("kevyt olo", 1),))
    assert feelings.felt == (Felt("joy", Share(1, 2), Share(1, 1)),)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ((40, 100), (10, 100), "more"),
        ((10, 100), (40, 100), "less"),
        ((12, 100), (10, 100), "same"),
        ((3, 4), (1, 90), "unclear"),
    ],
)
def test_change_in_words(now: tuple[int, int], before: tuple[int, int], change: str) -> None:
    assert Felt("joy", Share(*now), Share(*before)).change == change


def test_the_board_sees_no_names(client: Client, say: Say) -> None:
    contact = Contact.objects.create(name="Pirkko Salo", created_at=NOW)
    words = "Olen Pirkko Salo ja laudat puuttuvat."
    say(words, *PROBLEM, contact=contact, body={"p": [["name", [5, 16]]]})
    client.force_login(Colleague.objects.create_user("b@example.fi", name="B", role=Role.BOARD))
    with time_machine.travel(NOW, tick=False):
        page = client.get("/").content.decode()
    assert ["Pirkko" in page, f"/customers/{contact.pk}/" in page, "laudat puuttuvat" in page] == [
        False,
        False,
        True,
    ]


def test_masking_keeps_the_length() -> None:
    assert masked("Olen Pirkko, hei", [(5, 11), (14, 99)]) == "Olen ••••••, h••"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"5": ["10:00", "12:30"]}, "2 h 30 min of it in opening hours"),
        ({"0": ["10:00", "12:30"]}, "all of it while closed"),
        ({}, "waited 1 day"),
    ],
)
def test_the_wall_clock_stands_first_and_opening_hours_beside_it(
    client: Client, frontline: Colleague, say: Say, hours: dict[str, list[str]], said: str
) -> None:
    Company.objects.create(pk=1, name="Hylkikari", opening_hours=hours)
    say("Ovi on vinossa.", *PROBLEM, ago=timedelta(hours=26))
    with time_machine.travel(NOW, tick=False):
        page = client.get("/today/waiting/").content.decode()
    assert page.index("waited 1 day 2 h") <= page.index(said)
    assert ("opening hours" in page or "while closed" in page) == bool(hours)


def test_the_live_part_stands_alone(client: Client, frontline: Colleague, say: Say) -> None:
    said = say("Ovi on vinossa.", *PROBLEM)
    with time_machine.travel(NOW, tick=False):
        page = client.get("/today/live/").content.decode()
        beside = client.get(f"/today/live/?beside={said.pk}").content.decode()
    assert (page.count("Ovi on vinossa."), beside.count("Ovi on vinossa."), "<html" in page) == (2, 1, False)


def test_long_words_are_cut_between_words_and_say_so(say: Say) -> None:
    say("Laudat tulivat myöhässä. " * 400, *PROBLEM)
    say("Ovi on vinossa.", *PROBLEM)
    quotes = [wait.quote for wait in today_for_colleague(NOW, names=True).live.waiting]
    assert [(len(quote.words) <= 600, quote.cut) for quote in quotes] == [(True, True), (True, False)]
    assert quotes[0].words.endswith("tulivat") or quotes[0].words.endswith(("Laudat", "myöhässä."))


def test_all_who_wait_are_those_who_were_counted(client: Client, frontline: Colleague, say: Say) -> None:
    asked = [say(f"Ovi {n} on vinossa.", *PROBLEM, ago=timedelta(hours=30 - n)) for n in range(23)]
    say("Vastattu.", outbound=True, answers=say("Lasku on väärin.", *PROBLEM))
    with time_machine.travel(NOW, tick=False):
        today = client.get("/").content.decode()
        first = client.get("/today/waiting/").content.decode()
        last = client.get(f"/today/waiting/?after={asked[19].pk}").content.decode()
    assert '<a href="/today/waiting/">Everybody who waits (23)</a>' in today
    assert [page.count("on vinossa.") for page in (first, last)] == [20, 3]
    assert f"?after={asked[19].pk}" in first


@pytest.mark.parametrize("count", [1, 3])
def test_all_who_wait_take_a_fixed_number_of_queries(
    client: Client, frontline: Colleague, say: Say, django_assert_max_num_queries: object, count: int
) -> None:
    for _n in range(count):
        say("Laudat tulivat taas viikon myöhässä.", *PROBLEM)
    with time_machine.travel(NOW, tick=False), django_assert_max_num_queries(13):  # type: ignore[operator]
        assert client.get("/today/waiting/").status_code == 200


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.MANAGER, ["/import/", "/surveys/"]),
        (Role.FRONTLINE, ["/interactions/note/"]),
        (Role.BOARD, []),
    ],
)
def test_a_quiet_house_offers_what_the_reader_can_do(client: Client, role: Role, offered: list[str]) -> None:
    client.force_login(Colleague.objects.create_user("q@example.fi", name="Q", role=role))
    page = client.get("/").content.decode()
    quiet = page[page.index('class="empty') : page.index("</main>")]
    assert re.findall(r'href="([^"]+)"', quiet) == offered


def test_the_thanks_lead_to_what_was_said(client: Client, frontline: Colleague, say: Say) -> None:
    thanks = say("Kiitos Minnalle, joka kantoi laudat autoon asti sateessa.", *PRAISE)
    with time_machine.travel(NOW, tick=False):
        page = client.get("/").content.decode()
    opening = page[page.index('class="thanks"') : page.index("</figure>")]
    assert f'href="/interactions/{thanks.pk}/reading/"' in opening
