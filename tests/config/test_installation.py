"""An installation comes up by itself, and is backed up before a newer version changes it."""

import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kalevi.config import environment, installation
from kalevi.guards import frozen
from kalevi.shell.models import Company

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "static")
    return tmp_path


def test_what_is_up_to_date_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_static_is_old", lambda: False)
    assert installation.bring_up_to_date() == []
    assert Company.objects.count() == 1


def test_newer_tables_are_backed_up_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The storage of static files remembers the folder it was first given.
    monkeypatch.setattr(installation, "_static_is_old", lambda: False)
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("sessions", "0001_initial")
    migrated: list[str] = []
    monkeypatch.setattr("django.core.management.call_command", lambda name, **more: migrated.append(name))
    try:
        assert installation.bring_up_to_date() == ["backed_up", "migrated"]
    finally:
        recorder.record_applied("sessions", "0001_initial")
    assert migrated == ["migrate"]
    archive = next((home / "backups").iterdir())
    with tarfile.open(archive) as opened:
        assert "manifest.json" in opened.getnames()


def test_home_and_its_secret_are_private(home: Path) -> None:
    key = environment.secret_key(environment.home())
    assert environment.secret_key(environment.home()) == key
    assert (home / "secret-key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


def test_processes_that_start_at_once_have_one_secret(home: Path) -> None:
    for _round in range(20):
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(environment.secret_key, [home] * 8))
        assert [len(key) for key in keys] == [67]
        (home / "secret-key").unlink()


def test_secret_that_a_power_failure_emptied_is_made_anew(home: Path) -> None:
    (home / "secret-key").write_text("")
    assert len(environment.secret_key(home)) == 67
    assert (home / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("", "http://[::1]:8000"),
        ("https://Kalevi.example.fi/", "https://kalevi.example.fi"),
        ("https://kalevi.example.fi:443", "https://kalevi.example.fi"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
    ],
)
def test_address_is_as_browsers_tell_it(monkeypatch: pytest.MonkeyPatch, address: str, used: str) -> None:
    monkeypatch.setenv("KALEVI_HOST", "::1")
    monkeypatch.setenv("KALEVI_ADDRESS", address)
    assert environment.address() == used


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_guards_come_back_after_django_rebuilds_a_table() -> None:
    from django.core.management import call_command

    from kalevi.audit.models import Entry

    with connection.schema_editor() as editor:
        editor._remake_table(Entry)  # type: ignore[attr-defined]  # SQLite's own
    assert "guard_audit_entry_update" in frozen.missing(connection)
    call_command("migrate", verbosity=0)
    assert frozen.missing(connection) == []


@pytest.mark.parametrize("name", ["interactions_interaction", "interactions_reading", "people_erasure"])
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_any_guarded_table_can_be_rebuilt_by_a_migration(name: str) -> None:
    from django.apps import apps
    from django.db.models.signals import post_migrate, pre_migrate

    model = next(model for model in apps.get_models() if model._meta.db_table == name)
    config = apps.get_app_config("guards")
    pre_migrate.send(config, using="default", plan=["something"])
    with connection.schema_editor() as editor:
        editor._remake_table(model)  # type: ignore[attr-defined]  # SQLite's own
    post_migrate.send(config, using="default", plan=["something"], app_config=config)
    assert frozen.missing(connection) == []
