"""The erasure ledger: a file beside the backups, not in them, so that a restore can erase again.

It holds ids and reasons, no names and no words. A line is on disk before the erasure commits: an erasure
that was asked for and then failed is asked for again, one that happened is never forgotten.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from kalevi.guards import lines as file


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
    file.append(_path(), asdict(line))


def lines() -> Iterator[Line]:
    """Yield every line, oldest first; a line cut short by a power failure is passed over."""
    for line in file.read(_path()):
        try:
            yield Line(**line)
        except TypeError:
            continue
