"""The customer's clock: minutes since they said it, and until when the first answer is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kalevi.cases.models import Case
from kalevi.cases.rule_models import Target, Urgency
from kalevi.people.models import Contact
from kalevi.shell.calendar import BusinessCalendar

# Minutes of the customer's own clock, until somebody sets others.
USUAL = {Urgency.NOW: 30, Urgency.SOON: 4 * 60, Urgency.CALM: 24 * 60}
WARN_AT = 0.75

# Minutes by whose they are, their number and the urgency; ("", 0) are the common ones.
Targets = Mapping[tuple[str, int, str], int]
OWN = ("contact", "account", "touchpoint")


def targets() -> Targets:
    """Return the minutes of everything that has its own, and the common ones."""
    known: dict[tuple[str, int, str], int] = {("", 0, urgency.value): n for urgency, n in USUAL.items()}
    for one in Target.objects.all():
        whose = next(((name, n) for name in OWN if (n := getattr(one, f"{name}_id")) is not None), ("", 0))
        known[*whose, one.urgency] = one.minutes
    return known


def due(
    said_at: datetime,
    *,
    urgency: str,
    known: Targets,
    touchpoint_id: int | None = None,
    contact: Contact | None = None,
) -> datetime:
    """Return when the first answer is due: by the customer's own time, else that of their organisation, that
    of the touchpoint, and at last the common one.
    """
    account_id = contact.account_id if contact else None
    theirs = (("contact", contact.pk if contact else None), ("account", account_id))
    for whose, number in (*theirs, ("touchpoint", touchpoint_id)):
        if number is not None and (minutes := known.get((whose, number, urgency))):
            return said_at + timedelta(minutes=minutes)
    return said_at + timedelta(minutes=known["", 0, urgency])


def in_hours(at: datetime, calendar: BusinessCalendar) -> datetime:
    """Return a moment at which somebody is here: `at` itself, or an hour after we open next.

    Where nobody has told when the company is open, `at` stands.
    """
    if not calendar.known or next(calendar.openings(at, at + timedelta(minutes=1)), None) is not None:
        return at
    return calendar.after(at, 60) or at


def waited(case: Case, now: datetime) -> float:
    """Return the customer's minutes without a first answer, or until they got it."""
    return max(0.0, ((case.answered_at or now) - case.waits_since).total_seconds() / 60)


def pressing(case: Case, now: datetime) -> str:
    """Return how a live case stands: "late", "near" (three quarters of the time are gone) or "".

    Until the first answer its time counts, and then that of the next step.
    """
    if not case.live or case.answered_at is not None:
        return "late" if case.live and case.step_at is not None and case.step_at < now else ""
    if now >= case.answer_due_at:
        return "late"
    whole = (case.answer_due_at - case.waits_since).total_seconds()
    return "near" if whole and (now - case.waits_since).total_seconds() >= WARN_AT * whole else ""
