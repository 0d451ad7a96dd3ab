"""Thanks at once: in the customer's language, once a sender a day, and never to a machine."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from kalevi.channels.email import outbox
from kalevi.channels.email.composing import composed
from kalevi.channels.email.models import Mailbox, Outgoing, Received, Sending
from kalevi.channels.email.receiving import SOURCE, arrival, scope_of
from kalevi.channels.email.seeing import see
from kalevi.interactions.intake import receive
from kalevi.interactions.models import Intake
from kalevi.people.models import Colleague
from tests.channels.email.made import NOW, OURS, bring, mail, mailbox, outgoing

pytestmark = pytest.mark.django_db
TODAY = "Sun, 22 Nov 2026 10:55:00 +0200"


def thanks() -> list[Sending]:
    return list(Sending.objects.filter(purpose=Sending.Purpose.ACKNOWLEDGEMENT).order_by("pk"))


def test_nobody_is_thanked_unless_the_company_wishes_it() -> None:
    outgoing()
    with time_machine.travel(NOW, tick=False):
        bring(mailbox(), mail(date=TODAY))
    assert thanks() == []


@pytest.mark.parametrize(
    ("text", "language", "begins"),
    [
        ("Hei, missä tilaukseni viipyy?", "fi", "Hei,"),
        ("Hej, var är min beställning?", "sv", "Hej,"),
        ("Hello, where is my order?", "en", "Hello,"),
    ],
)
def test_thanks_speak_the_language_of_the_mail(text: str, language: str, begins: str) -> None:
    settings = outgoing(acknowledge=True)
    with time_machine.travel(NOW, tick=False):
        bring(mailbox(), mail(text, date=TODAY, subject="Order 5"))
    (row,) = thanks()
    assert (row.language, row.to, row.subject) == (language, "maija@example.fi", "Re: Order 5")
    assert row.text.startswith(begins)
    raw = composed(row, settings, OURS).decode()
    assert "Auto-Submitted: auto-replied" in raw
    assert "X-Auto-Response-Suppress: All" in raw


@pytest.mark.parametrize(
    "raw",
    [
        mail(date=TODAY, auto_submitted="auto-generated"),
        mail(date=TODAY, precedence="list"),
        mail(date=TODAY, list_id="<a.example>"),
        mail(date=TODAY, sender="no-reply@shop.example"),
        mail(date=TODAY, return_path="<>"),
        mail(date=TODAY, subject="Out of office"),
        mail(date=TODAY, sender="hello+x@store.example"),
        mail(date=TODAY, sender="ville@store.example"),
        mail(date=TODAY, in_reply_to="<known@example.fi>"),
        mail(date="Mon, 02 Nov 2026 10:00:00 +0200"),
    ],
)
def test_machines_lists_colleagues_answers_and_old_mails_are_not_thanked(raw: bytes) -> None:
    Colleague.objects.create_user("ville@store.example", name="Ville")
    box = mailbox()
    bring(box, mail("Aiempi", message_id="known@example.fi"))
    outgoing(acknowledge=True)
    with time_machine.travel(NOW, tick=False):
        bring(box, raw)
    assert thanks() == []


def test_one_sender_is_thanked_once_a_day_however_they_vary_their_address() -> None:
    outgoing(acknowledge=True)
    box = mailbox()
    with time_machine.travel(NOW, tick=False) as clock:
        bring(box, mail(date=TODAY), mail(date=TODAY, sender="MAIJA+a@example.fi"))
        assert len(thanks()) == 1
        clock.shift(timedelta(hours=23))
        bring(box, mail(date="rubbish"))
        assert len(thanks()) == 1
        clock.shift(timedelta(hours=2))
        bring(box, mail(date="rubbish"))
        assert len(thanks()) == 2


def test_a_flood_of_senders_is_not_answered_without_end() -> None:
    outgoing(acknowledge=True)
    with time_machine.travel(NOW, tick=False):
        bring(mailbox(), *[mail("Hi", date=TODAY, sender=f"s{n}@example.fi") for n in range(130)])
    assert len(thanks()) == 120


def arrived(box: Mailbox, raw: bytes) -> None:
    """Receive a mail and note what it is; its words are not needed here."""
    with transaction.atomic():
        receive(source=SOURCE, scope=scope_of(box.pk), arrivals=[arrival(raw)], at=timezone.now())
    see([Intake.objects.latest("pk")])


def test_two_machines_that_answer_each_other_stop_at_once() -> None:
    """The other machine answers everything at once, shows no sign of being one and changes its address."""
    settings = outgoing(acknowledge=True)
    box = mailbox()
    answered = 0
    with time_machine.travel(NOW, tick=False) as clock:
        waiting = mail("Kiitos viestistäsi, palaamme asiaan.", date="rubbish")
        for number in range(1_000):
            arrived(box, waiting)
            clock.shift(timedelta(seconds=30))
            ours = [row for row in thanks() if row.state == "waiting"]
            answered += len(ours)
            sender = f"Machine <maija+{number}@example.fi>" if number % 2 else "maija@example.fi"
            headers = {}
            for row in ours:
                assert composed(row, settings, OURS)
                headers = {"in_reply_to": f"<{row.message_id}>"} if number % 3 else {}
            Sending.objects.filter(state="waiting").update(state="sent", sent_at=NOW)
            waiting = mail(f"Kiitos viestistäsi {number}.", date="rubbish", sender=sender, **headers)
    # A thousand rounds of half a minute are a little over eight hours.
    assert answered == 1
    assert Received.objects.count() == 1_000
    assert Outgoing.objects.get().acknowledge
    assert outbox.can_send()
