"""Whoever has the customer before them opens any case; that they opened somebody else's is written down."""

from kalevi.audit.actions import record
from kalevi.cases.models import Case
from kalevi.people.models import Colleague


def note_visit(*, case: Case, colleague: Colleague) -> None:
    """Write down that a colleague looked at a case which they do not carry; one's own needs no row."""
    if case.owner_id == colleague.pk:
        return
    record(
        action="cases.look",
        actor_id=colleague.pk,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        owner=case.owner_id,
    )
