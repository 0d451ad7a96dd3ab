"""Writing to the audit."""

from typing import Any

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
