"""Backups: one archive of the database and the files, and back again, with erasures done anew.

The archive is a tar.gz of `manifest.json`, the database (`kalevi.sqlite3`, or `tables/NAME.copy` of
PostgreSQL in its COPY form) and `files/`. The secret key and the erasure ledger stay outside.
"""

import errno
import io
import json
import os
import tarfile
import tempfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from kalevi import __version__
from kalevi.config import backup_postgresql, backup_sqlite, environment
from kalevi.config.backup_refused import RestoreRefusedError
from kalevi.guards import frozen

__all__ = ["RestoreRefusedError", "check", "default_name", "finish", "restore", "write"]


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
            for name, file in _half().copied(work):
                archive.add(file, name)
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


def _half() -> ModuleType:
    return backup_sqlite if connection.vendor == "sqlite" else backup_postgresql


def _fits(manifest: dict[str, Any], work: Path) -> None:
    migrations = set(manifest["migrations"])
    if manifest.get("database") != connection.vendor:
        raise RestoreRefusedError("other_database")
    if migrations - _known_migrations():
        raise RestoreRefusedError("newer_version")
    if connection.vendor != "sqlite" and migrations != _applied():
        raise RestoreRefusedError("older_version")
    _half().fits(work, migrations)


def restore(path: Path) -> int:
    """Put a backup in place of what is here, then erase again what was erased since; return how many.

    Raises RestoreRefusedError, before anything is changed, for an archive that does not fit here.
    """
    from kalevi.audit import anchor
    from kalevi.jobs import schedules
    from kalevi.people import holdings, ledger

    with tempfile.TemporaryDirectory(dir=environment.home(), prefix=".restore-") as folder:
        work = Path(folder)
        _fits(_unpack(path, work), work)
        _begun().touch(mode=0o600)
        _half().put(work)
        # In a home of its own an older backup knows nothing of the ids given since; the ledger may.
        _half().go_on_after(holdings.given_ids((line.kind, line.number) for line in ledger.lines()))
        _put_files(work)
    schedules.forget()
    with transaction.atomic():
        frozen.install(connection)
    anchor.drop(restored=True)
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


def _put_files(work: Path) -> None:
    """Change the folder of files for the archive's by renaming, so that neither is ever half there."""
    target = environment.home() / "files"
    source = work / "files"
    source.mkdir(mode=0o700, exist_ok=True)
    if target.exists():
        target.rename(work / "files-before")
    source.rename(target)
