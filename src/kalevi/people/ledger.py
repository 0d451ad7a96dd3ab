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
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(line)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def lines() -> Iterator[Line]:
    """Yield every line, oldest first; a line cut short by a power failure is passed over."""
    if not _path().exists():
        return
    for text in _path().read_text(encoding="utf-8").splitlines():
        try:
            yield Line(**json.loads(text))
        except (ValueError, TypeError):
            continue
