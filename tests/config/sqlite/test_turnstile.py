"""Those who write stand in a queue: nobody goes ahead of who waits, and nobody waits for the dead."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction

from kalevi.config.sqlite import turnstile
from kalevi.config.sqlite.turnstile import Turnstile
from kalevi.journeys.models import Touchpoint

SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one writer")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "words.sqlite3"


def _may_enter(path: Path) -> bool:
    """Whether somebody else could enter at once."""
    with closing(Turnstile(path)) as other, pytest.MonkeyPatch.context() as patch:
        patch.setattr(turnstile, "LONGEST_WAIT", 0.0)
        other.enter()
        return other._inside


def test_one_at_a_time(database: Path) -> None:
    with closing(Turnstile(database)) as mine:
        assert _may_enter(database)
        mine.enter()
        mine.enter()
        assert not _may_enter(database)
        mine.leave()
        assert _may_enter(database)
        mine.enter()
    assert _may_enter(database)


def test_whoever_waits_goes_before_a_busy_writer(database: Path) -> None:
    order: list[str] = []
    with closing(Turnstile(database)) as busy, closing(Turnstile(database)) as other:
        busy.enter()

        def wait() -> None:
            with other:
                order.append("other")

        thread = threading.Thread(target=wait)
        thread.start()
        while _is_free(database.with_name(f"{database.name}-queue")):
            assert thread.is_alive()
        busy.leave()
        with busy:
            order.append("busy")
        thread.join()
    assert order == ["other", "busy"]


def _is_free(path: Path) -> bool:
    import fcntl

    file = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def test_a_killed_writer_holds_nobody_up(database: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from kalevi.config.sqlite.turnstile import Turnstile\n"
        "one = Turnstile(pathlib.Path(sys.argv[1]))\n"
        "one.enter()\n"
        "print('inside', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        assert not _may_enter(database)
        process.kill()
        process.wait()
        assert _may_enter(database)


def test_whoever_waited_long_goes_on_without_a_turn(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "LONGEST_WAIT", 0.0)
    with closing(Turnstile(database)) as one, closing(Turnstile(database)) as other:
        one.enter()
        other.enter()
        other.leave()
        assert not _may_enter(database)
        one.leave()
        assert _may_enter(database)


@pytest.fixture
def ours(transactional_db: None) -> Iterator[Path]:
    """The database of the tests, with an open connection."""
    connection.ensure_connection()
    yield Path(connection.settings_dict["NAME"])
    connection.close()


@SQLITE
def test_a_transaction_has_the_turn_until_it_ends(ours: Path) -> None:
    with transaction.atomic():
        Touchpoint.objects.count()
        with transaction.atomic():
            pass
        assert not _may_enter(ours)
    assert _may_enter(ours)
    with transaction.atomic():
        transaction.set_rollback(True)
        assert not _may_enter(ours)
    assert _may_enter(ours)
    with transaction.atomic():
        connection.close()
        assert _may_enter(ours)


@SQLITE
def test_a_statement_of_its_own_waits_too(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[str] = []
    enter = Turnstile.enter

    def note(self: Turnstile) -> None:
        entered.append("in")
        enter(self)

    monkeypatch.setattr(Turnstile, "enter", note)
    Touchpoint.objects.filter(pk=-1).update(key="none")
    assert entered == ["in"]
    assert _may_enter(ours)
    entered.clear()
    assert list(Touchpoint.objects.filter(pk=-1)) == []
    assert entered == []


@SQLITE
def test_values_come_back_as_they_went(ours: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, %s, typeof(%s), typeof(%s)", [b"\x00\xff", None, b"\x00", None])
        assert cursor.fetchone() == (b"\x00\xff", None, "blob", "null")
