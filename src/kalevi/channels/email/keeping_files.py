"""Attachments on the disk: outside what is served, one file for the same bytes, gone with the words."""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kalevi.channels.email.mail.parts import Part
from kalevi.channels.email.models import Attachment, Received

MOST, LARGEST, MOST_TOGETHER = 50, 25 * 1024 * 1024, 40 * 1024 * 1024
_PROGRAMS = (
    *(".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".msi", ".msp", ".dll", ".cpl", ".hta", ".jar", ".js"),
    *(
        ".jse",
        ".vbs",
        ".vbe",
        ".wsf",
        ".wsh",
        ".ps1",
        ".psm1",
        ".lnk",
        ".reg",
        ".chm",
        ".appx",
        ".apk",
        ".iso",
    ),
    *(
        ".img",
        ".vhd",
        ".vhdx",
        ".one",
        ".xll",
        ".scf",
        ".url",
        ".application",
        ".gadget",
        ".inf",
        ".dmg",
        ".sh",
    ),
)


def folder() -> Path:
    """Return where attachments lie, made when it is not there."""
    path = Path(settings.MEDIA_ROOT) / "mail"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(digest: str) -> Path:
    """Return the file of a digest."""
    return folder() / digest[:2] / digest


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody remove a file between its writing and the commit that speaks of it."""
    descriptor = os.open(folder(), os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def kept(received: Received, along: Collection[Part]) -> list[Attachment]:
    """Write what was sent along to the disk and return the rows that tell of it, not stored yet."""
    rows: list[Attachment] = []
    together = 0
    for number, part in enumerate(along):
        content = part.content if number < MOST else b""
        refused = _refused(number, part.name, len(content), together)
        together += 0 if refused else len(content)
        rows.append(
            Attachment(
                received=received,
                number=number,
                name=part.name.encode("utf-8", "replace").decode()[:200],
                type=part.type[:120],
                size=len(content) if number < MOST else len(part.raw),
                digest="" if refused else _write(content),
                refused=refused,
                inline=part.disposition == "inline" or bool(part.headers.raw("content-id")),
            )
        )
        if number >= MOST * 2:
            break
    return rows


def _refused(number: int, name: str, size: int, together: int) -> str:
    if number >= MOST:
        return "too_many"
    if size > LARGEST or together + size > MOST_TOGETHER:
        return "too_large"
    return "program" if name.lower().rstrip(" .").endswith(_PROGRAMS) else ""


def _write(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists() and path.stat().st_size == len(content):
        return digest
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
    return digest


def forget(received_ids: Collection[int]) -> None:
    """Remove the attachments of these mails, in the caller's transaction; their files after its commit."""
    rows = Attachment.objects.filter(received_id__in=received_ids)
    digests = {digest for digest in rows.values_list("digest", flat=True) if digest}
    rows.delete()
    if digests:
        transaction.on_commit(lambda: remove_unknown(digests))


def remove_unknown(digests: Collection[str]) -> int:
    """Remove files that no attachment speaks of any more; return how many."""
    removed = 0
    with alone():
        known = set(Attachment.objects.filter(digest__in=digests).values_list("digest", flat=True))
        for digest in set(digests) - known:
            with suppress(FileNotFoundError):
                path_of(digest).unlink()
                removed += 1
    return removed


def tidy() -> int:
    """Remove files nobody speaks of, and what writing that was cut short left; return how many."""
    removed = 0
    with alone():
        known = set(Attachment.objects.exclude(digest="").values_list("digest", flat=True))
        for path in list(folder().glob("*/*")):
            # Nobody writes while we are alone: what begins with a dot was left behind.
            if path.name not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed
