"""Reading a mailbox of a real server: over TLS, without changing it, each mail once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kalevi.channels.email import checking, polling, tasks
from kalevi.channels.email.models import Mailbox
from kalevi.channels.email.receiving import SOURCE
from kalevi.channels.email.sealing import sealed
from kalevi.interactions.models import Intake, Interaction
from tests.channels.email.made import mail, mailbox
from tests.verification.mail_servers import PASSWORD, USER, ImapServer, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("imap")]


def box(server: ImapServer, folder: str, **fields: Any) -> Mailbox:
    values: dict[str, Any] = {
        "host": "localhost",
        "port": server.tls_port,
        "security": "tls",
        "username": USER,
        "password": sealed(PASSWORD),
        "folder": folder,
        "since": date(2020, 1, 1),
    }
    return mailbox(**values | fields)


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_mails_are_stored_once_and_stay_unread_on_the_server(trusted: ImapServer, security: str) -> None:
    folder = f"Saapuneet ä {security}"
    encoded = folder.replace("ä", "&AOQ-")
    raws = [mail(f"Viesti numero {n}", subject="Kysymys") for n in range(3)]
    trusted.put(*raws, folder=f'"{encoded}"')
    made = box(
        trusted, folder, security=security, port=trusted.tls_port if security == "tls" else trusted.port
    )
    assert tasks.read_mailboxes.call() == {"stored": 3, "understood": 3}
    made.refresh_from_db()
    assert (made.failure, made.last_uid) == ("", 3)
    assert [bytes(row.raw or b"") for row in Intake.objects.filter(source=SOURCE).order_by("pk")] == raws
    assert Interaction.objects.count() == 3
    assert polling.poll(made).looked_at == 0
    assert trusted.unread(f'"{encoded}"') == 3


def test_a_stored_mail_is_marked_read_where_that_is_wished(trusted: ImapServer) -> None:
    trusted.put(mail(), mail(), folder="Read")
    polling.poll(box(trusted, "Read", mark_read=True))
    assert trusted.unread("Read") == 0


def test_a_folder_made_anew_brings_nothing_twice(trusted: ImapServer) -> None:
    name = f"Anew-{uuid4().hex}"
    raws = [mail(), mail()]
    trusted.put(*raws, folder=name)
    made = box(trusted, name)
    assert polling.poll(made).stored == 2
    trusted.remove(name)
    trusted.put(*raws, mail("uusi"), folder=name)
    made.refresh_from_db()
    assert polling.poll(made).stored == 1
    assert Intake.objects.filter(source=SOURCE).count() == 3


def test_mail_from_before_the_first_day_is_left_alone(trusted: ImapServer) -> None:
    trusted.put(mail(), folder="Later")
    # The day is the server's own, on which the mail came to it: today.
    assert polling.poll(box(trusted, "Later", since=date(2090, 1, 1))).looked_at == 0


def test_a_mail_too_large_is_kept_in_part(trusted: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kalevi.channels.email.imap.LARGEST", 10_000)
    monkeypatch.setattr("kalevi.channels.email.imap.KEPT_OF_LARGER", 1_000)
    trusted.put(mail("x" * 20_000), mail(), folder="Large")
    assert polling.poll(box(trusted, "Large")).stored == 2
    rows = list(Intake.objects.filter(source=SOURCE).order_by("pk"))
    assert [(row.reason, len(bytes(row.raw or b"")) == 1_000) for row in rows] == [
        ("too_large", True),
        ("", False),
    ]


def test_what_is_wrong_is_told_in_plain_keys(
    imap: ImapServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    right: dict[str, Any] = {
        "host": "localhost",
        "port": imap.tls_port,
        "security": "tls",
        "username": USER,
        "password": PASSWORD,
        "folder": "INBOX",
        "since": date(2020, 1, 1),
    }

    def tried(**changed: Any) -> str:
        return checking.try_mailbox(right | changed, None)[0]

    assert tried() == "certificate"
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.certificate))
    assert {
        "right": tried(),
        "password": tried(password="wrong"),
        "letters": tried(password="väärä"),
        "folder": tried(folder="Nowhere"),
        "name": tried(host="127.0.0.1"),
        "closed": tried(port=free_port()),
        "open_port": tried(port=imap.port),
        "starttls": tried(port=imap.port, security="starttls"),
        "openly": tried(host="mail.example", security="none"),
        "nobody": tried(host="no-such-host.invalid"),
    } == {
        "right": "",
        "password": "login",
        "letters": "login",
        "folder": "folder",
        "name": "certificate",
        "closed": "refused",
        "open_port": "not_tls",
        "starttls": "",
        "openly": "plain_refused",
        "nobody": "no_such_host",
    }
    # Both sides wait for the other to begin.
    monkeypatch.setattr("kalevi.channels.email.imap.SECONDS", 1)
    assert tried(security="starttls") == "silent"
