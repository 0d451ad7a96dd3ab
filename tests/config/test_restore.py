"""A restore refuses what it cannot use before it touches anything, and gives no id out twice."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import connection, transaction

from kalevi.audit import anchor
from kalevi.audit.actions import record
from kalevi.audit.models import Entry
from kalevi.audit.tasks import drop_anchor, extend_chain
from kalevi.config import backup, installation
from kalevi.config.backup import RestoreRefusedError
from kalevi.interactions.ids import interaction_id
from kalevi.interactions.intake import Arrival, receive
from kalevi.interactions.models import Intake
from kalevi.people import erasing, holdings, ledger
from kalevi.people.models import Contact, Reason

pytestmark = pytest.mark.django_db(transaction=True)
SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    return tmp_path


def changed(path: Path, change: Change) -> Path:
    with tarfile.open(path) as archive:
        members = {m.name: archive.extractfile(m).read() for m in archive if m.isfile()}
    change(members)
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


def without_data(members: dict[str, bytes]) -> None:
    for name in [name for name in members if name != "manifest.json"]:
        del members[name]


def with_broken_data(members: dict[str, bytes]) -> None:
    for name in [name for name in members if name != "manifest.json"]:
        del members[name]
    members["kalevi.sqlite3"] = b"SQLite format 3\x00" + b"x" * 5000


def with_empty_data(members: dict[str, bytes]) -> None:
    without_data(members)
    members["kalevi.sqlite3"] = b""


def with_a_list_for_manifest(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b"[]"


def with_odd_migrations(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**manifest, "migrations": [1, 2]}).encode()


def with_a_way_out(members: dict[str, bytes]) -> None:
    members["../outside"] = b"x"


@pytest.mark.parametrize(
    "change",
    [
        without_data,
        with_broken_data,
        with_empty_data,
        with_a_list_for_manifest,
        with_odd_migrations,
        with_a_way_out,
    ],
)
def test_an_archive_without_a_whole_database_changes_nothing(home: Path, change: Change) -> None:
    archive = changed(backup.write(home / "one.tar.gz"), change)
    Contact.objects.create(name="Aino", created_at=SAID)
    for attempt in (backup.check, backup.restore):
        with pytest.raises(RestoreRefusedError, match="not_a_backup"):
            attempt(archive)
    assert Contact.objects.get().name == "Aino"
    assert sorted(path.name for path in home.iterdir()) == ["one.tar.gz"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_cut_short_or_damaged_changes_nothing(home: Path, share: float) -> None:
    Contact.objects.create(name="Aino", created_at=SAID)
    archive = backup.write(home / "one.tar.gz")
    whole = archive.read_bytes()
    place = int(len(whole) * share)
    for broken in (whole[:place], whole[:place] + b"\xff\x00\xff\x00" + whole[place + 4 :]):
        archive.write_bytes(broken)
        with pytest.raises(RestoreRefusedError, match="not_a_backup"):
            backup.check(archive)
    archive.write_bytes(gzip.compress(b"no archive"))
    with pytest.raises(RestoreRefusedError, match="not_a_backup"):
        backup.check(archive)


def test_links_lead_nowhere(home: Path) -> None:
    archive = home / "links.tar.gz"
    with tarfile.open(archive, "w:gz") as opened:
        entry = tarfile.TarInfo("files")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc"
        opened.addfile(entry)
    with pytest.raises(RestoreRefusedError, match="not_a_backup"):
        backup.restore(archive)


def test_ids_go_on_after_a_restore(home: Path) -> None:
    """Else a later restore would erase somebody else who was given the id of an erased person."""
    archive = backup.write(home / "one.tar.gz")
    first = Contact.objects.create(name="Aino", created_at=SAID)
    erasing.erase(kind="contact", number=first.pk, reason=Reason.REQUEST, actor_id=None)
    assert backup.restore(archive) == 1
    second = Contact.objects.create(name="Pekka", created_at=SAID)
    assert second.pk > first.pk
    assert Intake.objects.count() == 0


def test_a_home_of_its_own_goes_on_after_the_ids_in_the_ledger(home: Path) -> None:
    archive = backup.write(home / "one.tar.gz")
    with transaction.atomic():
        arrival = Arrival(b"i" * 16, b"c" * 16, b"raw")
        receive(source="test", scope="test", arrivals=[arrival], at=SAID)
    number = interaction_id(SAID, 4711, 1)
    for kind, known in (("contact", 900), ("import", 70), ("interaction", number), ("strange", 10**12)):
        ledger.append(ledger.Line(kind, known, "request", SAID.isoformat(), None))
    holdings.register_eraser("strange", lambda number, erasure: None)
    try:
        assert backup.restore(archive) == 4
    finally:
        holdings._erasers.pop("strange")
    assert Contact.objects.create(name="Pekka", created_at=SAID).pk == 901
    with transaction.atomic():
        receive(source="test", scope="test", arrivals=[arrival], at=SAID)
    # Where tests before this one have used more ids, the next is beyond those too.
    assert Intake.objects.get().pk > 4711


def test_a_restored_older_audit_is_no_cut_one(home: Path) -> None:
    archive = backup.write(home / "one.tar.gz")
    for number in range(3):
        record(action="test.act", actor_id=None, subject=f"thing:{number}")
    extend_chain.call()
    assert drop_anchor.call() is True
    assert anchor.first_missing() is None
    backup.restore(archive)
    assert (Entry.objects.count(), anchor.first_missing()) == (0, None)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_restore_needs_no_superuser(home: Path) -> None:
    Contact.objects.create(name="Aino", created_at=SAID)
    archive = backup.write(home / "one.tar.gz")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        cursor.execute("CREATE ROLE kalevi_plain NOSUPERUSER")
        cursor.execute("GRANT ALL ON SCHEMA public TO kalevi_plain")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'guard\\_%'")
        functions = [name for (name,) in cursor.fetchall()]

        def give(role: str) -> None:
            for name in tables:
                cursor.execute(f'ALTER TABLE "{name}" OWNER TO "{role}"')
            for name in functions:
                cursor.execute(f'ALTER FUNCTION "{name}" OWNER TO "{role}"')

        give("kalevi_plain")
        cursor.execute("SET ROLE kalevi_plain")
        try:
            assert backup.restore(archive) == 0
        finally:
            cursor.execute("RESET ROLE")
            give(owner)
            cursor.execute("REVOKE ALL ON SCHEMA public FROM kalevi_plain")
            cursor.execute("DROP ROLE kalevi_plain")
    assert Contact.objects.get().name == "Aino"


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_restore_leaves_tables_of_others_alone(home: Path) -> None:
    contact = Contact.objects.create(name="Aino", created_at=SAID)
    archive = backup.write(home / "one.tar.gz")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE others (contact_id bigint REFERENCES people_contact (id))")
        cursor.execute("INSERT INTO others VALUES (%s)", [contact.pk])
        try:
            with pytest.raises(RestoreRefusedError, match="others_refer"), transaction.atomic():
                backup.restore(archive)
            cursor.execute("SELECT count(*) FROM others")
            assert cursor.fetchone() == (1,)
        finally:
            cursor.execute("DROP TABLE others")


def test_a_restore_that_was_killed_erases_again_at_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = Contact.objects.create(name="Aino", created_at=SAID)
    archive = backup.write(home / "one.tar.gz")
    erasing.erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    with monkeypatch.context() as killed:
        killed.setattr(backup, "finish", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            backup.restore(archive)
    assert Contact.objects.get().name == "Aino"
    monkeypatch.setattr(installation, "_static_is_old", lambda: False)
    assert installation.bring_up_to_date() == ["erased_again"]
    assert Contact.objects.get().name == ""
    assert installation.bring_up_to_date() == []
