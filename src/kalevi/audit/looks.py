"""Looking at other people's words: what the audit keeps of it, and finding it again."""

from collections.abc import Mapping

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from kalevi.audit.actions import record
from kalevi.audit.models import LOOKED, REASON_GIVEN, Entry

# Word for word the condition of the index `audit_looks`: with parameters SQLite would read the whole audit.
_NAMED = f"action IN ('{REASON_GIVEN}', '{LOOKED}')"
_LOOKS = RawSQL(_NAMED, [], output_field=BooleanField())  # noqa: S611  two names of ours


def record_reason(*, actor_id: int | None, reason: str) -> Entry:
    """Write down the key of the reason why somebody is about to look."""
    return record(action=REASON_GIVEN, actor_id=actor_id, reason=reason)


def record_look(
    *, actor_id: int | None, page: str, ids: Mapping[str, int], contact_id: int | None, reason: str
) -> Entry:
    """Write down that a page was opened: its URL name, and the ids its address holds."""
    return record(
        action=LOOKED,
        actor_id=actor_id,
        subject=f"page:{page}",
        contact_id=contact_id,
        reason=reason,
        ids=dict(ids),
    )


def looks() -> QuerySet[Entry]:
    """Return every look and every reason given, the newest first."""
    return Entry.objects.filter(_LOOKS).order_by("-pk")
