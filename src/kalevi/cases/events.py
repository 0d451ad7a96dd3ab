"""What other systems are told of cases, as Standard Webhooks: ids, keys and times, never words or names."""

from kalevi.cases.models import Case
from kalevi.webhooks.telling import Happening, tell

OPENED, ESCALATED = "case.opened", "case.escalated"


def tell_opened(case: Case) -> int:
    """Write down, in the transaction that opens a case, that it was opened."""
    return tell(OPENED, [_happening(case)])


def tell_escalated(case: Case) -> int:
    """Write down that a customer has waited longer than we promised ourselves."""
    return tell(ESCALATED, [_happening(case)])


def _happening(case: Case) -> Happening:
    return Happening(
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        details={
            "case": case.pk,
            "contact": case.contact_id,
            "why": case.why,
            "urgency": case.urgency,
            "touchpoint": case.touchpoint.key if case.touchpoint else None,
            "owner": case.owner_id,
            "waits_since": case.waits_since.isoformat(),
            "answer_due_at": case.answer_due_at.isoformat(),
        },
    )
