"""What this room holds of a person: their cases, and what was written on them."""

from typing import Any

from django.utils import timezone

from kalevi.cases.files import forget_files
from kalevi.cases.link_models import CaseLink
from kalevi.cases.models import LIVE, Case, Handover, State
from kalevi.cases.no_models import AskedNo, HonestNo
from kalevi.people.holdings import Holding, moving
from kalevi.people.models import Erasure


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return the cases of a contact, oldest first, ready for JSON."""
    mine = Case.objects.filter(contact_id=contact_id).prefetch_related(
        "words", "chain", "handovers", "told_again", "nos", "files"
    )
    return [_exported(case) for case in mine.order_by("pk")]


def _exported(case: Case) -> dict[str, Any]:
    return {
        "opened_at": case.opened_at.isoformat(),
        "why": case.why,
        "state": case.state,
        "answered_at": case.answered_at.isoformat() if case.answered_at else None,
        "next_step": case.step_words or case.step or None,
        "next_step_at": case.step_at.isoformat() if case.step_at else None,
        "resolved_at": case.resolved_at.isoformat() if case.resolved_at else None,
        "verdict": case.verdict or None,
        "times_told_again": len(case.told_again.all()),
        "hands": len(case.chain.all()),
        "handed_over_with": [one.words for one in case.handovers.all() if one.words],
        "told_no": [
            {"at": no.at.isoformat(), "reason": no.reason, "instead": no.instead}
            for no in case.nos.all()
            if no.reason
        ],
        "files": [{"name": one.name, "at": one.at.isoformat(), "size": one.size} for one in case.files.all()],
        "interactions": [str(word.interaction_id) for word in case.words.all()],
    }


def erase(contact_id: int, erasure: Erasure) -> None:
    """Take what was written about the person off their cases; a live one ends, for nobody waits any more."""
    mine = Case.objects.filter(contact_id=contact_id)
    Handover.objects.filter(case__in=mine).update(words="")
    CaseLink.objects.filter(case__in=mine).delete()
    mine.filter(step="other").update(step="find_out")
    mine.update(step_words="")
    mine.filter(state__in=LIVE).update(state=State.ENDED)
    now = timezone.now()
    Handover.objects.filter(case__in=mine, ended_at__isnull=True).update(ended_at=now, taken=False)
    asked = AskedNo.objects.filter(case__in=mine)
    asked.filter(ended_at__isnull=True).update(ended_at=now, agreed=False)
    asked.update(reason="", instead="", otherwise="")
    HonestNo.objects.filter(case__in=mine, erasure__isnull=True).update(
        reason=None, instead=None, erasure=erasure
    )
    forget_files(mine)


_merge, _unmerge = moving(Case)
HOLDING = Holding(
    room="cases",
    models=(
        "cases.Case",
        "cases.CaseWord",
        "cases.Carrying",
        "cases.Handover",
        "cases.ToldAgain",
        "cases.CaseLink",
        "cases.Thanks",
        "cases.AskedNo",
        "cases.HonestNo",
        "cases.CaseFile",
        "cases.Praise",
    ),
    export=export,
    erase=erase,
    merge=_merge,
    unmerge=_unmerge,
)
