"""SQLite's half of a backup: its file, copied page by page while others write."""

import sys
from collections.abc import Mapping
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from kalevi.config.backup_refused import RestoreRefusedError

NAME = "kalevi.sqlite3"


def copied(folder: Path) -> list[tuple[str, Path]]:
    """Copy the live database; return the names in the archive with their files. Raises OSError."""
    return [(NAME, _copy(folder))]


def fits(work: Path, migrations: set[tuple[str, str]]) -> None:
    """Raise RestoreRefusedError unless an unpacked archive holds a whole database of these migrations."""
    _is_whole(work / NAME, migrations)


def put(work: Path) -> None:
    """Put the database of an unpacked archive in place of the live one, and bring it up to date."""
    given = _ids_given()
    _put(work / NAME)
    call_command("migrate", verbosity=0, interactive=False)
    go_on_after(given)


def _is_whole(database: Path, migrations: set[tuple[str, str]]) -> None:
    if not database.is_file():
        raise RestoreRefusedError("not_a_backup")
    sqlite = sys.modules["sqlite3"]
    copy = sqlite.connect(database)
    try:
        well = copy.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        applied = set(copy.execute("SELECT app, name FROM django_migrations"))
    except sqlite.Error as error:
        raise RestoreRefusedError("not_a_backup") from error
    finally:
        copy.close()
    if not well or applied != migrations:
        raise RestoreRefusedError("not_a_backup")


def _copy(folder: Path) -> Path:
    """Copy the live database page by page, consistent while others write."""
    sqlite = sys.modules["sqlite3"]
    target = folder / NAME
    connection.ensure_connection()
    copy = sqlite.connect(target)
    try:
        connection.connection.backup(copy)
    except sqlite.Error as error:
        raise OSError("the database cannot be copied") from error
    finally:
        copy.close()
    return target


def _put(source: Path) -> None:
    """Copy a database over the live one through SQLite itself, so that open connections see it."""
    sqlite = sys.modules["sqlite3"]
    connection.ensure_connection()
    copy = sqlite.connect(source)
    try:
        copy.backup(connection.connection)
    finally:
        copy.close()


def _ids_given() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


def go_on_after(given: Mapping[str, int]) -> None:
    """Give no id out again: the erasure ledger and the audit speak of people by their ids."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, last in given.items():
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE EXISTS"
                " (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s)"
                " AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [name, last, name, name],
            )
