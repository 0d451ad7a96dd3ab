"""Roles add up: what one of them opens stands open, and nobody is left without any."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from kalevi.people.actions.colleagues import change_access, invite
from kalevi.people.forms.colleagues import Access
from kalevi.people.models import Colleague
from kalevi.shell.roles import CLOSE, LEADERS, Role

pytestmark = pytest.mark.django_db


def test_roles_are_read_and_written_as_a_set() -> None:
    colleague = Colleague.objects.create_user("k@example.fi", name="K", roles=["board", "frontline"])
    assert Colleague.objects.get().roles == frozenset({Role.BOARD, Role.FRONTLINE})
    held = [colleague.holds(*CLOSE), colleague.holds(*LEADERS), colleague.holds(Role.BOARD)]
    assert held == [True, False, True]
    found = [list(Colleague.objects.here(roles)) for roles in (CLOSE, LEADERS, frozenset(Role))]
    assert found == [[colleague], [], [colleague]]


def test_the_database_refuses_a_colleague_without_a_role() -> None:
    colleague = Colleague.objects.create_user("k@example.fi", name="K")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE people_colleague SET frontline = %s WHERE id = %s", [False, colleague.pk])
    with pytest.raises(ValueError, match="at least one role"):
        change_access(colleague=colleague, roles=[], is_active=True, actor_id=colleague.pk)
    with pytest.raises(ValueError, match="owner"):
        invite(email="b@example.fi", roles=["owner"], actor_id=None)


def test_the_form_takes_several_and_asks_for_one() -> None:
    both, none = Access({"roles": ["board", "frontline"]}), Access({"is_active": "on"})
    assert (both.is_valid(), none.is_valid(), list(none.errors)) == (True, False, ["roles"])


def test_a_board_member_who_meets_customers_opens_what_either_opens(client: Client) -> None:
    colleague = Colleague.objects.create_user("k@example.fi", name="K", role="board")
    client.force_login(colleague)
    before = client.get("/customers/").status_code
    change_access(colleague=colleague, roles=["board", "frontline"], is_active=True, actor_id=colleague.pk)
    after = [client.get(page).status_code for page in ("/customers/", "/", "/settings/jobs/")]
    assert (before, after) == (403, [200, 200, 403])
