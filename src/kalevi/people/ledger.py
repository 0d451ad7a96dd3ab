"""The erasure ledger: a file beside the backups, not in them, so that a restore can erase again.

It holds ids and reasons, no names and no words. A line is on disk before the erasure commits: an erasure
that was asked for and then failed is asked for again, one that happened is never forgotten.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure: what (`kind` and id), why, when (ISO 8601) and by whom."""

    kind: str
    number: int
    reason: str
    at: str
    actor_id: int | None


def _path() -> Path:
    return Path(settings.HOME) / "erasures.jsonl"


def append(line: Line) -> None:
    """Add a line and wait until it is on disk. Raises OSError when it cannot be written."""
    with os.fdopen(os.open(_path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        # A line that a power failure cut short must not swallow this one.
        begin = b"\n" if size and os.pread(file.fileno(), 1, size - 1) != b"\n" else b""
        file.write(begin + json.dumps(asdict(line)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(_path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def lines() -> Iterator[Line]:
    """Yield every line, oldest first; a line cut short by a power failure is passed over."""
    if not _path().exists():
        return
    for text in _path().read_bytes().split(b"\n"):
        try:
            yield Line(**json.loads(text))
        except (ValueError, TypeError):
            continue
