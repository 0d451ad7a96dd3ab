"""The menu: what fits under a thumb, and the rest behind one entry."""

import pytest
from django.test import Client
from django.urls import reverse

from kalevi.people.models import Colleague
from kalevi.shell.navigation import folded, menu_for
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db


def names(role: Role) -> tuple[list[str], list[str]]:
    first, more = folded(menu_for(frozenset({role})))
    return [page.name for page in first], [page.name for page in more]


def test_five_pages_stand_and_the_rest_is_behind_more() -> None:
    first = ["today", "cases", "promises", "interactions", "interactions_note"]
    assert names(Role.MANAGER) == (first, ["customers", "approaches", "surveys", "imports", "settings"])
    assert names(Role.FRONTLINE) == (first, ["customers", "approaches", "surveys", "settings"])


def test_few_pages_need_no_more() -> None:
    assert names(Role.BOARD) == (["today", "promises", "interactions", "settings"], [])


def test_settings_tell_ones_own_from_those_of_all(client: Client) -> None:
    client.force_login(Colleague.objects.create_user("m@example.fi", None, name="Meri", role=Role.MANAGER))
    page = client.get(reverse("settings"))
    own, shared = ([one.name for one in page.context[key]] for key in ("own", "shared"))
    assert ("profile" in own, "calendar_settings" in own, "calendar_settings" in shared) == (
        True,
        False,
        True,
    )
    client.force_login(Colleague.objects.create_user("b@example.fi", None, name="Bo", role=Role.BOARD))
    assert [one.name for one in client.get(reverse("settings")).context["shared"]] == []


@pytest.mark.parametrize(("role", "folds"), [(Role.MANAGER, 1), (Role.BOARD, 0)])
def test_more_opens_without_a_script_and_is_marked_where_one_is(
    client: Client, role: Role, folds: int
) -> None:
    client.force_login(Colleague.objects.create_user("m@example.fi", None, name="Meri", role=role))
    page = client.get(reverse("settings")).content.decode()
    assert page.count('<details name="top"><summary class="current">') == folds
    assert page.count(f'<a href="{reverse("settings")}" aria-current="page">') == 1 + folds
