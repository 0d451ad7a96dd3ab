"""Colleagues are told each thing once, outside their quiet hours, and never a customer's words."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions import carrying, steps
from kalevi.cases.actions.opening import open_by_hand, open_by_rules
from kalevi.cases.alert_models import AlertChoice, TeamRoom, TeamTelling
from kalevi.cases.alerting import tell_of_change, watch_clocks
from kalevi.cases.models import Case, Step
from kalevi.cases.praise_models import Praise
from kalevi.cases.quiet import after_quiet
from kalevi.cases.shift_models import Away
from kalevi.cases.team_telling import tell_waiting
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from kalevi.webhooks.models import Endpoint, Event
from kalevi.webhooks.posting import Answer
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
POST = "kalevi.cases.team_telling.post"
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture(autouse=True)
def now() -> Iterator[object]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def outgoing(db: None) -> None:
    Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE, language="sv")


@pytest.fixture
def case(tuula: Colleague) -> Case:
    contact = Contact.objects.create(name="Mari Meikäläinen", created_at=NOW)
    return open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]


def subjects() -> list[tuple[str, str]]:
    return list(Sending.objects.order_by("pk").values_list("to", "subject"))


def test_the_carrier_is_told_once_in_their_language_without_the_words(case: Case) -> None:
    assert [tell_of_change(case.pk, "opened", NOW) for _twice in range(2)] == [1, 0]
    assert subjects() == [("t@example.fi", "En kund behöver dig.")]
    text = Sending.objects.get().text
    assert [word for word in ("Ovi", "Mari") if word in text] == []
    assert f"/cases/{case.pk}/" in text


def test_whoever_opened_it_by_hand_is_not_told_of_it(tuula: Colleague) -> None:
    opened = open_by_hand(interaction=say("Hei."), colleague=tuula)
    assert tell_of_change(opened.pk, "opened", NOW) == 0


def test_an_offer_is_told_to_the_one_it_is_made_to(case: Case, tuula: Colleague) -> None:
    bo = Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.MANAGER, language="en")
    carrying.offer(case_id=case.pk, giver=tuula, taker=bo)
    tell_of_change(case.pk, "offered", NOW)
    assert subjects() == [("b@example.fi", "A colleague asks whether you would carry a case.")]


def test_no_mail_where_none_is_wished(case: Case, tuula: Colleague) -> None:
    AlertChoice.objects.create(colleague=tuula, by_mail=False)
    tell_of_change(case.pk, "opened", NOW)
    assert subjects() == []


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-11-22 23:30", "2026-11-23 07:00"),
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", None),
    ],
)
def test_quiet_hours_over_midnight(tuula: Colleague, at: str, ends: str | None) -> None:
    choice = AlertChoice(colleague=tuula, quiet_from=time(21), quiet_until=time(7))
    wanted = datetime.fromisoformat(ends).replace(tzinfo=HELSINKI) if ends else None
    assert after_quiet(choice, datetime.fromisoformat(at).replace(tzinfo=HELSINKI)) == wanted


def test_clocks_warn_then_tell_the_manager_too_each_once(case: Case) -> None:
    Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    told = [watch_clocks(NOW + timedelta(hours=hours)) for hours in (1, 3.1, 3.2, 4, 5)]
    assert told == [0, 1, 0, 2, 0]
    assert [to for to, _subject in subjects()] == ["t@example.fi", "t@example.fi", "m@example.fi"]


def test_an_answered_case_is_told_of_when_its_step_is_due(case: Case, tuula: Colleague) -> None:
    steps.set_step(case_id=case.pk, colleague=tuula, step=Step.CALL, at=NOW + timedelta(hours=1))
    Case.objects.update(answered_at=NOW)
    Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    told = [watch_clocks(NOW + timedelta(hours=hours)) for hours in (0.4, 0.5, 1, 4.9, 5, 6)]
    assert told == [0, 1, 0, 0, 2, 0]
    late = "The next step of a case is late, and the customer was told when to expect it."
    assert subjects()[-1] == ("m@example.fi", late)


def test_where_nobody_leads_the_others_hear_of_what_is_late(case: Case) -> None:
    Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.FRONTLINE)
    Colleague.objects.create_user("h@example.fi", name="Helge", role=Role.BOARD)
    watch_clocks(NOW + timedelta(hours=5))
    assert [to for to, _subject in subjects()] == ["t@example.fi", "b@example.fi"]


def test_the_giver_hears_that_nobody_took_it_and_the_carrier_that_somebody_did(
    case: Case, tuula: Colleague
) -> None:
    bo = Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.FRONTLINE, language="sv")
    Colleague.objects.update(language="en")
    made = carrying.offer(case_id=case.pk, giver=tuula, taker=bo)
    carrying.answer_offer(handover_id=made.pk, taker=bo, accept=False)
    carrying.take(case_id=case.pk, colleague=bo)
    for happened in ("declined", "taken", "taken"):
        tell_of_change(case.pk, happened, NOW)
    assert subjects() == [("t@example.fi", "A colleague took over a case that you carried.")]
    carrying.take(case_id=case.pk, colleague=tuula)
    tell_of_change(case.pk, "declined", NOW)
    assert subjects()[-1][1] == "A colleague cannot take a case that you offered. It stays yours."


def test_the_teams_rooms_hear_once_and_a_silent_one_is_noted(case: Case) -> None:
    TeamRoom.objects.create(kind="slack", name="Asiakkaat", url="https://hooks.example/1")
    with patch(POST, return_value=Answer(200, "")) as posted:
        for _twice in range(2):
            tell_of_change(case.pk, "opened", NOW)
            tell_waiting(NOW)
    (url, body, _headers), _kwargs = posted.call_args
    assert (posted.call_count, url) == (1, "https://hooks.example/1")
    assert b"Mari" not in body
    assert (TeamRoom.objects.get().failed_at, TeamTelling.objects.get().told_at) == (None, NOW)


def test_a_room_that_was_silent_hears_later_by_the_same_key_and_not_after_a_day(case: Case) -> None:
    TeamRoom.objects.create(kind="slack", name="Asiakkaat", url="https://hooks.example/1")
    with patch(POST, return_value=Answer(None, "no_connection")) as posted:
        tell_of_change(case.pk, "opened", NOW)
        tell_waiting(NOW)
        assert TeamRoom.objects.get().failed_at == NOW
        assert tell_waiting(NOW) == 0
        posted.return_value = Answer(200, "")
        assert [tell_waiting(NOW + timedelta(minutes=minutes)) for minutes in (3, 6)] == [1, 0]
        keys = {call.args[2]["Idempotency-Key"] for call in posted.call_args_list}
        assert (posted.call_count, len(keys)) == (2, 1)
        TeamTelling.objects.update(told_at=None, next_at=NOW)
        assert tell_waiting(NOW + timedelta(hours=25)) == 0


def test_a_worker_that_died_while_telling_leaves_it_to_the_next(case: Case) -> None:
    TeamRoom.objects.create(kind="teams", name="Asiakkaat", url="https://hooks.example/1")
    tell_of_change(case.pk, "opened", NOW)
    with patch(POST, side_effect=SystemExit), pytest.raises(SystemExit):
        tell_waiting(NOW)
    with patch(POST, return_value=Answer(200, "")):
        assert tell_waiting(NOW + timedelta(minutes=5)) == 1


def test_teams_hears_in_a_card_as_it_takes_nothing_else(case: Case) -> None:
    TeamRoom.objects.create(kind="teams", name="Asiakkaat", url="https://hooks.example/1")
    tell_of_change(case.pk, "opened", NOW)
    with patch(POST, return_value=Answer(202, "")) as posted:
        tell_waiting(NOW)
    told = json.loads(posted.call_args.args[1])
    (attached,) = told["attachments"]
    assert (told["type"], attached["contentType"]) == (
        "message",
        "application/vnd.microsoft.card.adaptive",
    )
    assert attached["content"]["body"][0]["text"] == "A customer needs you."
    assert attached["content"]["actions"][0]["url"].endswith(f"/cases/{case.pk}/")


def test_other_systems_hear_of_cases_without_words(tuula: Colleague) -> None:
    Endpoint.objects.create(
        url="https://x.example/", kinds=["case.opened", "case.escalated"], made_at=NOW, salt="s"
    )
    contact = Contact.objects.create(name="Mari Meikäläinen", created_at=NOW)
    case = open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]
    for hours in (5, 6):
        watch_clocks(NOW + timedelta(hours=hours))
    told = list(Event.objects.order_by("pk").values_list("kind", "subject"))
    assert told == [("case.opened", f"case:{case.pk}"), ("case.escalated", f"case:{case.pk}")]
    assert "Mari" not in json.dumps(list(Event.objects.values_list("details", flat=True)))


def test_the_browser_is_told_what_is_new_to_those_who_chose_it(
    client: Client, case: Case, tuula: Colleague
) -> None:
    client.force_login(tuula)
    assert client.get("/cases/alerts/").status_code == 204
    AlertChoice.objects.create(colleague=tuula, by_browser=True)
    first = client.get("/cases/alerts/").json()
    tell_of_change(case.pk, "opened", NOW)
    client.cookies["kalevi_language"] = "en"
    new = client.get(f"/cases/alerts/?after={first['after']}").json()
    assert (first["told"], [(one["text"], one["address"]) for one in new["told"]]) == (
        [],
        [("A customer needs you.", f"/cases/{case.pk}/")],
    )
    assert client.get(f"/cases/alerts/?after={new['after']}").json()["told"] == []
    AlertChoice.objects.update(quiet_from=time(0), quiet_until=time(23, 59))
    tell_of_change(case.pk, "joined", NOW)
    assert client.get(f"/cases/alerts/?after={new['after']}").json()["told"] == []


def test_the_browser_is_told_of_thanks_once_and_without_words(client: Client, tuula: Colleague) -> None:
    client.force_login(tuula)
    AlertChoice.objects.create(colleague=tuula, by_browser=True)
    client.cookies["kalevi_language"] = "en"
    first = client.get("/cases/alerts/").json()
    Praise.objects.create(colleague=tuula, interaction=say("Kiitos Tuulalle!"), how=Praise.How.NAMED, at=NOW)
    new = client.get(f"/cases/alerts/?after={first['after']}").json()
    assert [(one["text"], one["address"]) for one in new["told"]] == [("Somebody thanked you", "/#thanked")]
    assert client.get(f"/cases/alerts/?after={new['after']}").json()["told"] == []
    # Who was told of cases alone before hears of no old thanks.
    assert client.get("/cases/alerts/?after=0").json() == {"after": new["after"], "told": []}


def test_a_customer_of_somebody_who_is_away_is_heard_by_who_leads(case: Case, tuula: Colleague) -> None:
    Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    day = NOW.date()
    Away.objects.create(colleague=tuula, begins_on=day, ends_on=day + timedelta(days=9))
    open_by_rules(ids=[say("Vieläkö kestää?", contact=case.contact).pk])
    assert [tell_of_change(case.pk, "joined", NOW) for _twice in range(2)] == [2, 0]
    told = "A customer has written more, and whoever carries the case is away."
    assert subjects()[-1] == ("m@example.fi", told)
    Away.objects.update(ends_on=day)
    open_by_rules(ids=[say("Hei?", contact=case.contact).pk])
    assert tell_of_change(case.pk, "joined", NOW) == 1


def test_two_taps_are_one(case: Case, tuula: Colleague) -> None:
    bo = Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.FRONTLINE)
    for _twice in range(2):
        carrying.offer(case_id=case.pk, giver=tuula, taker=bo, words="Lasku.")
        steps.note_told_again(case_id=case.pk, colleague=tuula)
    assert (case.handovers.count(), case.told_again.count()) == (1, 1)
