"""Writing to the audit."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone

from kalevi.audit.models import Entry


def record(
    *,
    action: str,
    actor_id: int | None,
    subject: str = "",
    contact_id: int | None = None,
    **details: Any,
) -> Entry:
    """Write one row, in the transaction of the action it tells of.

    `action` is `room.verb`, `subject` is `kind:id`; `details` hold ids and keys, never words or names.
    """
    return Entry.objects.create(
        at=timezone.now(),
        actor_id=actor_id,
        action=action,
        subject=subject,
        contact_id=contact_id,
        details=details,
    )


class Deed(NamedTuple):
    """One thing done, as `record` takes it; without an actor Kalevi did it by itself."""

    action: str
    subject: str
    contact_id: int | None
    details: dict[str, Any]
    actor_id: int | None = None


def record_many(deeds: Iterable[Deed]) -> None:
    """Write a row for each, as `record` writes one, by one statement."""
    at = timezone.now()
    Entry.objects.bulk_create([Entry(at=at, **deed._asdict()) for deed in deeds])
