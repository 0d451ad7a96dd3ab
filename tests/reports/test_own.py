"""Figures of one colleague exist for that colleague alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from kalevi.cases.actions.opening import open_by_hand
from kalevi.cases.models import Case
from kalevi.cases.praise_models import Praise
from kalevi.cases.rule_models import Duty, Why
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague
from kalevi.reports.queries.own import own_figures
from kalevi.shell.roles import Role
from kalevi.stats import Middle, Share
from tests.pages.test_permissions import matrix
from tests.promises.made import a_promise
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
TOKEN = "0123456789abcdef"
MANY = 17


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula Ketomäki", language="en")


def signed_in(colleague: Colleague) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


def answered(colleague: Colleague, count: int) -> None:
    """Let a colleague answer this many cases by themselves, each half an hour after it was said."""
    client = signed_in(colleague)
    for number in range(count):
        with time_machine.travel(NOW - timedelta(days=1), tick=False):
            said = say(
                "Paketti on hukassa",
                ago=timedelta(days=1, minutes=30),
                received_at=NOW - timedelta(days=1, minutes=30),
            )
            case = open_by_hand(interaction=said, colleague=colleague)
            told = {"token": f"{TOKEN}{number:02}", "words": "Etsin sen ja soitan huomenna klo 12."}
            assert client.post(f"/cases/{case.pk}/answer/", told).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_what_one_did_and_nothing_of_others(
    rows: int, tuula: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bo = Colleague.objects.create_user("b@example.fi", name="Bo")
    answered(tuula, rows)
    praised = say("Kiitos Tuula!")
    Praise.objects.create(colleague=tuula, interaction=praised, how=Praise.How.NAMED, at=NOW)
    Praise.objects.create(colleague=bo, interaction=praised, how=Praise.How.NAMED, at=NOW)
    with django_assert_num_queries(5):
        own = own_figures(tuula, NOW)
    assert (own.answered, own.first, own.promises) == (rows, Middle(30.0, 30.0, 30.0, rows), Share(0, 0))
    assert (own.thanks, [praise.interaction for praise in own.words]) == (1, [praised])
    others = own_figures(bo, NOW)
    assert (others.answered, others.first.n, others.thanks) == (0, 0, 1)
    with time_machine.travel(NOW, tick=False):
        page = signed_in(tuula).get("/today/own/").content.decode()
    assert ["Kiitos Tuula!" in page, f"n&nbsp;=&nbsp;{rows}" in page] == [True, True]


@pytest.mark.parametrize(
    ("given", "says"), [(1, "fewer than five so far: too few for a share"), (5, "kept by the date")]
)
def test_as_few_promises_are_no_share_here_either(given: int, says: str, tuula: Colleague) -> None:
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        for _n in range(given):
            a_promise(tuula, due_at=NOW - timedelta(days=1))
    with time_machine.travel(NOW, tick=False):
        page = signed_in(tuula).get("/today/own/").content.decode()
    assert (says in page, f"n&nbsp;=&nbsp;{given}" in page) == (True, given == 5)


def test_the_address_names_nobody_and_takes_no_name(tuula: Colleague) -> None:
    assert [path for path in matrix() if "own" in path and path.startswith("/today")] == ["/today/own/"]
    boss = signed_in(Colleague.objects.create_user("m@example.fi", name="Mia", role=Role.MANAGER))
    asked = boss.get("/today/own/", {"colleague": tuula.pk, "id": tuula.pk})
    assert asked.context["own"] == own_figures(Colleague.objects.get(email="m@example.fi"), NOW)


def test_no_page_shows_a_leader_how_many_a_colleague_has(tuula: Colleague) -> None:
    stage = JourneyStage.objects.create(key="s", position=1)
    shop = Touchpoint.objects.create(stage=stage, key="t", name_fi="Myymälä", name_en="Shop")
    Duty.objects.create(colleague=tuula, touchpoint=shop)
    common = {"why": Why.BY_HAND, "opened_at": NOW, "waits_since": NOW, "owner": tuula, "answer_due_at": NOW}
    Case.objects.bulk_create(
        Case(**common, touchpoint=shop, step="answer", step_at=NOW + timedelta(days=1)) for _n in range(MANY)
    )
    boss = signed_in(
        Colleague.objects.create_user("m@example.fi", name="Mia", roles=[Role.MANAGER, Role.ADMINISTRATOR])
    )
    shown = []
    with time_machine.travel(NOW, tick=False):
        for path, row in matrix().items():
            if row.who == "anybody" or "GET" not in row.methods:
                continue
            answer = boss.get(path)
            if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            text = " ".join(strip_tags(answer.content.decode()).split())
            near = re.search(rf"(Tuula.{{0,60}}\b{MANY}\b)|(\b{MANY}\b.{{0,60}}Tuula)", text)
            shown += [(path, near[0])] if near else []
    assert shown == []
