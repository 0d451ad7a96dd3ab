"""What the customer says of a case that we found resolved, and taking a case up again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.actions.carrying import ClosedError
from kalevi.cases.actions.opening import take_up
from kalevi.cases.models import Case, State, Verdict
from kalevi.cases.telling import tell
from kalevi.people.models import Colleague


@transaction.atomic
def keep_verdict(*, case_id: int, verdict: Verdict, actor_id: int | None = None) -> Case:
    """Keep what the customer says of a resolved case; "not solved" opens it again with its carrier.

    Raises ClosedError where the case is not resolved.
    """
    case, now = Case.objects.select_for_update().get(pk=case_id), timezone.now()
    if case.state != State.RESOLVED:
        raise ClosedError
    case.verdict, case.verdict_at = verdict, now
    case.save(update_fields=["verdict", "verdict_at"])
    _record("cases.keep_verdict", case, actor_id, verdict=verdict.value)
    if verdict == Verdict.NOT_SOLVED:
        _open_again(case, actor_id, now)
    return case


@transaction.atomic
def reopen(*, case_id: int, colleague: Colleague) -> Case:
    """Take up a case again that was resolved or rests.

    Raises ClosedError for one joined to another,
    and for one whose customer's data were erased.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.state not in (State.RESOLVED, State.RESTING):
        raise ClosedError
    _open_again(case, colleague.pk, timezone.now())
    return case


def _open_again(case: Case, actor_id: int | None, now: datetime) -> None:
    if case.customer_erased:
        raise ClosedError
    take_up(case, now)
    _record("cases.reopen", case, actor_id)
    tell("reopened", case)


def _record(action: str, case: Case, actor_id: int | None, **details: object) -> None:
    record(action=action, actor_id=actor_id, subject=f"case:{case.pk}", contact_id=case.contact_id, **details)
