"""Telling colleagues of cases: whom, of what, in their own language, outside their quiet hours, once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import override

from kalevi.cases.absent import absences, steps_meanwhile, who_leads, who_steps_in
from kalevi.cases.alert_models import Alerted
from kalevi.cases.alerting_words import AWAY, LATE, MEANWHILE, NEAR, STEP, STEP_LATE, sentence
from kalevi.cases.assigning import weeks
from kalevi.cases.clock import WARN_AT, due, targets
from kalevi.cases.colleague_mail import tell_by_mail
from kalevi.cases.models import LIVE, Case, Handover
from kalevi.cases.shifts import Week
from kalevi.cases.team_telling import tell_team
from kalevi.people.models import Colleague
from kalevi.shell.queries import company

TO_TEAM = frozenset({"opened", LATE})
WROTE = frozenset({"joined", "corrected"})
AT_ONCE = 200
# A step is told of before its time: the customer was told until when, not from when on.
BEFORE = timedelta(minutes=30)


def tell(case: Case, about: str, colleagues: Iterable[Colleague], now: datetime) -> int:
    """Tell colleagues of a case, each once; return how many were told now. Who left is told nothing."""
    return sum(_tell(case, about, colleague, now) for colleague in colleagues if colleague.is_active)


@transaction.atomic
def _tell(case: Case, about: str, colleague: Colleague, now: datetime) -> bool:
    _told, new = Alerted.objects.get_or_create(
        case=case, colleague=colleague, about=about, defaults={"at": now}
    )
    if not new:
        return False
    address = f"{settings.ADDRESS}{reverse('case', args=[case.pk])}"
    with override(colleague.language):
        words = sentence(about, case)
    tell_by_mail(colleague, words, address, f"case:{case.pk}:{about}:{colleague.pk}", now)
    return True


def tell_of_change(case_id: int, happened: str, now: datetime) -> int:
    """Tell whom it concerns that something happened to a case; return how many were told."""
    case = Case.objects.select_related("owner", "touchpoint").filter(pk=case_id).first()
    if case is None:
        return 0
    told = tell(case, _once(happened, case), _concerned(case, happened), now)
    if happened in WROTE and _is_away(case.owner, now):
        told += tell(case, _once(happened, case).replace(happened, AWAY), _others(case), now)
    if happened in TO_TEAM:
        told += tell_team(case, happened, now)
    return told


def _once(happened: str, case: Case) -> str:
    """Return what is told as a key: what can happen again is told again."""
    if happened in WROTE:
        newest = case.words.order_by("-pk").values_list("pk", flat=True).first()
        return f"{happened}:{newest}"
    rows: dict[str, QuerySet[Any]] = {
        "no_asked": case.asked_nos.all(),
        "no_otherwise": case.asked_nos.all(),
        "no_unseen": case.asked_nos.all(),
        "offered": case.handovers.all(),
        "declined": case.handovers.all(),
        "taken": case.chain.all(),
        "carried_on": case.chain.all(),
    }
    if happened in rows:
        return f"{happened}:{rows[happened].order_by('-pk').values_list('pk', flat=True).first()}"
    return f"{happened}:{case.reopened}"


def _concerned(case: Case, happened: str) -> Sequence[Colleague]:
    if happened == "offered":
        offer = Handover.objects.filter(case=case, ended_at__isnull=True).select_related("taker").first()
        return [offer.taker] if offer else []
    if happened == "declined":
        declined = case.handovers.select_related("giver").order_by("-pk").first()
        return [declined.giver] if declined and declined.giver_id == case.owner_id else []
    if happened == "taken":
        before = case.chain.filter(until__isnull=False).select_related("colleague").order_by("-pk").first()
        return [before.colleague] if before and before.colleague_id != case.owner_id else []
    if happened in ("no_asked", "no_otherwise", "no_unseen"):
        asked = case.asked_nos.select_related("asked", "colleague").order_by("-pk").first()
        return [] if asked is None else [asked.asked if happened == "no_asked" else asked.colleague]
    # Nobody needs to hear of what they opened themselves.
    return [] if happened == "opened" and case.opened_by_id == case.owner_id else [case.owner]


def watch_clocks(now: datetime) -> int:
    """Tell of first answers that are nearly due or late, and of next steps that are; return how many."""
    told = 0
    waiting = Case.objects.select_related("owner", "touchpoint").filter(
        state__in=LIVE, answered_at__isnull=True
    )
    late = waiting.filter(answer_due_at__lte=now)
    for case in _untold(late, LATE)[:AT_ONCE]:
        told += tell(case, f"{LATE}:{case.reopened}", [case.owner, *_others(case)], now)
        told += tell_team(case, LATE, now)
    # Whole and gone in one: since + 3/4 of (due - since) has passed.
    near = waiting.filter(answer_due_at__gt=now)
    for case in _untold(near, NEAR)[: AT_ONCE * 5]:
        whole = (case.answer_due_at - case.waits_since).total_seconds()
        if (now - case.waits_since).total_seconds() >= WARN_AT * whole:
            told += tell(case, f"{NEAR}:{case.reopened}", [case.owner], now)
    return told + _watch_steps(now) + _watch_absences(now)


def _watch_steps(now: datetime) -> int:
    """Tell of next steps of answered cases whose time is near, and others too of those that are late."""
    told, known = 0, targets()
    steps = Case.objects.select_related("owner", "touchpoint", "contact").filter(
        state__in=LIVE, answered_at__isnull=False
    )
    near = steps.filter(step_at__lte=now + BEFORE)
    for case in _untold_step(near, STEP, BEFORE)[:AT_ONCE]:
        told += tell(case, _of_step(STEP, case), [case.owner], now)
    # As late as a first answer may take here.
    for case in _untold_step(steps.filter(step_at__lte=now), STEP_LATE, timedelta())[:AT_ONCE]:
        late_at = due(
            case.step_at or now,
            urgency=case.urgency,
            known=known,
            touchpoint_id=case.touchpoint_id,
            contact=case.contact,
        )
        if late_at <= now:
            told += tell(case, _of_step(STEP_LATE, case), [case.owner, *_others(case)], now)
    return told


def _watch_absences(now: datetime) -> int:
    """Tell those who could step in of next steps that are due while a carrier is away; return how many."""
    known, told = absences(now), 0
    stepping_in = who_steps_in(known) if known else []
    for one in known:
        about = f"{MEANWHILE}:{one.number}"
        heard = Alerted.objects.filter(case=OuterRef("pk"), about=about)
        for case in steps_meanwhile([one], now).exclude(Exists(heard)).select_related("touchpoint")[:AT_ONCE]:
            told += tell(case, about, [who for who in stepping_in if who.pk != case.owner_id], now)
    return told


def _of_step(about: str, case: Case) -> str:
    return f"{about}:{int(case.step_at.timestamp()) if case.step_at else 0}"


def _untold_step(cases: QuerySet[Case], about: str, before: timedelta) -> QuerySet[Case]:
    heard = Alerted.objects.filter(
        case=OuterRef("pk"),
        colleague=OuterRef("owner"),
        about__startswith=f"{about}:",
        at__gte=ExpressionWrapper(OuterRef("step_at") - before, output_field=DateTimeField()),
    )
    return cases.exclude(Exists(heard)).order_by("step_at", "pk")


def _untold(cases: QuerySet[Case], about: str) -> QuerySet[Case]:
    heard = Alerted.objects.filter(
        case=OuterRef("pk"), colleague=OuterRef("owner"), about__startswith=f"{about}:"
    )
    return cases.exclude(Exists(heard)).order_by("answer_due_at", "pk")


def _is_away(colleague: Colleague, now: datetime) -> bool:
    """Whether somebody is not here until later than the coming day and night."""
    here = now.astimezone(ZoneInfo(company().time_zone))
    return weeks(here.date()).get(colleague.pk, Week()).days_until_here(here) > 1


def _others(case: Case) -> list[Colleague]:
    """Return who hears besides its carrier."""
    return who_leads(besides=[case.owner_id])
