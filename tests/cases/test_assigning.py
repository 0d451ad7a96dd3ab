"""A new case finds somebody on shift who speaks the language, knows the matter and has time; never nobody."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.assigning import Matter, NobodyHereError, carrier_for
from kalevi.cases.models import Case
from kalevi.cases.rule_models import Duty
from kalevi.cases.shift_models import Away, Shift, Skill, Speaks
from kalevi.cases.shifts import FAR, Week
from kalevi.interactions.actions.own_themes import store_theme
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.actions.colleagues import invite
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import NOW, say

HELSINKI = ZoneInfo("Europe/Helsinki")
SUNDAY = datetime(2026, 11, 22, 11, tzinfo=HELSINKI)
MONDAY = datetime(2026, 11, 23, 11, tzinfo=HELSINKI)
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}


def week(*shifts: tuple[int, int, int], away: tuple[tuple[date, date], ...] = ()) -> Week:
    return Week(tuple((day, time(begins), time(ends)) for day, begins, ends in shifts), away)


def test_who_told_no_shift_is_here_but_on_days_away() -> None:
    away = Week((), ((date(2026, 11, 22), date(2026, 11, 23)),))
    assert [Week().days_until_here(SUNDAY), away.days_until_here(SUNDAY)] == [0, 2]


@pytest.mark.parametrize(
    ("shifts", "days"),
    [
        (week((6, 9, 17)), 0),
        (week((6, 9, 11)), 7),
        (week((6, 11, 12)), 0),
        (week((0, 9, 17)), 1),
        (week((0, 12, 17)), 2),
        (week((5, 20, 12)), 0),
        (week((6, 20, 6)), 1),
        (week((6, 9, 17), away=((date(2026, 11, 1), date(2026, 11, 28)),)), 7),
        (week((6, 9, 17), away=((date(2026, 11, 1), date(2027, 11, 28)),)), FAR),
    ],
)
def test_days_until_somebody_is_here(shifts: Week, days: int) -> None:
    assert shifts.days_until_here(SUNDAY) == days


def colleague(name: str, role: Role = Role.FRONTLINE, **fields: Any) -> Colleague:
    return Colleague.objects.create_user(f"{name}@example.fi", name=name, role=role, **fields)


def on_mondays(one: Colleague) -> None:
    Shift.objects.create(colleague=one, weekday=0, begins=time(9), ends=time(17))


@pytest.mark.django_db
def test_who_is_invited_and_has_not_come_in_gets_no_case() -> None:
    invite(email="new@example.fi", roles=[Role.FRONTLINE], actor_id=None)
    leads = colleague("aino", Role.MANAGER)
    on_mondays(leads)
    assert carrier_for(Matter(language="fi"), now=SUNDAY) == leads


@pytest.mark.django_db
def test_shift_goes_before_language_and_language_before_skill_and_care() -> None:
    here, speaks, knows, cares = (colleague(name) for name in ("Aada", "Bo", "Cia", "Dan"))
    stage = JourneyStage.objects.create(key="s", position=1)
    shop = Touchpoint.objects.create(stage=stage, key="t", name_fi="Myymälä")
    for one in (speaks, knows, cares):
        on_mondays(one)
    Shift.objects.create(colleague=here, weekday=6, begins=time(9), ends=time(17))
    Speaks.objects.create(colleague=speaks, language="sv")
    skill = Skill.objects.create(name="Boilers", themes=["delivery"], whys=["legal"])
    skill.holders.add(knows)
    Duty.objects.create(colleague=cares, touchpoint=shop)
    matter = Matter(touchpoint_id=shop.pk, language="sv", themes=["delivery"])
    assert carrier_for(matter, now=SUNDAY) == here
    assert carrier_for(matter, now=MONDAY) == speaks
    assert carrier_for(matter, now=MONDAY, besides=speaks.pk) == knows
    assert carrier_for(Matter(why="legal", language="fi"), now=MONDAY) == knows
    assert carrier_for(Matter(touchpoint_id=shop.pk), now=MONDAY) == cares
    skill.touchpoints.add(shop)
    assert carrier_for(Matter(touchpoint_id=shop.pk), now=MONDAY) == knows


@pytest.mark.django_db
def test_there_is_always_somebody_and_a_leader_only_where_nobody_meets_customers() -> None:
    with pytest.raises(NobodyHereError):
        carrier_for(Matter())
    board = colleague("Bo", Role.BOARD)
    assert carrier_for(Matter()) == board
    alone = colleague("Aino", Role.ADMINISTRATOR)
    assert carrier_for(Matter()) == alone
    meets = colleague("Cia")
    Away.objects.create(colleague=meets, begins_on=date(2026, 1, 1), ends_on=date(2029, 1, 1))
    assert carrier_for(Matter(language="en")) == meets


@pytest.mark.django_db
def test_words_in_swedish_open_a_case_of_somebody_who_speaks_it() -> None:
    colleague("Aada")
    bo = colleague("Bo", language="sv")
    said = say("Paketet kom aldrig.", body=PROBLEM, language="sv")
    open_by_rules(ids=[said.pk], at=NOW)
    assert Case.objects.get().owner == bo


@pytest.mark.django_db
def test_a_theme_of_our_own_finds_who_knows_it() -> None:
    colleague("Aada")
    bo = colleague("Bo")
    theme = store_theme(theme=None, names={"fi": "Sauna"}, seeds=["kiuas"], actor_id=bo.pk)
    Skill.objects.create(name="Saunas", themes=[theme.key]).holders.add(bo)
    said = say("Kiukaasta puuttui kiviä.", body=PROBLEM)
    open_by_rules(ids=[said.pk], at=NOW)
    assert Case.objects.get().owner == bo


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_as_many_queries_for_three_colleagues_as_for_one(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(people):
        one = colleague(f"c{number}")
        on_mondays(one)
        Speaks.objects.create(colleague=one, language="fi")
        Skill.objects.create(name=f"S{number}", themes=["delivery"]).holders.add(one)
    with django_assert_num_queries(9):
        carrier_for(Matter(themes=["delivery"]), now=MONDAY)
