"""Answers go out once, find their thread again, and come back marked when they do not arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
import time_machine

from kalevi.channels.email import answering, delivering, outbox, smtp
from kalevi.channels.email.composing import composed, signed_address
from kalevi.channels.email.failures import MailServerError
from kalevi.channels.email.models import Outgoing, Received, Sending
from kalevi.channels.email.sealing import SealedError, bare, opened, sealed, sign, signed
from kalevi.interactions.models import Interaction
from kalevi.jobs import watches
from kalevi.people.models import Colleague
from tests.channels.email.made import NOW, OURS, bring, mail, mailbox, outgoing, told_by

pytestmark = pytest.mark.django_db


class Server:
    """Takes mails, or refuses them with what it is told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.refuse: MailServerError | None = None
        self.down: MailServerError | None = None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that sends in place of SMTP; `tests/verification` sends over the real thing."""
    made = Server()

    @contextmanager
    def opened(**_server: Any) -> Iterator[Server]:
        if made.down:
            raise made.down
        yield made

    def hand_over(server: Server, *, sender: str, to: str, raw: bytes) -> None:
        if server.refuse:
            raise server.refuse
        server.taken.append((to, raw))

    monkeypatch.setattr(smtp, "opened", opened)
    monkeypatch.setattr(smtp, "hand_over", hand_over)
    return made


def asked() -> Interaction:
    """Return a customer's mail as it was understood."""
    (row,) = bring(mailbox(), mail(message_id="asked@example.fi", references="<before@example.fi>"))
    found = told_by(row)
    assert found is not None
    return found


def answered(words: str = "Hei! Se lähti eilen.") -> tuple[Interaction, Sending]:
    """Return a customer's mail and our answer to it."""
    colleague = Colleague.objects.create_user("ville@store.example", name="Ville")
    question = asked()
    sent = answering.answer(
        colleague=colleague,
        token="t",
        interaction=question,
        to="maija@example.fi",
        subject="Re: Tilaus",
        words=words,
    )
    return question, sent


def test_passwords_are_sealed_and_signs_are_ours_alone(settings: Any) -> None:
    assert sealed("") == ""
    kept = sealed("salasana ä")
    assert "salasana" not in kept
    assert opened(kept) == "salasana ä"
    mark = sign(123)
    assert (signed(mark), signed(mark.upper()), signed("a" * 26), signed("short")) == (123, 123, None, None)
    settings.SECRET_KEY = "another"
    assert signed(mark) is None
    with pytest.raises(SealedError):
        opened(kept)
    assert bare("Hello+x@Store.example") == "hello@store.example"


def test_nothing_is_sent_before_a_server_is_set() -> None:
    assert not outbox.can_send()
    with pytest.raises(outbox.CannotSendError) as error:
        outbox.send(to="a@b.fi", subject="x", text="y")
    assert error.value.reason == "not_set"
    outgoing()
    for wrong in ("", "nobody", "a@b.fi\r\nBcc: c@d.fi", "a@b.fi, c@d.fi"):
        with pytest.raises(outbox.CannotSendError):
            outbox.send(to=wrong, subject="x", text="y")


def test_a_mail_is_in_the_outbox_with_the_callers_commit_and_goes_once(server: Server) -> None:
    assert not delivering.some_mail_is_due()
    outgoing()
    first = outbox.send(to="a@b.fi", subject="Hei\r\nBcc: x@y.fi", text="y", key="about:1")
    assert outbox.send(to="a@b.fi", subject="other", text="z", key="about:1").pk == first.pk
    assert delivering.some_mail_is_due()
    assert watches.enqueue_waiting(queues=frozenset({watches.OUTWARD})) == 1
    assert (outbox.deliver.call(), outbox.deliver.call()) == (1, 0)
    assert not delivering.some_mail_is_due()
    found = message_from_bytes(server.taken[0][1], policy=default)
    assert (found["Subject"], found["To"], found["From"]) == ("Hei Bcc: x@y.fi", "a@b.fi", f"Store <{OURS}>")
    assert found["Message-ID"] == f"<{first.message_id}>"
    first.refresh_from_db()
    assert (first.state, first.attempts) == ("sent", 1)


def test_an_invitation_can_be_refused_by_one_click_and_has_both_forms(server: Server) -> None:
    outgoing()
    outbox.send(
        to="a@b.fi",
        subject="Kysely ä",
        text="teksti ä",
        html="<p>teksti ä</p>",
        purpose=outbox.Purpose.INVITATION,
        unsubscribe="https://kalevi.example/no/1/",
        language="fi",
    )
    outbox.deliver.call()
    found = message_from_bytes(server.taken[0][1], policy=default)
    assert found["List-Unsubscribe"] == "<https://kalevi.example/no/1/>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert found.get_body(("plain",)).get_content().strip() == "teksti ä"


def test_a_mail_tried_again_is_the_same_mail() -> None:
    settings = outgoing()
    row = outbox.send(to="a@b.fi", subject="x", text="y", html="<p>y</p>")
    again = Sending.objects.get(pk=row.pk)
    assert composed(row, settings, OURS) == composed(again, settings, OURS)


def test_what_a_server_refuses_for_good_is_not_tried_again(server: Server) -> None:
    outgoing()
    row = outbox.send(to="a@b.fi", subject="x", text="y")
    server.refuse = MailServerError("recipient", "550 no such user")
    outbox.deliver.call()
    row.refresh_from_db()
    assert (row.state, row.failure, row.reply) == ("failed", "recipient", "550 no such user")


def test_what_fails_for_now_is_tried_again_for_three_days(server: Server) -> None:
    outgoing()
    server.down = MailServerError("refused")
    with time_machine.travel(NOW, tick=False) as clock:
        row = outbox.send(to="a@b.fi", subject="x", text="y")
        outbox.deliver.call()
        row.refresh_from_db()
        assert (row.state, row.failure, row.next_at) == ("waiting", "refused", NOW + timedelta(minutes=1))
        assert (Outgoing.objects.get().failure, Outgoing.objects.get().failing_since) == ("refused", NOW)
        clock.shift(timedelta(hours=8))
        outbox.deliver.call()
        row.refresh_from_db()
        assert row.next_at == NOW + timedelta(hours=10)
        clock.shift(timedelta(days=3))
        outbox.deliver.call()
        row.refresh_from_db()
        assert (row.state, row.failure) == ("failed", "refused")
        server.down = None
        outbox.send(to="a@b.fi", subject="x", text="y")
        assert outbox.deliver.call() == 1
        assert Outgoing.objects.get().failure == ""


def test_one_whose_worker_died_goes_again_with_the_same_id(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    outgoing()
    with time_machine.travel(NOW, tick=False) as clock:
        row = outbox.send(to="a@b.fi", subject="x", text="y")
        assert delivering._claim(row.pk) is not None
        # Nobody else sends it while it may be on its way.
        assert outbox.deliver.call() == 0
        clock.shift(timedelta(minutes=11))
        assert outbox.deliver.call() == 1
    assert row.message_id.encode() in server.taken[0][1]


def test_an_answer_is_ours_in_the_thread_of_the_mail(server: Server) -> None:
    outgoing()
    question, sent = answered()
    ours = Interaction.objects.get(intake=sent.intake_id)
    assert (ours.outbound, ours.answers_id, ours.contact_id, ours.verbatim) == (
        True,
        question.pk,
        question.contact_id,
        "Hei! Se lähti eilen.",
    )
    outbox.deliver.call()
    to, raw = server.taken[0]
    found = message_from_bytes(raw, policy=default)
    assert (to, found["In-Reply-To"]) == ("maija@example.fi", "<asked@example.fi>")
    assert found["References"] == "<before@example.fi> <asked@example.fi>"
    # Sent twice by an impatient finger: one answer.
    again = answering.answer(
        colleague=Colleague.objects.get(),
        token="t",
        interaction=question,
        to="maija@example.fi",
        subject="Re: Tilaus",
        words="Hei! Se lähti eilen.",
    )
    assert again.pk == sent.pk
    assert (Sending.objects.count(), Interaction.objects.filter(outbound=True).count()) == (1, 1)


def test_the_signed_address_is_used_once_it_is_known_to_work(server: Server) -> None:
    settings = outgoing()
    _question, sent = answered()
    box = settings.address
    assert message_from_bytes(composed(sent, settings, box))["Reply-To"] is None
    probe = outbox.send(to=signed_address(box, 1), subject="x", text="y", purpose=outbox.Purpose.PROBE)
    outbox.deliver.call()
    raw = next(raw for to, raw in server.taken if to == probe.to)
    rows = bring(mailbox(address="sales@store.example"), raw)
    assert (Received.objects.get(pk=rows[0].pk).kind, told_by(rows[0])) == ("probe", None)
    settings.refresh_from_db()
    assert settings.signed_since is not None
    back = message_from_bytes(composed(sent, settings, box), policy=default)["Reply-To"]
    assert back == f"Store <hello+{sign(sent.pk)}@store.example>"
    assert signed_address("x" * 40 + "@a.fi", 1) == "x" * 40 + "@a.fi"


@pytest.mark.parametrize(
    ("sender", "contacts"),
    [
        ("Maija Malli <maija@example.fi>", 1),
        ("Maija Malli <toinen@example.org>", 1),
        ("Pekka Malli <pekka@example.org>", 2),
    ],
)
def test_an_answer_finds_its_interaction_even_from_another_address(sender: str, contacts: int) -> None:
    outgoing()
    question, sent = answered()
    ours = Interaction.objects.get(intake=sent.intake_id)
    box = mailbox(address="b@store.example")
    rows = bring(
        box,
        mail("Kiitos!", sender=sender, to=f"hello+{sign(sent.pk)}@store.example"),
        mail("Kiitos vielä!", sender=sender, in_reply_to=f"<{sent.message_id}>"),
        mail("Ei meille", sender=sender, to="hello+" + "a" * 26 + "@store.example"),
    )
    told = [told_by(row) for row in rows]
    assert [one.answers_id if one else 0 for one in told] == [ours.pk, ours.pk, None]
    people = {question.contact_id, *[one.contact_id if one else 0 for one in told[:2]]}
    assert len(people) == contacts


def dsn(message_id: str, *, action: str = "failed", named: str = "returned") -> bytes:
    """Return a delivery report."""
    original = (
        f"--e\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: x\r\n\r\n"
        if named == "returned"
        else ""
    )
    text = f"Message-ID: <{message_id}>" if named == "told" else "See below."
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <report-{action}-{named}@mx.example>\r\nAuto-Submitted: auto-replied\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=e\r\n\r\n"
        f"--e\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        "--e\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; maija@example.fi\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 no such user here\r\n\r\n{original}--e--\r\n"
    ).encode()


@pytest.mark.parametrize("named", ["returned", "told"])
def test_a_bounce_marks_our_mail_with_the_reason(server: Server, named: str) -> None:
    outgoing()
    _question, sent = answered()
    outbox.deliver.call()
    rows = bring(mailbox(address="b@store.example"), dsn(sent.message_id, named=named))
    assert (Received.objects.get(pk=rows[0].pk).kind, told_by(rows[0])) == ("bounce", None)
    sent.refresh_from_db()
    assert (sent.state, sent.reply) == ("bounced", "5.1.1 550 5.1.1 no such user here")


def test_reports_of_delay_and_arrival(server: Server) -> None:
    outgoing()
    _question, sent = answered()
    outbox.deliver.call()
    box = mailbox(address="b@store.example")
    bring(box, dsn(sent.message_id, action="delayed"))
    sent.refresh_from_db()
    assert sent.state == "sent"
    bring(box, dsn(sent.message_id, action="delivered"))
    sent.refresh_from_db()
    assert sent.state == "delivered"
    # Somebody else's mail that came back is none of ours.
    bring(box, dsn("somebody@else.example"))
    sent.refresh_from_db()
    assert sent.state == "delivered"
