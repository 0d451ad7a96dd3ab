"""An administrator among others tells why before looking at customers' words; alone, nobody asks."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kalevi.audit.actions import record
from kalevi.audit.looks import looks
from kalevi.audit.models import Entry
from kalevi.people.models import Colleague, Contact
from kalevi.people.queries.looks import PAGE, looks_for_administrator
from kalevi.people.reasons import CAN_SEND, LASTS, Why
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "kolme tavallista sanaa"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", PASSWORD, name="Tuula", role=Role.FRONTLINE)


def signed_in(*roles: Role) -> tuple[Client, Colleague]:
    colleague = Colleague.objects.create_user("a@example.fi", PASSWORD, name="Aino", roles=roles)
    client = Client()
    client.force_login(colleague)
    return client, colleague


def written() -> list[Any]:
    return list(Entry.objects.order_by("pk").values_list("action", "subject", "contact_id", "details"))


def test_a_reason_is_asked_kept_for_an_hour_and_written_down(tuula: Colleague) -> None:
    client, _aino = signed_in(Role.ADMINISTRATOR)
    contact = Contact.objects.create(name="Pirkko Kuusela", created_at=NOW)
    page = f"/customers/{contact.pk}/"
    with time_machine.travel(NOW, tick=False) as clock:
        question = client.get(page).headers["Location"]
        assert question == f"/settings/reason/?next={page}"
        assert client.post(question, {"next": page}).status_code == 200
        assert client.post(question, {"next": page, "why": "asked"}).headers["Location"] == page
        assert "Pirkko Kuusela" in client.get(page).content.decode()
        assert written() == [
            ("people.give_reason", "", None, {"reason": "asked"}),
            ("people.look", "page:customer", contact.pk, {"reason": "asked", "ids": {"number": contact.pk}}),
        ]
        clock.shift(LASTS)
        assert client.get(page).status_code == 302
        assert client.post("/interactions/search/", {"words": "x"}).headers["Location"] != "/settings/reason/"
        clock.shift(CAN_SEND)
        assert client.post("/interactions/search/").headers["Location"] == "/settings/reason/?next=/"


def test_settings_need_no_reason_and_nobody_is_led_elsewhere(tuula: Colleague) -> None:
    client, _aino = signed_in(Role.ADMINISTRATOR)
    assert [client.get(page).status_code for page in ("/settings/", "/settings/people/")] == [200, 200]
    answer = client.post("/settings/reason/", {"next": "https://elsewhere.example/", "why": "fault"})
    assert answer.headers["Location"] == "/"
    part = client.get("/today/live/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    client.logout()
    client.force_login(Colleague.objects.get(email="a@example.fi"))
    part = client.get("/today/live/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/settings/reason/")


@pytest.mark.parametrize("roles", [[Role.ADMINISTRATOR, Role.FRONTLINE], [Role.ADMINISTRATOR, Role.MANAGER]])
def test_whoever_also_works_with_customers_is_not_asked(tuula: Colleague, roles: list[Role]) -> None:
    client, _aino = signed_in(*roles)
    assert client.get("/customers/").status_code == 200


def test_nobody_asks_somebody_who_is_alone() -> None:
    client, _aino = signed_in(Role.ADMINISTRATOR)
    Colleague.objects.create_user("invited@example.fi", None, role=Role.FRONTLINE)
    assert client.get("/customers/").status_code == 200


def test_an_administrator_on_the_board_sees_stories_without_names(tuula: Colleague) -> None:
    client, aino = signed_in(Role.ADMINISTRATOR, Role.BOARD)
    answer = client.get("/interactions/")
    assert (answer.status_code, answer.context["staff"], aino.sees_names) == (200, False, False)
    assert client.get("/customers/").status_code == 302


def test_administrators_see_who_looked_and_why(
    tuula: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, aino = signed_in(Role.ADMINISTRATOR)
    page = "/settings/looks/"
    assert "Nobody has looked" in client.get(page, headers={"Accept-Language": "en"}).content.decode()
    contact = Contact.objects.create(name="Pirkko Kuusela", created_at=NOW)
    client.post("/settings/reason/", {"next": "/", "why": "help"})
    client.get(f"/customers/{contact.pk}/")
    record(action="people.look", actor_id=aino.pk + 9, subject="page:gone", reason="gone", ids={"x": 1})
    record(action="people.look", actor_id=aino.pk, subject="page:today", reason="help", ids={})
    shown = client.get(page, headers={"Accept-Language": "en"})
    helps = [str(Why.HELP.label)] * 2
    assert [(one.name, one.page, one.number, one.address) for one in shown.context["looks"].rows] == [
        ("Aino", "Today", None, "/"),
        ("", "gone", 1, ""),
        ("Aino", "A customer", contact.pk, f"/customers/{contact.pk}/"),
        ("Aino", "", None, ""),
    ]
    assert [one.why for one in shown.context["looks"].rows] == [str(Why.HELP.label), "gone", *helps]
    shown_in_finnish = client.get(page, headers={"Accept-Language": "fi"}).content.decode()
    assert f'<a href="/customers/{contact.pk}/">Asiakas {contact.pk}</a>' in shown_in_finnish
    assert "Pirkko" not in shown.content.decode()
    assert Entry.objects.filter(action="people.read_looks", actor_id=aino.pk).count() == 3
    with django_assert_num_queries(2):
        looks_for_administrator()
    for _ in range(PAGE):
        record(action="people.look", actor_id=aino.pk, subject="page:promises", reason="help", ids={})
    with django_assert_num_queries(2):
        first = looks_for_administrator()
    second = looks_for_administrator(before=first.older)
    assert (len(first.rows), len(second.rows), second.older) == (PAGE, 4, None)
    assert client.get(f"{page}?before={first.older}").context["looks"].rows == second.rows
    client.force_login(tuula)
    assert client.get(page).status_code == 403


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a table this small whole")
def test_the_list_is_found_by_its_own_index() -> None:
    assert "audit_looks" in looks().explain()
