"""Who carries a case: taking it, offering it, answering an offer. At every moment it is one person."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.models import Carrying, Case, Handover
from kalevi.cases.no_models import AskedNo
from kalevi.cases.telling import tell
from kalevi.people.models import Colleague


class NotTheirsError(Exception):
    """Only whoever carries the case may do this, or whoever it was offered to."""


class ClosedError(Exception):
    """The case is not live any more."""


class TakenError(ClosedError):
    """Somebody else took the case meanwhile."""


class NoOfferError(Exception):
    """There is no such offer, or it was answered already."""


@transaction.atomic
def take(*, case_id: int, colleague: Colleague, carrier: int | None = None) -> Case:
    """Take a case over at once, as whoever has the customer before them may. Raises ClosedError.

    An open offer ends with it: taken where it was made to them, else not. Whoever carried it hears of it.
    With `carrier`, it is taken from them alone: raises TakenError where it is somebody else's by now.
    """
    case = locked(case_id)
    if case.owner_id == colleague.pk:
        return case
    if carrier is not None and case.owner_id != carrier:
        raise TakenError
    now = timezone.now()
    offers = Handover.objects.filter(case=case, ended_at__isnull=True)
    offers.filter(taker=colleague).update(ended_at=now, taken=True)
    offers.exclude(taker=colleague).update(ended_at=now, taken=False)
    move(case, colleague, now)
    _record("cases.take", case, colleague)
    tell("taken", case)
    return case


@transaction.atomic
def offer(*, case_id: int, giver: Colleague, taker: Colleague, words: str = "") -> Handover:
    """Offer a case to another colleague; it stays with the giver until the other one takes it.

    An earlier offer of the same case is withdrawn; the very same one stands. Raises NotTheirsError and
    ClosedError.
    """
    case = locked(case_id)
    if case.owner_id != giver.pk or taker.pk == giver.pk or not taker.is_active:
        raise NotTheirsError
    now = timezone.now()
    waiting = Handover.objects.filter(case=case, ended_at__isnull=True)
    if (same := waiting.filter(taker=taker, words=words).first()) is not None:
        return same
    waiting.update(ended_at=now, taken=False)
    made = Handover.objects.create(case=case, giver=giver, taker=taker, words=words, offered_at=now)
    _record("cases.offer", case, giver, taker=taker.pk)
    tell("offered", case)
    return made


@transaction.atomic
def answer_offer(*, handover_id: int, taker: Colleague, accept: bool) -> Case:
    """Take an offered case, or leave it with the giver. Raises NoOfferError and ClosedError."""
    made = Handover.objects.filter(pk=handover_id, taker=taker).first()
    if made is None:
        raise NoOfferError
    case = locked(made.case_id)
    now = timezone.now()
    # Asked again under the lock: two taps, or the giver withdrawing it meanwhile.
    if not Handover.objects.filter(pk=made.pk, ended_at__isnull=True).update(ended_at=now, taken=accept):
        raise NoOfferError
    if accept:
        move(case, taker, now)
    _record("cases.answer_offer", case, taker, accept=accept)
    tell("taken" if accept else "declined", case)
    return case


def locked(case_id: int) -> Case:
    """Return a live case, held until the transaction ends. Raises Case.DoesNotExist and ClosedError."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if not case.live:
        raise ClosedError
    return case


def move(case: Case, colleague: Colleague, now: datetime) -> None:
    """Let a colleague carry a case that is held for it; the chain goes on with them."""
    before = Carrying.objects.get(case=case, until__isnull=True)
    # The machine's clock may have been set back; a chain goes forwards all the same.
    before.until = max(now, before.since)
    before.save(update_fields=["until"])
    Carrying.objects.create(case=case, colleague=colleague, since=before.until)
    case.owner = colleague
    case.save(update_fields=["owner"])


def end_what_waits(case: Case, now: datetime) -> None:
    """End an offer, and a no to be looked at, that still wait: their case is over, and nobody is asked."""
    Handover.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now, taken=False)
    AskedNo.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now, agreed=False)


def _record(action: str, case: Case, colleague: Colleague, **details: object) -> None:
    record(
        action=action,
        actor_id=colleague.pk,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        **details,
    )
