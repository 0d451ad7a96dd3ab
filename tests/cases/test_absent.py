"""A step that comes due while its carrier is away: who could step in hears of it, and one tap moves it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions import carrying
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.actions.shifts import be_away
from kalevi.cases.alerting import watch_clocks
from kalevi.cases.models import Carrying, Case, State, Step
from kalevi.cases.queries.lists import turn_for_colleague
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
TOLD = "The next step of a case is due while its carrier is away. You can take it."
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[object]:
    Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="p@example.fi", changed_at=NOW)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def colleague(name: str, role: Role = Role.FRONTLINE) -> Colleague:
    return Colleague.objects.create_user(f"{name}@example.fi".lower(), name=name, role=role, language="en")


@pytest.fixture
def tuula() -> Colleague:
    return colleague("Tuula")


@pytest.fixture
def case(tuula: Colleague) -> Case:
    """Return a case of Tuula's that was answered, with its next step in three days."""
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    made = open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]
    made.answered_at, made.step, made.step_at, made.state = NOW, Step.CALL, NOW + 3 * DAY, State.WAITING
    made.save()
    return made


def away(who: Colleague, first: int, last: int) -> None:
    day = NOW.date()
    be_away(colleague=who, begins_on=day + first * DAY, ends_on=day + last * DAY, actor_id=who.pk)


def heard(at: datetime = NOW) -> list[str]:
    watch_clocks(at)
    return sorted(Sending.objects.filter(subject=TOLD).values_list("to", flat=True))


@pytest.mark.parametrize(
    ("first", "last", "after", "told"),
    [
        (1, 5, 0 * DAY, True),
        (2, 5, 0 * DAY, False),
        (2, 5, DAY, True),
        (1, 2, 0 * DAY, False),
        (0, 3, 0 * DAY, True),
        # It was late before they went, and nobody is here to do it.
        (4, 6, 4 * DAY, True),
        (4, 6, 3 * DAY, False),
    ],
)
def test_who_leads_is_told_the_day_before_of_what_is_due_meanwhile(
    case: Case, tuula: Colleague, first: int, last: int, after: timedelta, told: bool
) -> None:
    minna = colleague("Minna", Role.MANAGER)
    colleague("Bo")
    away(tuula, first, last)
    with time_machine.travel(NOW + after, tick=False):
        assert [heard(NOW + after) for _twice in range(2)] == [["minna@example.fi"] * told] * 2
        assert [row.case for row in turn_for_colleague(minna, NOW + after).meanwhile] == [case] * told


def test_where_nobody_who_leads_is_here_the_others_are_told(case: Case, tuula: Colleague) -> None:
    minna, bo = colleague("Minna", Role.MANAGER), colleague("Bo")
    away(tuula, 1, 5)
    away(minna, 1, 5)
    assert heard() == ["bo@example.fi"]
    assert [len(turn_for_colleague(one, NOW).meanwhile) for one in (tuula, minna, bo)] == [0, 0, 1]


def test_alone_nobody_is_told_and_the_case_stays(case: Case, tuula: Colleague) -> None:
    away(tuula, 0, 5)
    assert (heard(), Case.objects.get().owner) == ([], tuula)


def test_one_tap_on_today_takes_it_and_a_second_leader_sees_who_was_first(
    client: Client, case: Case, tuula: Colleague
) -> None:
    minna, elina = colleague("Minna", Role.MANAGER), colleague("Elina", Role.MANAGER)
    away(tuula, 1, 5)
    address, tap = f"/cases/{case.pk}/take/", {"carrier": str(tuula.pk)}
    client.force_login(minna)
    page = client.get("/").content.decode()
    assert ("Due while their carrier is away" in page, f'action="{address}"' in page) == (True, True)
    client.post(address, tap)
    client.force_login(elina)
    answer = client.post(address, tap, follow=True).content.decode()
    assert "Somebody was here before you" in answer
    case.refresh_from_db()
    assert (case.owner, Carrying.objects.filter(case=case, until__isnull=True).count()) == (minna, 1)
    assert turn_for_colleague(elina, NOW).meanwhile == ()


def test_whoever_has_the_customer_before_them_still_takes_it_from_anybody(case: Case) -> None:
    bo = colleague("Bo")
    assert carrying.take(case_id=case.pk, colleague=bo).owner == bo


def test_who_goes_away_is_told_who_hears_of_what_is_due(client: Client, case: Case, tuula: Colleague) -> None:
    client.force_login(tuula)
    day = NOW.date() + DAY
    given = {"part": "away", "begins_on": day.isoformat(), "ends_on": day.isoformat()}
    page = client.post("/settings/shifts/", given, follow=True).content.decode()
    assert "Who leads hears the day before of what is due meanwhile, and can take it." in page
