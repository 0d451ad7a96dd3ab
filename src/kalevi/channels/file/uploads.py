"""Uploaded files: kept only until every row of them is in the intake log."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

MOST_BYTES = 1024**3
_CHUNK = 1024 * 1024


class TooLargeError(Exception):
    """The upload is larger than MOST_BYTES."""


class BusyError(Exception):
    """Another process works on this upload."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is safely on disk: its name there, its size in bytes and a digest of its content."""

    stored_as: str
    size: int
    digest: str


def folder() -> Path:
    """Return the folder of uploads, open to its owner only."""
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(stored_as: str) -> Path:
    """Return where an upload lies."""
    return folder() / Path(stored_as).name


def keep(chunks: Iterable[bytes]) -> Upload:
    """Write an upload to disk, durably, before anybody is told that it was received. Raises TooLargeError."""
    name = secrets.token_urlsafe(18)
    path = folder() / name
    size, maker = 0, hashlib.blake2b(digest_size=20)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise TooLargeError
                maker.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _sync_folder()
    return Upload(name, size, maker.hexdigest())


def keep_file(source: str | os.PathLike[str]) -> Upload:
    """Keep a copy of a file on this machine. Raises OSError as `open` does, and TooLargeError."""
    with open(source, "rb") as file:
        return keep(iter(lambda: file.read(_CHUNK), b""))


def remove(stored_as: str) -> None:
    """Remove an upload; nothing happens when it is gone already."""
    if stored_as:
        path_of(stored_as).unlink(missing_ok=True)
        _sync_folder()


def _sync_folder() -> None:
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def held(stored_as: str) -> Iterator[None]:
    """Hold an upload while it is worked on. The kernel lets go when the process dies. Raises BusyError."""
    with open(path_of(stored_as), "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError from error
        yield


def left_over(known: set[str], before: datetime) -> list[str]:
    """Return uploads older than `before` that no import knows of: their upload was cut short."""
    return [
        path.name
        for path in folder().iterdir()
        if path.name not in known and path.stat().st_mtime < before.timestamp()
    ]
