"""A backup brings everything back, and erases again what was erased since."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from kalevi.config import backup
from kalevi.config.backup import RestoreRefusedError
from kalevi.guards import frozen
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Intake
from kalevi.people import erasing
from kalevi.people.models import Contact, Reason

pytestmark = pytest.mark.django_db(transaction=True)
SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    return tmp_path


def arrive(words: bytes) -> None:
    with transaction.atomic():
        receive(source="test", scope="test", arrivals=[Arrival(digest(words), digest(words), words)], at=SAID)


def test_restore_brings_back_what_was_there_and_not_what_came_after(home: Path) -> None:
    Contact.objects.create(name="Aino", created_at=SAID)
    arrive(b"first")
    (home / "files").mkdir()
    (home / "files" / "a").write_text("kept")
    archive = backup.write(home / "backups" / "one.tar.gz")
    arrive(b"second")
    (home / "files" / "a").write_text("changed")
    assert backup.restore(archive) == 0
    assert [bytes(raw or b"") for raw in Intake.objects.values_list("raw", flat=True)] == [b"first"]
    assert Contact.objects.get().name == "Aino"
    assert (home / "files" / "a").read_text() == "kept"
    assert frozen.missing(connection) == []
    arrive(b"third")
    assert Intake.objects.count() == 2


def test_restore_erases_again(home: Path) -> None:
    contact = Contact.objects.create(name="Aino", created_at=SAID)
    archive = backup.write(home / "one.tar.gz")
    erasing.erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    assert backup.restore(archive) == 1
    assert Contact.objects.get().name == ""


def test_backup_is_private(home: Path) -> None:
    archive = backup.write(home / "backups" / "one.tar.gz")
    assert archive.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in archive.parent.iterdir()) == ["one.tar.gz"]


def test_what_is_no_backup_is_refused_before_anything_changes(home: Path) -> None:
    arrive(b"first")
    (home / "x.tar.gz").write_bytes(b"no archive")
    with pytest.raises(RestoreRefusedError, match="not_a_backup"):
        backup.restore(home / "x.tar.gz")
    assert Intake.objects.count() == 1
