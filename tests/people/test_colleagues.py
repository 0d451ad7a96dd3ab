"""Invitations by one-time links, roles, and signing in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.people.actions.colleagues import (
    LINK_LIVES,
    AlreadyJoinedError,
    LastAdministratorError,
    change_access,
    give_new_link,
    invite,
    join,
)
from kalevi.people.models import Colleague, Invitation
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "kolme tavallista sanaa"
GIVEN = {"name": "Kalevi", "language": "fi", "password": PASSWORD}


@pytest.fixture
def administrator() -> Colleague:
    return Colleague.objects.create_user("aino@example.fi", PASSWORD, name="Aino", role=Role.ADMINISTRATOR)


def test_invited_colleague_joins_once(client: Client, administrator: Colleague) -> None:
    invited, link = invite(email="Kalevi@example.fi", roles=["frontline"], actor_id=administrator.pk)
    assert (invited.email, invited.has_usable_password()) == ("kalevi@example.fi", False)
    assert [client.get(link).status_code, client.get(link).status_code] == [200, 200]
    assert client.post(link, GIVEN).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert [client.get(link).status_code, client.post(link, GIVEN).status_code] == [410, 410]
    assert list(Entry.objects.order_by("id").values_list("action", flat=True)) == [
        "people.invite",
        "people.join",
    ]


def test_only_a_digest_of_the_link_is_kept(administrator: Colleague) -> None:
    _invited, link = invite(email="k@example.fi", roles=["board"], actor_id=None)
    kept = Invitation.objects.get()
    assert kept.digest not in link
    assert kept.ends_at - kept.made_at == LINK_LIVES


def test_link_ends_after_a_week_and_with_a_newer_one(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False) as clock:
        colleague, first = invite(email="k@example.fi", roles=["manager"], actor_id=None)
        second = give_new_link(colleague=colleague, actor_id=None)
        assert [client.get(first).status_code, client.get(second).status_code] == [410, 200]
        clock.shift(LINK_LIVES + timedelta(seconds=1))
        assert client.get(second).status_code == 410


def test_short_password_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    _colleague, link = invite(email="k@example.fi", roles=["manager"], actor_id=None)
    answer = client.post(link, GIVEN | {"password": "lyhyt"})
    page = answer.content.decode()
    assert (list(answer.context["form"].errors), "Kalevi" in page, "lyhyt" in page) == (
        ["password"],
        True,
        True,
    )
    assert Invitation.objects.get().used_at is None


def test_inviting_again_gives_a_new_link_until_they_have_joined(administrator: Colleague) -> None:
    invite(email="k@example.fi", roles=["manager"], actor_id=None)
    colleague, link = invite(email="K@example.fi", roles=["board"], actor_id=None)
    assert (colleague.roles, Colleague.objects.count()) == (frozenset({Role.BOARD}), 2)
    join(token=link.strip("/").rsplit("/", 1)[-1], **GIVEN)
    with pytest.raises(AlreadyJoinedError):
        invite(email="k@example.fi", roles=["board"], actor_id=None)


def test_somebody_stays_the_administrator(administrator: Colleague) -> None:
    with pytest.raises(LastAdministratorError):
        change_access(colleague=administrator, roles=["manager"], is_active=True, actor_id=administrator.pk)
    with pytest.raises(LastAdministratorError):
        change_access(
            colleague=administrator, roles=["administrator"], is_active=False, actor_id=administrator.pk
        )
    administrator.refresh_from_db()
    assert (administrator.roles, administrator.is_active) == (frozenset({Role.ADMINISTRATOR}), True)


def test_closing_somebodys_sign_in_ends_their_session(client: Client, administrator: Colleague) -> None:
    colleague = Colleague.objects.create_user("k@example.fi", PASSWORD, name="K", role=Role.FRONTLINE)
    client.force_login(colleague)
    assert client.get("/").status_code == 200
    change_access(colleague=colleague, roles=["frontline"], is_active=False, actor_id=administrator.pk)
    assert client.get("/").headers["Location"] == "/account/login/?next=/"


def test_administrator_invites_on_the_page(client: Client, administrator: Colleague) -> None:
    client.force_login(administrator)
    answer = client.post("/settings/people/", {"email": "k@example.fi", "roles": ["frontline", "board"]})
    page = answer.content.decode()
    assert (answer.status_code, page.count("/invitation/")) == (200, 1)
    listed = client.get("/settings/people/").content.decode()
    assert ["k@example.fi" in listed, "/invitation/" in listed] == [True, False]


@pytest.mark.parametrize("path", ["/account/signup/", "/account/password/reset/", "/account/email/"])
def test_what_is_not_in_use_says_who_helps(client: Client, path: str) -> None:
    answer = client.get(path)
    assert next(template.name for template in answer.templates) == "people/not_in_use.html"


def test_signing_in_speaks_the_colleagues_language(client: Client, administrator: Colleague) -> None:
    administrator.language = "sv"
    administrator.save()
    answer = client.post("/account/login/", {"login": "aino@example.fi", "password": PASSWORD})
    assert (answer.headers["Location"], answer.cookies["kalevi_language"].value) == ("/", "sv")


def test_own_details(client: Client, administrator: Colleague) -> None:
    client.force_login(administrator)
    assert client.post("/settings/profile/", {"name": "", "language": "sv"}).status_code == 200
    answer = client.post("/settings/profile/", {"name": "Aino L", "language": "sv"})
    administrator.refresh_from_db()
    assert (answer.status_code, administrator.name, administrator.language) == (302, "Aino L", "sv")


def test_second_factor_is_taken_into_use_and_asked_for(client: Client, administrator: Colleague) -> None:
    def code(secret: str) -> str:
        return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"

    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False) as clock:
        client.post("/account/login/", {"login": "aino@example.fi", "password": PASSWORD})
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        page = client.get("/account/2fa/totp/activate/")
        secret = page.context["form"].secret
        answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
        assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
        assert len(client.get(answer.headers["Location"]).context["unused_codes"]) == 10
        assert "10" in client.get("/account/2fa/").content.decode()
        client.post("/account/logout/")
        clock.shift(60)
        answer = client.post("/account/login/", {"login": "aino@example.fi", "password": PASSWORD})
        assert answer.headers["Location"] == "/account/2fa/authenticate/"
        assert client.get("/").headers["Location"] == "/account/login/?next=/"
        assert client.post(answer.headers["Location"], {"code": "000000"}).status_code == 200
        assert client.post(answer.headers["Location"], {"code": code(secret)}).headers["Location"] == "/"
