"""Sending over a real SMTP server, and the whole way round: an answer goes out, the customer's comes back."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from kalevi.channels.email import answering, checking, outbox, polling, tasks
from kalevi.channels.email.models import Mailbox, Sending
from kalevi.channels.email.sealing import sealed
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague
from tests.channels.email.made import OURS, mail, outgoing
from tests.verification.mail_servers import PASSWORD, USER, ImapServer, free_port, smtp_server
from tests.verification.test_imap import box

pytestmark = pytest.mark.django_db


def values(port: int, security: str) -> dict[str, Any]:
    return {
        "host": "localhost",
        "port": port,
        "security": security,
        "username": USER,
        "password": PASSWORD,
        "address": OURS,
        "name": "Store",
    }


def ours(port: int, security: str) -> None:
    outgoing(**values(port, security) | {"password": sealed(PASSWORD)})


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mail_is_handed_over_and_known(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_server(tmp_path, security=security) as (port, cert, taken):
        ours(port, security)
        assert checking.try_outgoing(values(port, security), None, to="a@b.fi") == "certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert checking.try_outgoing(values(port, security), None, to="a@b.fi") == ""
        assert (
            checking.try_outgoing(values(port, security) | {"password": "no"}, None, to="a@b.fi") == "login"
        )
        first = outbox.send(to="a@b.fi", subject="Hyvää päivää", text="Hei ä\n.\nloppu")
        outbox.send(to="gone@b.fi", subject="x", text="y")
        outbox.send(to="c@d.fi", subject="x", text="y")
        taken.refused["gone@b.fi"] = "550 5.1.1 no such user"
        taken.answers = []
        assert outbox.deliver.call() == 2
    assert [to for _sender, to, _raw in taken.mails] == ["a@b.fi", "a@b.fi", "c@d.fi"]
    found = message_from_bytes(taken.mails[1][2], policy=default)
    assert found["Message-ID"] == f"<{first.message_id}>"
    assert found.get_content().replace("\r\n", "\n") == "Hei ä\n.\nloppu\n"
    states = list(Sending.objects.order_by("pk").values_list("state", "failure", "reply"))
    assert states == [("sent", "", ""), ("failed", "recipient", "550 5.1.1 no such user"), ("sent", "", "")]


def test_a_server_that_asks_to_wait_is_asked_again(tmp_path: Path) -> None:
    with (
        smtp_server(tmp_path, security="none") as (port, _cert, taken),
        time_machine.travel(timezone.now(), tick=False) as clock,
    ):
        ours(port, "none")
        row = outbox.send(to="a@b.fi", subject="x", text="y")
        taken.answers = ["451 4.7.1 greylisted, try again"]
        assert outbox.deliver.call() == 0
        row.refresh_from_db()
        assert (row.state, row.failure, row.reply) == ("waiting", "busy", "451 4.7.1 greylisted, try again")
        clock.shift(180)
        assert outbox.deliver.call() == 1
    assert checking.try_outgoing(values(free_port(), "none"), None, to="a@b.fi") == "refused"
    assert (
        checking.try_outgoing(values(25, "none") | {"host": "mail.example"}, None, to="a@b.fi")
        == "plain_refused"
    )


def read_a_minute_later() -> None:
    """Read the mailboxes as the worker does once their time has come."""
    Mailbox.objects.update(next_check_at=None)
    tasks.read_mailboxes.call()


def test_the_whole_way_round(trusted: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A customer's mail, our answer over SMTP, their answer from another address to our signed one."""
    colleague = Colleague.objects.create_user("ville@store.example", name="Ville")
    made = box(trusted, "Round")
    trusted.put(mail("Missä tilaukseni on?", message_id="first@example.fi"), folder="Round")
    read_a_minute_later()
    question = Interaction.objects.get()
    with smtp_server(tmp_path, security="none") as (port, _cert, taken):
        ours(port, "none")
        assert checking.prove_signed_address()
        outbox.deliver.call()
        trusted.put(taken.mails[0][2], folder="Round")
        read_a_minute_later()
        answering.answer(
            colleague=colleague,
            token="t",
            interaction=question,
            to="maija@example.fi",
            subject="Re: Tilaus",
            words="Se lähti eilen.",
        )
        outbox.deliver.call()
    sent = message_from_bytes(taken.mails[1][2], policy=default)
    assert sent["In-Reply-To"] == "<first@example.fi>"
    back = sent["Reply-To"].addresses[0].addr_spec
    assert back.startswith("hello+")
    # Nothing but the address tells where it belongs.
    reply = mail(
        "Kiitos, tuli perille!\n\nke 18.11.2026 klo 9.12 Store <hello@store.example> kirjoitti:\n> Se lähti.",
        sender="Maija Malli <maija@work.example>",
        to=back,
    )
    trusted.put(reply, folder="Round")
    read_a_minute_later()
    assert polling.poll(made).stored == 0
    ours_told = Interaction.objects.get(outbound=True)
    thanks = Interaction.objects.get(answers=ours_told)
    assert (thanks.verbatim, thanks.contact_id) == ("Kiitos, tuli perille!", question.contact_id)
    assert ours_told.answers_id == question.pk
    assert Interaction.objects.count() == 3
