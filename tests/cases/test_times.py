"""How soon the first answer comes: by the customer, the organisation, the touchpoint, and what is common."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.rule_models import Target
from kalevi.cases.times_holding import HOLDING
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people import erasing
from kalevi.people.models import Account, Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def minna(client: Client) -> Colleague:
    made = Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    client.force_login(made)
    client.cookies["kalevi_language"] = "en"
    return made


@pytest.fixture
def yard() -> Touchpoint:
    stage = JourneyStage.objects.create(key="s", position=1, name_fi="s", name_sv="s", name_en="s")
    return Touchpoint.objects.create(key="t", stage=stage, name_fi="t", name_sv="t", name_en="t")


@pytest.fixture
def mari() -> Contact:
    firm = Account.objects.create(name="Saaristo Oy")
    return Contact.objects.create(name="Mari", account=firm, created_at=NOW)


def test_what_was_agreed_with_the_customer_comes_first(
    minna: Colleague, yard: Touchpoint, mari: Contact
) -> None:
    waits: list[float] = []
    for own in ({}, {"touchpoint": yard}, {"account": mari.account}, {"contact": mari}):
        if own:
            Target.objects.create(urgency="soon", minutes=100 - 10 * len(waits), **own)
        said = say("Ovi ei tullut.", body=PROBLEM, contact=mari, touchpoint=yard)
        (case,) = open_by_rules(ids=[said.pk])
        waits.append((case.answer_due_at - NOW) / timedelta(minutes=1))
        case.state, case.resolved_at, case.resolved_by_id = "resolved", NOW, minna.pk
        case.save()
    assert waits == [240, 90, 80, 70]


def test_times_of_a_touchpoint_are_told_on_the_page_of_rules_and_taken_away(
    client: Client, minna: Colleague, yard: Touchpoint
) -> None:
    form = client.get("/settings/cases/").context
    given = {field.html_name: field.value() for part in (form["rules"], form["times"]) for field in part}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    own = f"touchpoint_{yard.pk}-soon"
    assert client.post("/settings/cases/", given | {own: "45"}).status_code == 302
    assert list(Target.objects.filter(touchpoint=yard).values_list("urgency", "minutes")) == [("soon", 45)]
    assert client.post("/settings/cases/", given | {own: ""}).status_code == 302
    assert not Target.objects.filter(touchpoint=yard).exists()
    assert client.post("/settings/cases/", given | {own: "0"}).status_code == 200


def test_times_of_a_customer_and_of_their_organisation(
    client: Client, minna: Colleague, mari: Contact
) -> None:
    page = f"/settings/times/{mari.pk}/"
    assert "Everybody at Saaristo Oy" in client.get(page).content.decode()
    assert "Nobody has times of their own" in client.get("/settings/times/").content.decode()
    sent = {f"contact_{mari.pk}-now": "10", f"account_{mari.account_id}-soon": "60"}
    assert client.post(page, sent).status_code == 302
    rows = Target.objects.order_by("minutes").values_list("contact", "account", "urgency", "minutes")
    assert list(rows) == [(mari.pk, None, "now", 10), (None, mari.account_id, "soon", 60)]
    text = client.get("/settings/times/").content.decode()
    assert (">Mari<" in text, ">Saaristo Oy<" in text) == (True, True)
    assert client.post(page, {f"contact_{mari.pk}-now": "x"}).status_code == 422


def test_the_database_keeps_one_time_for_one_thing(yard: Touchpoint, mari: Contact) -> None:
    Target.objects.create(urgency="soon", minutes=5, contact=mari)
    for wrong in ({"contact": mari}, {"contact": mari, "touchpoint": yard}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(urgency="soon", minutes=9, **wrong)


def test_they_are_exported_moved_and_erased(mari: Contact) -> None:
    other = Contact.objects.create(name="M.", created_at=NOW)
    Target.objects.create(urgency="soon", minutes=5, contact=mari)
    for urgency in ("soon", "now"):
        Target.objects.create(urgency=urgency, minutes=7, contact=other)
    moved = HOLDING.merge(mari.pk, other.pk)
    assert HOLDING.export(mari.pk) == {"now": 7, "soon": 5}
    HOLDING.unmerge(mari.pk, other.pk, moved)
    assert (HOLDING.export(mari.pk), HOLDING.export(other.pk)) == ({"soon": 5}, {"now": 7, "soon": 7})
    erasing.erase(kind="contact", number=mari.pk, reason=Reason.REQUEST, actor_id=None)
    assert HOLDING.export(mari.pk) == {}
