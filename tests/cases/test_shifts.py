"""Pages of shifts, languages, days away and skills."""

from datetime import date, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kalevi.cases.shift_models import Away, Shift, Skill, Speaks
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db


def signed_in(role: Role) -> tuple[Client, Colleague]:
    client = Client()
    colleague = Colleague.objects.create_user(f"{role}@example.fi", name=f"K {role}", role=role)
    client.force_login(colleague)
    return client, colleague


def week_of(colleague: Colleague) -> list[tuple[int, time, time]]:
    found = Shift.objects.filter(colleague=colleague).order_by("weekday")
    return [(one.weekday, one.begins, one.ends) for one in found]


def test_a_colleague_keeps_their_own_week_and_languages() -> None:
    client, tuula = signed_in(Role.FRONTLINE)
    assert client.get("/settings/shifts/").context["weekly"].initial == {"languages": ["fi"]}
    told = {"part": "week", "languages": ["fi", "sv"], "begins_0": "9", "ends_0": "17.30"}
    told |= {"begins_5": "22:00", "ends_5": "6.00"}
    assert client.post("/settings/shifts/", told).status_code == 302
    assert week_of(tuula) == [(0, time(9), time(17, 30)), (5, time(22), time(6))]
    assert sorted(Speaks.objects.values_list("language", flat=True)) == ["fi", "sv"]
    page = client.get("/settings/shifts/").content.decode()
    assert ['value="17.30"' in page, 'value="22.00"' in page] == [True, True]
    half = client.post("/settings/shifts/", told | {"ends_0": "", "begins_5": "6"})
    assert sorted(half.context["weekly"].errors) == ["ends_0", "ends_5"]
    assert len(week_of(tuula)) == 2


def test_days_away_are_added_and_taken_back_by_oneself_or_a_leader() -> None:
    client, tuula = signed_in(Role.FRONTLINE)
    other, _other = signed_in(Role.BOARD)
    days = {"part": "away", "begins_on": "2026-12-24", "ends_on": "2026-12-26"}
    assert client.post("/settings/shifts/", days | {"ends_on": "2026-12-20"}).status_code == 200
    assert client.post("/settings/shifts/", days).status_code == 302
    kept = Away.objects.get()
    assert (kept.colleague, kept.begins_on, kept.ends_on) == (tuula, date(2026, 12, 24), date(2026, 12, 26))
    assert other.post(f"/settings/shifts/away/{kept.pk}/end/").status_code == 403
    leader, mia = signed_in(Role.MANAGER)
    theirs = Away.objects.create(colleague=mia, begins_on=date(2026, 12, 1), ends_on=date(2026, 12, 1))
    assert client.post(f"/settings/shifts/away/{theirs.pk}/end/").status_code == 404
    leader.post(f"/settings/shifts/away/{kept.pk}/end/")
    assert list(Away.objects.all()) == [theirs]


def test_a_leader_keeps_a_colleagues_week_and_others_do_not() -> None:
    client, tuula = signed_in(Role.FRONTLINE)
    leader, _mia = signed_in(Role.MANAGER)
    there = f"/settings/shifts/{tuula.pk}/"
    told = {"part": "week", "languages": ["en"], "begins_1": "10", "ends_1": "14"}
    assert [client.get(there).status_code, client.post(there, told).status_code] == [403, 403]
    assert leader.post(there, told).headers["Location"] == there
    assert week_of(tuula) == [(1, time(10), time(14))]


def test_a_skill_is_added_changed_and_removed() -> None:
    leader, mia = signed_in(Role.MANAGER)
    told = {"name": "Boilers", "themes": ["delivery"], "whys": ["legal"], "holders": [str(mia.pk)]}
    assert leader.post("/settings/skills/", told).headers["Location"] == "/settings/skills/"
    skill = Skill.objects.get()
    assert (skill.name, skill.themes, skill.whys) == ("Boilers", ["delivery"], ["legal"])
    assert list(skill.holders.all()) == [mia]
    assert leader.post("/settings/skills/", told).status_code == 200
    there = f"/settings/skills/{skill.pk}/"
    assert leader.get(there).status_code == 200
    leader.post(there, told | {"themes": [], "holders": []})
    skill.refresh_from_db()
    assert (skill.themes, skill.holders.count()) == ([], 0)
    leader.post(f"{there}end/")
    assert Skill.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_three_as_for_one(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leader, mia = signed_in(Role.MANAGER)
    for number in range(rows):
        one = Colleague.objects.create_user(f"c{number}@example.fi", name=f"C{number}")
        Skill.objects.create(name=f"S{number}").holders.add(one)
        Away.objects.create(colleague=mia, begins_on=date(2099, 1, 1), ends_on=date(2099, 1, 2))
    with django_assert_num_queries(8):
        leader.get("/settings/skills/")
    with django_assert_num_queries(7):
        leader.get("/settings/shifts/")
