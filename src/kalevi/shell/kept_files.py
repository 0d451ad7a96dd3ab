"""Files of customers on the disk: outside what is served, one for the same bytes, gone with their rows."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The files of one room, in the folder `name`; `rows` are those that speak of them, by their `digest`."""

    name: str
    rows: Callable[[], QuerySet[Any]]

    def folder(self) -> Path:
        """Return where the files lie, made when it is not there."""
        path = Path(settings.MEDIA_ROOT) / self.name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def path_of(self, digest: str) -> Path:
        """Return the file of a digest."""
        return self.folder() / digest[:2] / digest

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody remove a file between its writing and the commit that speaks of it."""
        descriptor = os.open(self.folder(), os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def write(self, content: bytes) -> str:
        """Write a file to the disk, for good, and return its digest; the caller is `alone`."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path_of(digest)
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

    def forget(self, rows: QuerySet[Any]) -> None:
        """Remove rows in the caller's transaction, and after its commit the files no other row speaks of."""
        digests = {digest for digest in rows.values_list("digest", flat=True) if digest}
        rows.delete()
        if digests:
            transaction.on_commit(lambda: self._remove(digests))

    def _remove(self, digests: Collection[str]) -> None:
        with self.alone():
            known = set(self.rows().filter(digest__in=digests).values_list("digest", flat=True))
            for digest in set(digests) - known:
                with suppress(FileNotFoundError):
                    self.path_of(digest).unlink()

    def tidy(self) -> int:
        """Remove files nobody speaks of, and what writing that was cut short left; return how many."""
        removed = 0
        with self.alone():
            known = set(self.rows().values_list("digest", flat=True))
            for path in list(self.folder().glob("*/*")):
                # Nobody writes while we are alone: what begins with a dot was left behind.
                if path.name not in known:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed


def to_save(path: Path, name: str) -> HttpResponse:
    """Answer with a file to save under a name: a browser shows and runs none of it here."""
    response = FileResponse(path.open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return cast(HttpResponse, response)
