"""What came along with a mail: kept outside what is served, given only to be saved, erased with the words."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kalevi.channels.email import keeping_files, tasks
from kalevi.channels.email.models import Attachment, Received, Sending
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.erasing import erase
from kalevi.people.models import Colleague, Reason
from tests.channels.email.made import bring, mail, mailbox, told_by
from tests.channels.email.test_sending import answered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """A folder of files of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files" / "mail"


def with_files(*named: tuple[str, bytes], sender: str = "maija@example.fi") -> bytes:
    parts = "".join(
        f'--e\nContent-Type: application/octet-stream; name="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(content).decode()}\n"
        for name, content in named
    )
    raw = mail(f"--e\n\nKuva ohessa.\n{parts}--e--", sender=sender)
    plain, mixed = b"text/plain; charset=utf-8", b"multipart/mixed; boundary=e"
    return raw.replace(plain, mixed, 1)


def on_disk(files: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in files.glob("*/*"))


def test_files_are_kept_once_and_given_only_to_be_saved(client: Client, files: Path) -> None:
    page = b"<script>alert(1)</script>"
    bring(mailbox(), with_files(("a.html", page), ("ä 1.png", b"PNG")), with_files(("b.html", page)))
    assert on_disk(files) == sorted([page, b"PNG"])
    assert {path.stat().st_mode & 0o777 for path in files.glob("*/*")} == {0o600}
    assert files.stat().st_mode & 0o777 == 0o700
    client.force_login(Colleague.objects.create_user("x@example.fi", name="X", role="frontline"))
    row = Attachment.objects.get(name="a.html")
    answer = client.get(f"/attachments/{row.pk}/")
    assert b"".join(answer.streaming_content) == page  # type: ignore[attr-defined]
    headers = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    assert [answer[name] for name in headers] == [
        "application/octet-stream",
        "attachment; filename*=UTF-8''a.html",
        "nosniff",
        "default-src 'none'; sandbox",
    ]
    assert client.get("/attachments/999/").status_code == 404


def test_programs_many_and_large_files_are_not_kept(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_files, "LARGEST", 100)
    monkeypatch.setattr(keeping_files, "MOST", 4)
    named = [
        ("kutsu.exe", b"MZ"),
        ("iso.bin", b"x" * 101),
        ("ok.txt", b"ok"),
        ("x.js .", b"y"),
        ("5.txt", b"5"),
    ]
    bring(mailbox(), with_files(*named))
    found = list(Attachment.objects.order_by("number").values_list("name", "refused"))
    assert found == [
        ("kutsu.exe", "program"),
        ("iso.bin", "too_large"),
        ("ok.txt", ""),
        ("x.js .", "program"),
        ("5.txt", "too_many"),
    ]
    assert on_disk(files) == [b"ok"]


def test_erasing_the_words_erases_what_came_along(files: Path) -> None:
    rows = bring(
        mailbox(),
        with_files(("a.txt", b"shared"), ("b.txt", b"own")),
        with_files(("a.txt", b"shared"), sender="pekka@example.fi"),
    )
    told = told_by(rows[0])
    assert told is not None
    erase(kind="interaction", number=told.pk, reason=Reason.REQUEST, actor_id=None)
    assert on_disk(files) == [b"shared"]
    assert Attachment.objects.count() == 1
    other = told_by(rows[1])
    assert other is not None
    assert other.contact_id is not None
    erase(kind="contact", number=other.contact_id, reason=Reason.REQUEST, actor_id=None)
    assert on_disk(files) == []
    assert Attachment.objects.count() == 0


def test_erasing_a_person_reaches_their_automatic_answers_and_what_we_sent(files: Path) -> None:
    from tests.channels.email.made import outgoing

    outgoing()
    question, sent = answered()
    rows = bring(
        mailbox(address="b@store.example"),
        mail("Olen lomalla.", auto_submitted="auto-replied", in_reply_to=f"<{sent.message_id}>"),
        mail("Toinen", sender="pekka@example.fi"),
    )
    assert question.contact_id is not None
    erase(kind="contact", number=question.contact_id, reason=Reason.REQUEST, actor_id=None)
    rows = [Intake.objects.get(pk=row.pk) for row in rows]
    assert [row.raw is None for row in rows] == [True, False]
    assert Sending.objects.count() == 0
    ours = Interaction.objects.get(intake=sent.intake)
    assert ours.verbatim is None
    assert Received.objects.get(pk=rows[0].pk).sending_id is None


def test_tidying_removes_files_nobody_speaks_of_and_old_mail_of_machines(files: Path) -> None:
    import time_machine

    from tests.channels.email.made import NOW

    with time_machine.travel(NOW, tick=False) as clock:
        rows = bring(mailbox(), mail(auto_submitted="auto-replied"), with_files(("a.txt", b"kept")))
        (files / "ab").mkdir(exist_ok=True)
        (files / "ab" / ".cut-short").write_bytes(b"x")
        assert tasks.clean_up.call() == 1
        assert on_disk(files) == [b"kept"]
        clock.shift(91 * 86_400)
        tasks.clean_up.call()
        rows = [Intake.objects.get(pk=row.pk) for row in rows]
        assert [row.raw is None for row in rows] == [True, False]
        assert on_disk(files) == [b"kept"]
