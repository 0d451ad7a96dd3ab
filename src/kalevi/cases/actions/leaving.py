"""When somebody is here no more: another carries on at once, and nobody waits for their word."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kalevi.audit.actions import record
from kalevi.cases.actions.carrying import move
from kalevi.cases.assigning import Matter, NobodyHereError, carrier_for
from kalevi.cases.language import language_of
from kalevi.cases.models import LIVE, Case, Handover
from kalevi.cases.no_models import AskedNo
from kalevi.cases.telling import tell
from kalevi.people.models import Colleague
from kalevi.shell.roles import STAFF

AT_ONCE = 200


def carry_on(now: datetime) -> int:
    """Give the cases of those who left, or meet customers no more, to others; return how many were given.

    Offers made to them and noes they were to look at end, so that whoever asked hears of it. Nobody can
    accept for somebody who is not here: the new carrier is chosen as for a new case, and may hand it over.
    """
    _end_offers(now)
    _end_noes(now)
    left = Case.objects.filter(state__in=LIVE).exclude(owner__in=Colleague.objects.here(STAFF))
    return sum(_give(number, now) for number in left.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _give(case_id: int, now: datetime) -> bool:
    case = Case.objects.select_for_update().get(pk=case_id)
    if not case.live or Colleague.objects.here(STAFF).filter(pk=case.owner_id).exists():
        return False
    matter = Matter(touchpoint_id=case.touchpoint_id, language=language_of(case), why=case.why)
    try:
        chosen = carrier_for(matter, now=now, besides=case.owner_id)
    except NobodyHereError:
        return False
    if not chosen.holds(*STAFF):
        return False
    before = case.owner_id
    Handover.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now, taken=False)
    move(case, chosen, now)
    record(
        action="cases.carry_on",
        actor_id=None,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        owner=chosen.pk,
        before=before,
    )
    tell("carried_on", case)
    return True


def _end_offers(now: datetime) -> None:
    gone = Handover.objects.filter(ended_at__isnull=True).exclude(taker__in=Colleague.objects.here(STAFF))
    for made in gone.select_related("case").order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            if Handover.objects.filter(pk=made.pk, ended_at__isnull=True).update(ended_at=now, taken=False):
                tell("declined", made.case)


def _end_noes(now: datetime) -> None:
    here = Colleague.objects.here(STAFF).values("pk")
    waiting = AskedNo.objects.filter(ended_at__isnull=True)
    gone = waiting.filter(~Q(asked__in=here) | ~Q(colleague__in=here)).select_related("case").order_by("pk")
    for made in gone[:AT_ONCE]:
        with transaction.atomic():
            if waiting.filter(pk=made.pk).update(ended_at=now, agreed=False):
                tell("no_unseen", made.case)
