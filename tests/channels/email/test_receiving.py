"""From a mailbox to interactions: every mail once, in its thread, with who wrote it."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from kalevi.channels.email import polling, tasks
from kalevi.channels.email.models import Mailbox, Received
from kalevi.channels.email.receiving import SOURCE, arrival, once_more, scope_of
from kalevi.interactions.intake import receive
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Colleague
from tests.channels.email.made import NOW, FakeFolder, bring, mail, mailbox, serve, told_by
from tests.channels.email.test_parsing import nested

pytestmark = pytest.mark.django_db


def test_a_mail_becomes_an_interaction_of_who_wrote_it() -> None:
    with time_machine.travel(NOW, tick=False):
        (row,) = bring(mailbox(), mail("Hei,\n\npaketti on hukassa.\n\nTerveisin\nMaija"))
    told = told_by(row)
    assert told is not None
    assert told.contact is not None
    assert (told.verbatim, told.channel, told.kind, told.outbound) == (
        "Hei,\n\npaketti on hukassa.",
        "email",
        "message",
        False,
    )
    assert (told.contact.name, told.contact.email) == ("Maija Malli", "maija@example.fi")
    assert told.occurred_at.isoformat() == "2026-11-19T07:12:00+00:00"
    assert told.readings.count() == 1


def test_the_subject_speaks_where_there_is_nothing_else() -> None:
    (row,) = bring(mailbox(), mail("", subject="=?utf-8?Q?Miss=C3=A4_paketti_on=3F?="))
    assert getattr(told_by(row), "verbatim", None) == "Missä paketti on?"


def test_a_time_that_cannot_be_true_is_the_time_of_arrival() -> None:
    with time_machine.travel(NOW, tick=False):
        rows = bring(
            mailbox(),
            mail(date="Thu, 01 Jan 2099 00:00:00 +0000"),
            mail(date="Thu, 01 Jan 1970 00:00:00 +0000"),
            mail(date="rubbish"),
        )
    assert [getattr(told_by(row), "occurred_at", None) for row in rows] == [NOW] * 3


def test_polling_goes_on_where_it_was_and_knows_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox(mark_read=True)
    folder = FakeFolder({3: mail(message_id="a@x.fi"), 5: mail(message_id="b@x.fi")})
    serve(monkeypatch, folder)
    assert tasks.read_mailboxes.call() == {"stored": 2, "understood": 2}
    box.refresh_from_db()
    assert (box.last_uid, box.uid_validity, box.failure, folder.read) == (5, 1, "", [3, 5])
    folder.mails[9] = mail(message_id="c@x.fi")
    assert polling.poll(box).stored == 1
    # The server numbers everything anew: all is looked at, nothing comes twice.
    folder.validity, folder.mails = 2, {number + 100: raw for number, raw in folder.mails.items()}
    box.refresh_from_db()
    polled = polling.poll(box)
    assert (polled.stored, polled.looked_at) == (0, 3)
    box.refresh_from_db()
    assert (box.last_uid, box.uid_validity, Intake.objects.filter(source=SOURCE).count()) == (109, 2, 3)


def test_a_broken_connection_keeps_what_came_and_rests_longer_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = mailbox()
    folder = FakeFolder({1: mail(), 2: mail(), 3: mail()})
    folder.fail_at = 2
    serve(monkeypatch, folder)
    with time_machine.travel(NOW, tick=False) as clock:
        rests = []
        for _try in range(8):
            polling.poll(Mailbox.objects.get())
            box.refresh_from_db()
            assert box.next_check_at is not None
            rests.append(int((box.next_check_at - timezone.now()).total_seconds() // 60))
            clock.shift(60)
        assert rests == [1, 2, 4, 8, 16, 32, 60, 60]
        assert (box.last_uid, box.failure, box.failing_since) == (1, "broken", NOW)
        assert polling.poll_due().looked_at == 0
        folder.fail_at = None
        clock.shift(timedelta(hours=1))
        assert polling.some_mailbox_is_due()
        assert polling.poll_due().stored == 2
        assert not polling.some_mailbox_is_due()
        clock.shift(polling.EVERY)
        assert polling.some_mailbox_is_due()
    box.refresh_from_db()
    assert (box.last_uid, box.failure, box.failures, box.failing_since) == (3, "", 0, None)


def test_a_mail_that_is_too_large_is_kept_in_part_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kalevi.channels.email.imap.LARGEST", 1_000)
    monkeypatch.setattr("kalevi.channels.email.imap.KEPT_OF_LARGER", 500)
    serve(monkeypatch, FakeFolder({1: mail("x" * 5_000), 2: mail()}))
    mailbox()
    tasks.read_mailboxes.call()
    rows = Intake.objects.filter(source=SOURCE).order_by("pk")
    assert [(row.state, row.reason, len(bytes(row.raw or b"")) == 500) for row in rows] == [
        (Intake.State.REJECTED, "too_large", True),
        (Intake.State.UNDERSTOOD, "", False),
    ]


def test_what_cannot_be_read_is_kept_whole_with_the_reason() -> None:
    raw = nested(500)
    (row,) = bring(mailbox(), raw)
    assert (row.state, row.reason, bytes(row.raw or b"")) == (Intake.State.REJECTED, "too_deep", raw)
    assert not Interaction.objects.exists()


def test_the_same_id_with_other_words_loses_nothing() -> None:
    rows = bring(
        mailbox(),
        mail("Ensimmäinen viesti", message_id="always@machine.example"),
        mail("Toinen viesti", message_id="always@machine.example"),
        mail("Toinen viesti", message_id="always@machine.example", received="by another way"),
    )
    assert [getattr(told_by(row), "verbatim", None) for row in rows] == [
        "Ensimmäinen viesti",
        "Toinen viesti",
    ]
    assert [getattr(told_by(row), "older_version_id", 0) for row in rows] == [None, None]


def test_a_mail_to_two_mailboxes_is_one_interaction() -> None:
    first, second = mailbox(), mailbox(address="sales@store.example")
    raw = mail()
    bring(first, raw)
    (row,) = bring(second, raw)
    assert Received.objects.get(pk=row.pk).kind == "copy"
    assert Interaction.objects.count() == 1


def test_a_customers_second_mail_is_in_the_thread_and_does_not_answer_the_first() -> None:
    box = mailbox()
    rows = bring(box, mail(message_id="one@x.fi"), mail("Ja vielä tämä", in_reply_to="<one@x.fi>"))
    assert Received.objects.get(pk=rows[1].pk).parent_id == rows[0].pk
    assert [getattr(told_by(row), "answers_id", 0) for row in rows] == [None, None]


def test_a_colleagues_own_mail_in_the_thread_is_our_answer() -> None:
    box = mailbox()
    colleague = Colleague.objects.create_user("ville@store.example", name="Ville")
    rows = bring(
        box,
        mail(message_id="one@x.fi"),
        mail("Lähti eilen.", sender="Ville <ville@store.example>", in_reply_to="<one@x.fi>"),
        mail("Asiakas soitti ja kiitti.", sender="ville@store.example", subject="Fwd"),
        mail("Tervetuloa!", sender="hello@store.example", to="all@example.fi"),
    )
    first, second, third = (told_by(row) for row in rows[:3])
    assert first is not None
    assert second is not None
    assert third is not None
    assert (second.outbound, second.answers_id, second.contact_id) == (True, first.pk, first.contact_id)
    assert (third.outbound, third.told_by_colleague_id, third.contact_id) == (False, colleague.pk, None)
    assert told_by(rows[3]) is None
    assert Received.objects.get(pk=rows[3].pk).kind == "own"


def test_a_form_on_our_own_pages_speaks_for_the_customer() -> None:
    (row,) = bring(
        mailbox(), mail(sender="Web form <hello@store.example>", reply_to="Liisa Malli <liisa@example.fi>")
    )
    told = told_by(row)
    assert told is not None
    assert told.contact is not None
    assert (told.outbound, told.contact.email, told.contact.name) == (
        False,
        "liisa@example.fi",
        "Liisa Malli",
    )


def test_mails_of_machines_are_kept_and_are_no_words_of_a_customer() -> None:
    rows = bring(
        mailbox(),
        mail(auto_submitted="auto-replied", subject="Automaattinen vastaus: Tilaus"),
        mail(subject="Automaattinen vastaus: Tilaus", x_auto_response_suppress="All"),
        mail(subject="Automaattinen vastaus teiltä ei auttanut"),
        mail(precedence="bulk", list_unsubscribe="<https://x.example>"),
        mail(precedence="list", list_id="<group.example>", list_unsubscribe="<https://x.example>"),
    )
    kinds = [Received.objects.get(pk=row.pk).kind for row in rows]
    assert kinds == ["automatic", "automatic", "message", "bulk", "message"]
    assert [told_by(row) is not None for row in rows] == [False, False, True, False, True]
    assert {row.state for row in rows} == {Intake.State.UNDERSTOOD}


@pytest.mark.django_db(transaction=True)
@pytest.mark.reliability
def test_the_same_mail_a_hundred_times_from_twenty_threads_is_one_row() -> None:
    box, raw = mailbox(), mail()
    begin, answers = threading.Barrier(20), []

    def bring_five_times() -> None:
        try:
            begin.wait(20)
            for _time in range(5):

                def write() -> int:
                    with transaction.atomic():
                        got = receive(
                            source=SOURCE, scope=scope_of(box.pk), arrivals=[arrival(raw)], at=timezone.now()
                        )
                    return got.stored

                answers.append(once_more(write))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring_five_times) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(answers), sum(answers)) == (100, 1)
    assert Intake.objects.filter(source=SOURCE).count() == 1
    tasks.understand_mail()
    assert Interaction.objects.count() == 1


def test_an_earlier_day_to_begin_from_looks_at_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox(last_uid=7, uid_validity=1, since=date(2026, 1, 1))
    serve(monkeypatch, FakeFolder({8: mail()}))
    assert polling.poll(box).stored == 1
    # Somebody changed the day while the mailbox was read: what was reached then is not gone on from.
    Mailbox.objects.update(since=date(2025, 1, 1), last_uid=0)
    polling.poll(box)
    assert Mailbox.objects.get().last_uid == 0
