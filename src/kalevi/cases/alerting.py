"""Telling colleagues of cases: whom, of what, in their own language, outside their quiet hours, once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import override

from kalevi.cases.alert_models import Alerted
from kalevi.cases.alerting_words import LATE, NEAR, STEP, sentence
from kalevi.cases.clock import WARN_AT
from kalevi.cases.colleague_mail import tell_by_mail
from kalevi.cases.models import LIVE, Case, Handover
from kalevi.cases.team_telling import tell_team
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

TO_TEAM = frozenset({"opened", LATE})
AT_ONCE = 200


def tell(case: Case, about: str, colleagues: Iterable[Colleague], now: datetime) -> int:
    """Tell colleagues of a case, each once; return how many were told now."""
    return sum(_tell(case, about, colleague, now) for colleague in colleagues)


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
    if happened in TO_TEAM:
        told += tell_team(case, happened, now)
    return told


def _once(happened: str, case: Case) -> str:
    """Return what is told as a key: what can happen again is told again."""
    if happened == "joined":
        newest = case.words.order_by("-pk").values_list("pk", flat=True).first()
        return f"joined:{newest}"
    if happened in ("no_asked", "no_otherwise"):
        newest = case.asked_nos.order_by("-pk").values_list("pk", flat=True).first()
        return f"{happened}:{newest}"
    if happened == "offered":
        newest = case.handovers.order_by("-pk").values_list("pk", flat=True).first()
        return f"offered:{newest}"
    return f"{happened}:{case.reopened}"


def _concerned(case: Case, happened: str) -> Sequence[Colleague]:
    if happened == "offered":
        offer = Handover.objects.filter(case=case, ended_at__isnull=True).select_related("taker").first()
        return [offer.taker] if offer else []
    if happened in ("no_asked", "no_otherwise"):
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
        told += tell(case, f"{LATE}:{case.reopened}", [case.owner, *_managers(case)], now)
        told += tell_team(case, LATE, now)
    # Whole and gone in one: since + 3/4 of (due - since) has passed.
    near = waiting.filter(answer_due_at__gt=now)
    for case in _untold(near, NEAR)[: AT_ONCE * 5]:
        whole = (case.answer_due_at - case.waits_since).total_seconds()
        if (now - case.waits_since).total_seconds() >= WARN_AT * whole:
            told += tell(case, f"{NEAR}:{case.reopened}", [case.owner], now)
    steps = Case.objects.select_related("owner", "touchpoint").filter(
        state__in=LIVE, answered_at__isnull=False, step_at__lte=now
    )
    heard = Alerted.objects.filter(
        case=OuterRef("pk"), colleague=OuterRef("owner"), about__startswith=STEP, at__gte=OuterRef("step_at")
    )
    for case in steps.exclude(Exists(heard)).order_by("step_at")[:AT_ONCE]:
        at = int(case.step_at.timestamp()) if case.step_at else 0
        told += tell(case, f"{STEP}:{at}", [case.owner], now)
    return told


def _untold(cases: QuerySet[Case], about: str) -> QuerySet[Case]:
    heard = Alerted.objects.filter(
        case=OuterRef("pk"), colleague=OuterRef("owner"), about__startswith=f"{about}:"
    )
    return cases.exclude(Exists(heard)).order_by("answer_due_at", "pk")


def _managers(case: Case) -> Sequence[Colleague]:
    return list(Colleague.objects.here({Role.MANAGER}).exclude(pk=case.owner_id))
