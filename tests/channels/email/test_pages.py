"""Pages of mail: who sees what, settings that say what is wrong, the quarantine, answering."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kalevi.audit.models import Entry
from kalevi.channels.email import imap, outbox
from kalevi.channels.email.failures import MailServerError
from kalevi.channels.email.models import Mailbox, Outgoing, Sending
from kalevi.channels.email.sealing import opened
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Colleague
from tests.channels.email.made import FakeFolder, bring, mail, mailbox, outgoing, serve, told_by
from tests.channels.email.test_parsing import nested

pytestmark = pytest.mark.django_db
FORM = {
    "address": "hello@store.example",
    "host": "Mail.Example.fi",
    "port": "993",
    "security": "tls",
    "username": "hello",
    "password": "a secret",
    "folder": "INBOX",
    "since": "2026-11-01",
    "active": "on",
}


def signed_in(client: Client, role: str) -> Colleague:
    colleague = Colleague.objects.create_user(f"{role}@store.example", name="Ville", role=role)
    client.force_login(colleague)
    return colleague


def test_a_mailbox_is_tried_then_kept_with_its_password_sealed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(client, "administrator")

    def refuse(**_server: Any) -> None:
        raise MailServerError("login")

    monkeypatch.setattr(imap, "opened", refuse)
    # Nothing is stored yet that an empty field could keep.
    assert b"Leave it empty" not in client.get("/settings/email/mailboxes/add/").content
    answer = client.post("/settings/email/mailboxes/add/", FORM | {"try": "yes"})
    assert b"does not accept the user name and password" in answer.content
    assert not Mailbox.objects.exists()
    serve(monkeypatch, FakeFolder({1: mail(), 2: mail()}))
    answer = client.post("/settings/email/mailboxes/add/", FORM | {"try": "yes"})
    assert b"There are 2 mails" in answer.content
    assert b"a secret" not in answer.content
    assert client.post("/settings/email/mailboxes/add/", FORM).status_code == 302
    box = Mailbox.objects.get()
    assert (box.host, opened(box.password), "secret" in box.password) == (
        "mail.example.fi",
        "a secret",
        False,
    )
    # The stored password goes nowhere else.
    other = client.post(
        f"/settings/email/mailboxes/{box.pk}/", FORM | {"password": "", "host": "evil.example"}
    )
    assert b"give the password again" in other.content
    kept = client.post(f"/settings/email/mailboxes/{box.pk}/", FORM | {"password": "", "folder": "Asiakkaat"})
    assert kept.status_code == 302
    box.refresh_from_db()
    assert (box.folder, opened(box.password)) == ("Asiakkaat", "a secret")
    page = client.get(f"/settings/email/mailboxes/{box.pk}/")
    assert b"a secret" not in page.content
    assert box.password.encode() not in page.content
    client.post(f"/settings/email/mailboxes/{box.pk}/remove/")
    assert not Mailbox.objects.exists()
    done = Entry.objects.filter(action__startswith="email.").order_by("pk")
    assert list(done.values_list("action", flat=True)) == [
        "email.keep_mailbox",
        "email.keep_mailbox",
        "email.remove_mailbox",
    ]


def test_an_open_way_is_only_for_this_machine(client: Client) -> None:
    signed_in(client, "administrator")
    answer = client.post("/settings/email/mailboxes/add/", FORM | {"security": "none"})
    assert answer.status_code == 422
    assert b"only for a server on this machine" in answer.content


def test_settings_say_what_is_wrong_and_since_when(client: Client) -> None:
    signed_in(client, "administrator")
    since = timezone.now() - timedelta(hours=2)
    mailbox(failure="certificate", failing_since=since, failures=3, next_check_at=timezone.now())
    outgoing(failure="login", failing_since=since)
    page = client.get("/settings/email/").content.decode()
    assert "certificate is not for this name" in page
    assert "does not accept the user name" in page
    assert "Mail waits safely on the server." in page


def test_sending_is_set_up_and_proves_its_signed_address(client: Client) -> None:
    signed_in(client, "administrator")
    mailbox()
    form = {key: FORM[key] for key in ("address", "host", "port", "security", "username", "password")}
    assert client.post("/settings/email/outgoing/", form | {"name": "Store"}).status_code == 302
    assert Outgoing.objects.get().name == "Store"
    probe = Sending.objects.get()
    assert (probe.purpose, probe.to.startswith("hello+"), probe.to.endswith("@store.example")) == (
        "probe",
        True,
        True,
    )


def test_the_quarantine_shows_downloads_and_reads_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(client, "manager")
    raw = nested(40)
    (row,) = bring(mailbox(), raw)
    assert b"packed into itself" in client.get("/settings/email/look/").content
    page = client.get(f"/settings/email/look/{row.pk}/")
    assert b"multipart/mixed" in page.content
    file = client.get(f"/settings/email/look/{row.pk}/download/")
    assert (file.content, file["Content-Disposition"]) == (
        raw,
        f'attachment; filename="kalevi-mail-{row.pk}.eml"',
    )
    assert file["Content-Type"] == "application/octet-stream"
    # A newer version reads what an older one could not.
    monkeypatch.setattr("kalevi.channels.email.mail.parts.MOST_DEPTH", 50)
    assert client.post(f"/settings/email/look/{row.pk}/again/").status_code == 302
    from kalevi.channels.email import tasks

    tasks.understand_waiting.call()
    told = told_by(row)
    assert told is not None
    assert told.verbatim == "words"
    assert client.get(f"/settings/email/look/{row.pk}/").status_code == 404


def test_mail_of_machines_can_be_looked_at_and_customers_mail_cannot(client: Client) -> None:
    signed_in(client, "manager")
    rows = bring(mailbox(), mail(auto_submitted="auto-replied", subject="Poissa"), mail())
    page = client.get("/settings/email/look/?kind=machines").content.decode()
    assert "Poissa" in page
    assert "automatic answer" in page
    assert client.get(f"/settings/email/look/{rows[0].pk}/").status_code == 200
    assert client.get(f"/settings/email/look/{rows[1].pk}/").status_code == 404


def test_the_whole_mail_is_one_click_from_the_words(client: Client) -> None:
    signed_in(client, "frontline")
    text = "Uutta.\n\nke 18.11.2026 klo 9.12 Store <hello@store.example> kirjoitti:\n> Vanhaa <b>lihavaa</b>."
    (row,) = bring(mailbox(), mail(text))
    told = told_by(row)
    assert told is not None
    assert told.verbatim == "Uutta."
    reading = client.get(f"/interactions/{told.pk}/reading/").content.decode()
    assert f"/interactions/{told.pk}/mail/" in reading
    whole = client.get(f"/interactions/{told.pk}/mail/").content.decode()
    assert "Vanhaa &lt;b&gt;lihavaa" in whole
    assert "Maija Malli &lt;maija@example.fi&gt;" in whole


def test_an_answer_is_written_sent_and_shown(client: Client) -> None:
    colleague = signed_in(client, "frontline")
    (row,) = bring(mailbox(), mail(subject="Tilaus 5"))
    told = told_by(row)
    assert told is not None
    path = f"/interactions/{told.pk}/mail/answer/"
    outgoing()
    page = client.get(path)
    form = page.context["form"]
    assert (form.initial["to"], form.initial["subject"]) == ("maija@example.fi", "Re: Tilaus 5")
    sent = {"token": "t", "to": "maija@example.fi", "subject": "Re: Tilaus 5", "words": "Se lähti eilen."}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, sent).status_code == 302
    ours = Interaction.objects.get(outbound=True)
    assert (ours.verbatim, ours.answers_id, ours.told_by_colleague_id) == (
        "Se lähti eilen.",
        told.pk,
        colleague.pk,
    )
    assert "Se lähti eilen." in client.get(f"/interactions/{told.pk}/reading/").content.decode()
    mail_page = client.get(f"/interactions/{ours.pk}/mail/").content.decode()
    assert "waiting to be sent" in mail_page
    assert "Tilaus 5" in mail_page
    assert client.get(f"/interactions/{ours.pk}/mail/answer/").status_code == 404
    assert client.post(path, sent | {"token": "u", "words": ""}).status_code == 422


def test_without_a_server_an_answer_is_kept_as_given_in_another_way(client: Client) -> None:
    signed_in(client, "administrator")
    (row,) = bring(mailbox(), mail(subject="Tilaus 5"))
    told = told_by(row)
    assert told is not None
    path = f"/interactions/{told.pk}/mail/answer/"
    page = client.get(path).content.decode()
    assert "nobody has said which server sends" in page
    assert 'href="/settings/email/outgoing/"' in page
    assert 'href="mailto:maija@example.fi?subject=Re%3A%20Tilaus%205"' in page
    written = {"token": "t", "to": "maija@example.fi", "subject": "Re: Tilaus 5", "words": "Se lähti eilen."}
    # The server was taken away while somebody wrote.
    assert client.post(path, written).context["form"]["words"].value() == "Se lähti eilen."
    without_a_way = client.post(path, written | {"otherwise": "yes"})
    assert without_a_way.status_code == 422
    assert "Se lähti eilen." in without_a_way.content.decode()
    kept = client.post(path, written | {"otherwise": "yes", "channel": "phone"})
    assert kept.headers["Location"] == f"/interactions/{told.pk}/reading/"
    ours = Interaction.objects.get(outbound=True)
    assert (ours.verbatim, ours.answers_id, ours.channel) == ("Se lähti eilen.", told.pk, "phone")
    assert Sending.objects.count() == 0


def test_what_came_back_is_shown_to_leaders(client: Client) -> None:
    signed_in(client, "manager")
    outgoing()
    outbox.send(to="gone@example.fi", subject="Hei", text="x")
    Sending.objects.update(state="bounced", ended_at=timezone.now(), reply="5.1.1 no such user")
    for path in ("/settings/email/look/", "/settings/email/sent/"):
        page = client.get(path).content.decode()
        assert "came back" in page
        assert "5.1.1 no such user" in page


@pytest.mark.parametrize(
    "path",
    [
        "/settings/email/look/",
        "/settings/email/look/?kind=machines",
        "/settings/email/sent/",
        "/settings/email/",
    ],
)
def test_lists_ask_the_database_as_often_for_three_as_for_one(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, "administrator")
    outgoing()

    def one_more(number: int) -> None:
        box = mailbox(address=f"b{number}@store.example")
        bring(box, nested(40 + number), mail(auto_submitted="auto-replied", subject=f"Poissa {number}"))
        outbox.send(to="a@example.fi", subject=f"Hei {number}", text="x")

    one_more(1)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get(path)
    one_more(2)
    one_more(3)
    with django_assert_num_queries(len(first)):
        client.get(path)


def test_pages_go_on_after_twenty_five(client: Client) -> None:
    signed_in(client, "manager")
    box = mailbox()
    bring(box, *[mail(auto_submitted="auto-replied", subject=f"Poissa {n}") for n in range(30)])
    page = client.get("/settings/email/look/?kind=machines")
    assert len(page.context["rows"]) == 25
    older = client.get(f"/settings/email/look/?kind=machines&before={page.context['older']}")
    assert [len(older.context["rows"]), older.context["older"]] == [5, None]
    assert Intake.objects.count() == 30
