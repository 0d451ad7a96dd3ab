"""What goes out about a case: who carries it now, how it fared, and nothing that watches its reader."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client

import kalevi
from kalevi.cases import tasks
from kalevi.cases.actions import carrying, steps
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Case, Step
from kalevi.cases.notices import tell_who_carries
from kalevi.channels.email.composing import composed
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.interactions.models import Intake
from kalevi.orders.models import Event, Order
from kalevi.people.models import Colleague, Contact
from kalevi.shell.models import Company
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
# What loads something when a mail is opened.
WATCHES = re.compile(
    r"<img|<link|<script|<iframe|<object|<video|<audio|\ssrc=|\sbackground=|url\(|@import", re.I
)
_numbers = count(1)


@pytest.fixture(autouse=True)
def now() -> Iterator[object]:
    Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula(client: Client) -> Colleague:
    made = Colleague.objects.create_user(
        "t@example.fi", name="Tuula Salo", role=Role.FRONTLINE, language="en"
    )
    client.force_login(made)
    return made


@pytest.fixture
def bo(tuula: Colleague) -> Colleague:
    return Colleague.objects.create_user("b@example.fi", name="Bo Ek", role=Role.FRONTLINE, language="en")


@pytest.fixture
def case(tuula: Colleague) -> Case:
    contact = Contact.objects.create(name="Mari", email="mari@example.fi", created_at=NOW)
    said = say("Tilauksen K-77 ovi ei tullut.", body=PROBLEM, contact=contact, channel="email")
    return open_by_rules(ids=[said.pk])[0]


def hand_over(case: Case, giver: Colleague, taker: Colleague) -> None:
    made = carrying.offer(case_id=case.pk, giver=giver, taker=taker)
    carrying.answer_offer(handover_id=made.pk, taker=taker, accept=True)


def test_an_accepted_hand_over_tells_the_customer_who_it_is_now(
    case: Case, tuula: Colleague, bo: Colleague
) -> None:
    hand_over(case, tuula, bo)
    for _twice in range(2):
        tasks.tell_customer.call(case.pk)
    told = Sending.objects.get()
    assert (told.to, told.subject) == ("mari@example.fi", "Bo hoitaa asiaasi")
    assert "Bo hoitaa asiaasi tästä eteenpäin." in told.text
    assert ("Ek" in told.text, Case.objects.get().answered_at) == (False, None)


def test_nobody_is_written_to_who_wished_for_peace_or_knew_of_nobody(case: Case, bo: Colleague) -> None:
    carrying.take(case_id=case.pk, colleague=bo)
    assert tell_who_carries(case.pk, NOW) is None
    Case.objects.update(answered_at=NOW)
    Contact.objects.update(in_peace_since=NOW)
    assert tell_who_carries(case.pk, NOW) is None
    Contact.objects.update(in_peace_since=None)
    assert tell_who_carries(case.pk, NOW) is not None


@pytest.mark.parametrize(
    ("state", "shown"), [("waiting", "waiting to be sent"), ("sent", "sent"), ("bounced", "came back")]
)
def test_the_page_shows_how_an_answer_fared(
    client: Client, case: Case, tuula: Colleague, state: str, shown: str
) -> None:
    steps.answer(case_id=case.pk, colleague=tuula, token="t", words="Ovi tulee huomenna.", by_mail=True)
    Sending.objects.update(state=state, sent_at=NOW, ended_at=NOW)
    page = " ".join(client.get(f"/cases/{case.pk}/").content.decode().split())
    line = page.partition("We answered")[2].partition("</p>")[0]
    assert (shown in line, "lost" in line) == (True, state == "bounced")
    timeline = client.get(f"/customers/{case.contact_id}/").content.decode()
    assert shown in " ".join(timeline.split()).partition("We answered")[2].partition("</p>")[0]


def test_no_mail_about_a_case_watches_its_reader(case: Case, tuula: Colleague, bo: Colleague) -> None:
    Company.objects.create(pk=1, name="Rauta", time_zone="Europe/Helsinki")
    steps.answer(case_id=case.pk, colleague=tuula, token="t", words="Ovi tulee huomenna.", by_mail=True)
    hand_over(case, tuula, bo)
    tell_who_carries(case.pk, NOW)
    outgoing = Outgoing.objects.get()
    for sending in Sending.objects.all():
        assert composed(sending, outgoing, "").count(b"Content-Type: text/plain") == 1
        assert sending.html == ""
        links = re.findall(r"https?://\S+", sending.text)
        # One address for every mail of a case: nobody can be told apart by what they open.
        assert {link.startswith(f"{settings.ADDRESS}/my/") and "?" not in link for link in links} == {True}


def test_no_mail_in_html_loads_anything() -> None:
    """Invitations alone are HTML; whoever adds another finds it looked at here."""
    room = Path(kalevi.__file__).parent
    sent = {path for path in room.rglob("templates/*/mail.html") if "{% extends" not in path.read_text()}
    assert {path.relative_to(room).as_posix() for path in sent} == {
        "channels/invitations/templates/invitations/mail.html"
    }
    assert [path.name for path in sent if WATCHES.search(path.read_text())] == []


def test_a_step_is_proposed_for_when_somebody_is_here_while_the_clock_is_the_customers(
    client: Client, tuula: Colleague
) -> None:
    week = {str(day): ["09:00", "17:00"] for day in range(5)}
    Company.objects.create(pk=1, name="Rauta", time_zone="Europe/Helsinki", opening_hours=week)
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    # A Sunday, 11 o'clock in Helsinki.
    case = open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]
    monday_at_ten = NOW + timedelta(hours=23)
    assert (case.answer_due_at, case.step_at) == (NOW + timedelta(hours=4), monday_at_ten)
    client.post(f"/cases/{case.pk}/step/", {"step": Step.CALL, "when": "hour"})
    case.refresh_from_db()
    assert case.step_at == monday_at_ten


def event(order: Order, kind: str, days: int, **fields: object) -> None:
    row = Intake.objects.create(
        source="test", scope="o", identity=b"%016d" % next(_numbers), content=b"0", raw=b"", received_at=NOW
    )
    at = NOW + timedelta(days=days)
    Event.objects.create(order=order, intake=row, kind=kind, occurred_at=at, received_at=at, **fields)


def test_a_complaint_shows_what_was_promised_against_what_came(client: Client, case: Case) -> None:
    for reference in ("K-77", "K-78"):
        order = Order.objects.create(
            scope="shop", reference=reference, contact=case.contact, made_at=NOW - timedelta(days=9)
        )
        promised = NOW - timedelta(days=5)
        event(order, "ordered", -9, promised_for=promised, lines=[{"item": "ovi", "quantity": 2}])
        event(order, "delivered", -2, lines=[{"item": "ovi", "quantity": 1}])
    page = " ".join(client.get(f"/cases/{case.pk}/").content.decode().split())
    # The words name one of the two.
    assert ("K-77</strong>" in page, "K-78" in page) == (True, False)
    assert "3 days late" in page
    assert '<th scope="row">ovi</th><td>2</td><td>1</td>' in page
