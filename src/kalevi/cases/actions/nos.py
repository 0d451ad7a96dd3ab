"""Saying no honestly: with the reason and what we can do instead, after a second colleague has looked."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.actions import steps
from kalevi.cases.actions.carrying import NotTheirsError, end_what_waits, locked
from kalevi.cases.actions.looking import look
from kalevi.cases.models import Case, State
from kalevi.cases.no_models import AskedNo, HonestNo
from kalevi.cases.telling import tell
from kalevi.people.models import Colleague
from kalevi.shell.roles import STAFF


class NotAloneError(Exception):
    """There is somebody else who could look at it."""


def is_alone(colleague: Colleague) -> bool:
    """Whether nobody else here meets customers."""
    return not Colleague.objects.here(STAFF).exclude(pk=colleague.pk).exists()


@transaction.atomic
def ask_no(
    *,
    case_id: int,
    colleague: Colleague,
    asked: Colleague,
    reason: str,
    instead: str,
    by_mail: bool = False,
    anyway: str = "",
) -> AskedNo:
    """Ask a colleague to look at a no before the customer hears it; an earlier one is taken back.

    Raises ClosedError, NotTheirsError where one asks oneself, and what `look` raises.
    """
    case, now = locked(case_id), timezone.now()
    if asked.pk == colleague.pk or not asked.is_active:
        raise NotTheirsError
    look(case=case, colleague=colleague, words=told_as(reason, instead), anyway=anyway)
    AskedNo.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now, agreed=False)
    made = AskedNo.objects.create(
        case=case,
        colleague=colleague,
        asked=asked,
        reason=reason,
        instead=instead,
        by_mail=by_mail,
        asked_at=now,
    )
    _record("cases.ask_no", case, colleague, asked=asked.pk)
    tell("no_asked", case)
    return made


@transaction.atomic
def answer_no(*, asked_id: int, colleague: Colleague, agree: bool, otherwise: str = "") -> Case:
    """Stand behind a no, which is told to the customer then, or say what one would do otherwise.

    Anybody but its writer may. Raises ClosedError, NotTheirsError, AskedNo.DoesNotExist, CannotSendError and
    NothingToAnswerError.
    """
    case = locked(AskedNo.objects.values_list("case_id", flat=True).get(pk=asked_id))
    # Asked under the lock: two may look at it at the same moment, or its writer change it.
    made = AskedNo.objects.select_related("colleague").get(pk=asked_id)
    if made.ended_at is not None or made.colleague_id == colleague.pk:
        raise NotTheirsError
    now = timezone.now()
    made.ended_at, made.agreed, made.otherwise = now, agree, otherwise
    made.save(update_fields=["ended_at", "agreed", "otherwise"])
    if not agree:
        _record("cases.answer_no", case, colleague, agree=False)
        tell("no_otherwise", case)
        return case
    no = HonestNo.objects.create(
        case=case,
        colleague=made.colleague,
        reason=made.reason,
        instead=made.instead,
        at=now,
        seen_by=colleague,
    )
    _record("cases.answer_no", case, colleague, agree=True)
    return _tell_and_rest(case, no, made.colleague, by_mail=made.by_mail, now=now)


@transaction.atomic
def say_no_alone(
    *,
    case_id: int,
    colleague: Colleague,
    reason: str,
    instead: str,
    by_mail: bool = False,
    anyway: str = "",
) -> Case:
    """Tell the customer a no that nobody else could look at; the record says so.

    Raises NotAloneError, ClosedError, CannotSendError, NothingToAnswerError and what `look` raises.
    """
    case, now = locked(case_id), timezone.now()
    if not is_alone(colleague):
        raise NotAloneError
    look(case=case, colleague=colleague, words=told_as(reason, instead), anyway=anyway)
    no = HonestNo.objects.create(
        case=case, colleague=colleague, reason=reason, instead=instead, at=now, alone=True
    )
    _record("cases.say_no_alone", case, colleague)
    return _tell_and_rest(case, no, colleague, by_mail=by_mail, now=now)


def told_as(reason: str, instead: str) -> str:
    """Return a no as the customer reads it."""
    return f"{reason.strip()}\n\n{instead.strip()}"


def _tell_and_rest(case: Case, no: HonestNo, colleague: Colleague, *, by_mail: bool, now: datetime) -> Case:
    steps.answer(
        case_id=case.pk,
        colleague=colleague,
        token=f"no:{no.pk}",
        words=told_as(no.reason or "", no.instead or ""),
        by_mail=by_mail,
        looked_at=True,
    )
    case = Case.objects.get(pk=case.pk)
    case.state, case.no = State.RESTING, no
    case.save(update_fields=["state", "no"])
    end_what_waits(case, now)
    tell("rested", case)
    return case


def _record(action: str, case: Case, colleague: Colleague, **details: object) -> None:
    record(
        action=action,
        actor_id=colleague.pk,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        **details,
    )
