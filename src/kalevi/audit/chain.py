"""The chain over the audit: a missing or altered row shows, also to whoever holds only a backup."""

import hashlib
import json

from django.db import connection

from kalevi.audit.models import Entry

FIRST = "0" * 64


def digest(entry: Entry, previous: str) -> str:
    """Return the SHA-256 (hex) over an entry and the digest before it."""
    body = [
        previous,
        entry.pk,
        entry.at.isoformat(),
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.contact_id,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def extend(*, most: int = 1_000) -> int:
    """Chain the oldest unchained entries; return how many. Runs in the caller's transaction."""
    if connection.vendor == "postgresql":
        # Two that chain at once would both go on from the same last entry.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kalevi.audit.chain'))")
    place, previous = 0, FIRST
    last = Entry.objects.filter(place__isnull=False).order_by("-place").first()
    if last is not None:
        place, previous = last.place or 0, last.digest or FIRST
    entries = list(Entry.objects.filter(place__isnull=True).order_by("id")[:most])
    chained: list[tuple[int, str, int]] = []
    for entry in entries:
        place, previous = place + 1, digest(entry, previous)
        chained.append((place, previous, entry.pk))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE audit_entry SET place = %s, digest = %s WHERE id = %s AND place IS NULL", chained
        )
    return len(entries)


def first_fault() -> int | None:
    """Return the place where the chain does not hold, or None when it holds throughout."""
    previous, last = FIRST, 0
    for entry in Entry.objects.filter(place__isnull=False).order_by("place").iterator(chunk_size=2_000):
        if entry.place != last + 1 or entry.digest != digest(entry, previous):
            return last + 1
        previous, last = entry.digest or "", last + 1
    return None
