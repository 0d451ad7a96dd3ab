"""Where the chain has come to, written beside the backups: it shows when the chain's tail was cut off.

Whoever can write the database's file can write this one too: copy it to where they cannot.
"""

from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kalevi.audit.chain import FIRST
from kalevi.audit.models import Entry
from kalevi.guards import lines

_CHUNK = 500


def _path() -> Path:
    return Path(settings.HOME) / "audit-heads.jsonl"


def _head() -> tuple[int, str]:
    last = Entry.objects.filter(place__isnull=False).order_by("-place").first()
    return (last.place or 0, last.digest or FIRST) if last else (0, FIRST)


def drop(*, restored: bool = False) -> bool:
    """Write down the newest place and digest, unless they stand there; return whether they were written.

    `restored` says that the database is an older one put back, which ends what was written before.
    """
    place, digest = _head()
    known = None
    for line in lines.read(_path()):
        known = line.get("digest")
    if known == digest and not restored:
        return False
    line = {"at": timezone.now().isoformat(), "place": place, "digest": digest}
    lines.append(_path(), {**line, "restored": True} if restored else line)
    return True


def first_missing() -> int | None:
    """Return the first place that was written down and is gone from the chain, or another now; else None."""
    wanted: dict[int, str] = {}
    for line in lines.read(_path()):
        if line.get("restored"):
            wanted.clear()
        if isinstance(line.get("place"), int) and line["place"]:
            wanted[line["place"]] = str(line.get("digest"))
    rest = iter(sorted(wanted))
    while places := list(islice(rest, _CHUNK)):
        there = dict(Entry.objects.filter(place__in=places).values_list("place", "digest"))
        missing = [place for place in places if there.get(place) != wanted[place]]
        if missing:
            return missing[0]
    return None
