"""Backups: one archive of the database and the files, and back again, with erasures done anew.

The archive is a tar.gz of `manifest.json`, the database (`kalevi.sqlite3`, or `tables/NAME.copy` of
PostgreSQL in its COPY form) and `files/`. The secret key and the erasure ledger stay outside.
"""

import errno
import io
import json
import os
import sys
import tarfile
import tempfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from kalevi import __version__
from kalevi.config import environment
from kalevi.guards import frozen


class RestoreRefusedError(Exception):
    """An archive that cannot be restored here; the argument is the key of the reason."""


def default_name(why: str = "backup") -> str:
    """Return a file name that sorts by time."""
    return f"kalevi-{why}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"


def write(path: Path) -> Path:
    """Write a backup to `path`, whole or not at all; return the path. Raises OSError when it cannot."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        work = Path(folder)
        partial = work / "archive"
        with tarfile.open(partial, "w:gz", compresslevel=5) as archive:
            _add(archive, "manifest.json", json.dumps(_manifest(), indent=1).encode())
            if connection.vendor == "sqlite":
                archive.add(_copy_sqlite(work), "kalevi.sqlite3")
            else:
                for name, file in _copy_tables(work):
                    archive.add(file, f"tables/{name}.copy")
            files = environment.home() / "files"
            if files.is_dir():
                archive.add(files, "files")
        partial.chmod(0o600)
        descriptor = os.open(partial, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        partial.replace(path)
    return path


def check(path: Path) -> None:
    """Raise RestoreRefusedError when an archive cannot be restored here, OSError when there is no room."""
    with tempfile.TemporaryDirectory(dir=environment.home(), prefix=".restore-") as folder:
        _fits(_unpack(path, Path(folder)), Path(folder))


def _fits(manifest: dict[str, Any], work: Path) -> None:
    migrations = set(manifest["migrations"])
    if manifest.get("database") != connection.vendor:
        raise RestoreRefusedError("other_database")
    if migrations - _known_migrations():
        raise RestoreRefusedError("newer_version")
    if connection.vendor != "sqlite" and migrations != _applied():
        raise RestoreRefusedError("older_version")
    if connection.vendor == "sqlite":
        _is_whole(work / "kalevi.sqlite3", migrations)
        return
    if {path.name for path in work.glob("tables/*")} != {f"{name}.copy" for name in _tables()}:
        raise RestoreRefusedError("not_a_backup")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND confrelid::regclass::text = ANY(%s)"
            " AND conrelid::regclass::text <> ALL(%s)",
            [_tables(), _tables()],
        )
        if cursor.fetchone():
            raise RestoreRefusedError("others_refer")


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


def restore(path: Path) -> int:
    """Put a backup in place of what is here, then erase again what was erased since; return how many.

    Raises RestoreRefusedError, before anything is changed, for an archive that does not fit here.
    """
    from django.core.management import call_command

    from kalevi.jobs import schedules

    with tempfile.TemporaryDirectory(dir=environment.home(), prefix=".restore-") as folder:
        work = Path(folder)
        _fits(_unpack(path, work), work)
        _begun().touch(mode=0o600)
        if connection.vendor == "sqlite":
            given = _ids_given()
            _put_sqlite(work / "kalevi.sqlite3")
            call_command("migrate", verbosity=0, interactive=False)
            _go_on_from(given)
        else:
            _put_tables(work / "tables")
        _put_files(work)
    schedules.forget()
    with transaction.atomic():
        frozen.install(connection)
    return finish()


def finish() -> int:
    """Erase again what was erased since the backup that is being restored; return how many.

    Does nothing when no restore has begun. One that was killed is finished at the next start, before
    anybody sees erased words again.
    """
    from kalevi.people import erasing

    if not _begun().exists():
        return 0
    again = erasing.replay()
    _begun().unlink()
    return again


def _begun() -> Path:
    return environment.home() / "restoring"


def _manifest() -> dict[str, Any]:
    return {
        "kalevi": __version__,
        "database": connection.vendor,
        "at": datetime.now(UTC).isoformat(),
        "migrations": sorted(_applied()),
    }


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _known_migrations() -> set[tuple[str, str]]:
    from django.db.migrations.loader import MigrationLoader

    return set(MigrationLoader(None).disk_migrations)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _unpack(path: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(folder, filter="data")
            while archive.fileobj and archive.fileobj.read(1 << 20):
                pass  # gzip's checksum comes last
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        manifest["migrations"] = [tuple(pair) for pair in manifest["migrations"]]
    except (tarfile.TarError, zlib.error, ValueError, TypeError, KeyError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise RestoreRefusedError("not_a_backup") from error
    return manifest


def _copy_sqlite(folder: Path) -> Path:
    """Copy the live database page by page, consistent while others write."""
    sqlite = sys.modules["sqlite3"]
    target = folder / "kalevi.sqlite3"
    connection.ensure_connection()
    copy = sqlite.connect(target)
    try:
        connection.connection.backup(copy)
    except sqlite.Error as error:
        raise OSError("the database cannot be copied") from error
    finally:
        copy.close()
    return target


def _put_sqlite(source: Path) -> None:
    """Copy a database over the live one through SQLite itself, so that open connections see it."""
    sqlite = sys.modules["sqlite3"]
    connection.ensure_connection()
    copy = sqlite.connect(source)
    try:
        copy.backup(connection.connection)
    finally:
        copy.close()


def _ids_given() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return list(cursor.fetchall())


def _go_on_from(given: list[tuple[str, int]]) -> None:
    """Give no id out again: the erasure ledger and the audit speak of people by their ids."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, last in given:
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE EXISTS"
                " (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s)"
                " AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [name, last, name, name],
            )


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    ours = {model._meta.db_table for model in models if model._meta.managed}
    present = set(connection.introspection.table_names())
    return sorted(ours & present | {"interactions_search", "django_migrations"})


def _copy_tables(folder: Path) -> list[tuple[str, Path]]:
    copied = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for name in _tables():
            path = folder / f"{name}.copy"
            with path.open("wb") as file, cursor.cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                for block in copy:
                    file.write(block)
            copied.append((name, path))
    return copied


def _put_tables(folder: Path) -> None:
    """Fill the tables anew in one transaction: guards down, emptied, filled, sequences set, guards up.

    Foreign keys are deferred and looked at in the end, which needs no rights but an owner's.
    """
    names = _tables()
    try:
        with connection.wrap_database_errors, transaction.atomic(), connection.cursor() as cursor:
            frozen.remove(connection)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names))
            for name in names:
                with (
                    (folder / f"{name}.copy").open("rb") as file,
                    cursor.cursor.copy(f'COPY "{name}" FROM STDIN') as copy,
                ):
                    while block := file.read(1 << 20):
                        copy.write(block)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in names:
                _go_on_after(cursor, name)
            frozen.install(connection)
    except DatabaseError as error:
        raise RestoreRefusedError("not_a_backup") from error


def _go_on_after(cursor: CursorWrapper, name: str) -> None:
    cursor.execute(
        "SELECT pg_get_serial_sequence(%s, attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attname = 'id'",
        [f'"{name}"', f'"{name}"'],
    )
    found = cursor.fetchone()
    if found and found[0]:
        # Our own names. As on SQLite, an id that was given out is not given out again.
        highest = f'SELECT coalesce(max(id), 0) + 1 FROM "{name}"'  # noqa: S608
        given = f"SELECT last_value + is_called::int FROM {found[0]}"  # noqa: S608
        cursor.execute(f"SELECT setval(%s, greatest(({highest}), ({given})), false)", found)


def _put_files(work: Path) -> None:
    """Change the folder of files for the archive's by renaming, so that neither is ever half there."""
    target = environment.home() / "files"
    source = work / "files"
    source.mkdir(mode=0o700, exist_ok=True)
    if target.exists():
        target.rename(work / "files-before")
    source.rename(target)
