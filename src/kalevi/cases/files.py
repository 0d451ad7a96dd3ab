"""Files that customers add to their cases: on the disk, outside what is served, gone with the person."""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kalevi.cases.file_models import CaseFile
from kalevi.cases.models import Case

MOST, LARGEST = 10, 10 * 1024 * 1024
# What a browser, a phone or an office program saves; never anything that runs.
KINDS = frozenset(
    (
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".pdf", ".txt", ".doc", ".docx", ".odt",
        ".xls", ".xlsx", ".ods", ".csv", ".mp4", ".mov", ".m4a", ".mp3", ".eml",
    )
)  # fmt: skip


class RefusedFileError(Exception):
    """A file is not kept; the argument is the key of the reason: too_many, too_large, kind or empty."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def folder() -> Path:
    """Return where the files lie, made when it is not there."""
    path = Path(settings.MEDIA_ROOT) / "cases"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(digest: str) -> Path:
    """Return the file of a digest."""
    return folder() / digest[:2] / digest


@contextmanager
def _alone() -> Iterator[None]:
    """Let nobody remove a file between its writing and the commit that speaks of it."""
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def keep_file(*, case: Case, name: str, content: bytes) -> CaseFile:
    """Keep a file of the customer: on the disk first, then spoken of. The same bytes are the same file.

    Raises RefusedFileError.
    """
    name = Path(name.replace("\\", "/")).name.encode("utf-8", "replace").decode()
    name = "".join(sign for sign in name if sign.isprintable())[-200:]
    if not content:
        raise RefusedFileError("empty")
    if len(content) > LARGEST:
        raise RefusedFileError("too_large")
    if Path(name.lower().rstrip(" .")).suffix not in KINDS:
        raise RefusedFileError("kind")
    digest = hashlib.sha256(content).hexdigest()
    with _alone(), transaction.atomic():
        known = CaseFile.objects.filter(case=case, digest=digest).first()
        if known is not None:
            return known
        if CaseFile.objects.select_for_update().filter(case=case).count() >= MOST:
            raise RefusedFileError("too_many")
        _write(digest, content)
        return CaseFile.objects.create(
            case=case, at=timezone.now(), name=name, size=len(content), digest=digest
        )


def _write(digest: str, content: bytes) -> None:
    path = path_of(digest)
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(mode=0o700, exist_ok=True)
    partial = path.with_name(f".{digest}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    place = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def forget_files(cases: QuerySet[Case]) -> None:
    """Remove the files of cases, in the caller's transaction; from the disk after its commit."""
    rows = CaseFile.objects.filter(case__in=cases)
    digests = set(rows.values_list("digest", flat=True))
    rows.delete()
    if digests:
        transaction.on_commit(lambda: _remove(digests))


def _remove(digests: Collection[str]) -> int:
    removed = 0
    with _alone():
        known = set(CaseFile.objects.filter(digest__in=digests).values_list("digest", flat=True))
        for digest in set(digests) - known:
            with suppress(FileNotFoundError):
                path_of(digest).unlink()
                removed += 1
    return removed


def tidy() -> int:
    """Remove files nobody speaks of, and what writing that was cut short left; return how many."""
    removed = 0
    with _alone():
        known = set(CaseFile.objects.values_list("digest", flat=True))
        for path in list(folder().glob("*/*")):
            # Nobody writes while we are alone: what begins with a dot was left behind.
            if path.name not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed
