"""What this room holds of a person: when and why we walked up to them, or might have."""

from typing import Any

from django.utils import timezone

from kalevi.approaches.models import LIVE, Approach, State
from kalevi.people.holdings import Holding
from kalevi.people.models import Erasure


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return every approach, oldest first, ready for JSON; what was said is among the interactions."""
    return [
        {
            "reason": one.why,
            "facts": one.facts,
            "proposed_at": one.proposed_at.isoformat(),
            "state": one.state,
            "way": one.way or None,
            "approached_at": one.approached_at and one.approached_at.isoformat(),
            "met": one.met or None,
        }
        for one in Approach.objects.filter(contact_id=contact_id).order_by("pk")
    ]


def erase(contact_id: int, erasure: Erasure) -> None:
    """Erase what the reasons say; that somebody was approached, and how it was met, stays nameless."""
    mine = Approach.objects.filter(contact_id=contact_id)
    mine.filter(state__in=LIVE).update(state=State.DROPPED, ended_at=timezone.now())
    mine.filter(erasure__isnull=True).update(facts=None, erasure=erasure)


def merge(kept: int, gone: int) -> dict[str, Any]:
    """Move approaches to the kept contact; return their ids, and of what ended since only one may live."""
    theirs = Approach.objects.filter(contact_id=gone)
    dropped: list[list[Any]] = []
    if Approach.objects.filter(contact_id=kept, state__in=LIVE).exists():
        live = theirs.filter(state__in=LIVE)
        dropped = [list(row) for row in live.values_list("pk", "state")]
        live.update(state=State.DROPPED, ended_at=timezone.now())
    moved = list(theirs.values_list("pk", flat=True))
    theirs.update(contact_id=kept)
    return {"moved": moved, "dropped": dropped}


def unmerge(kept: int, gone: int, moved: dict[str, Any]) -> None:
    """Move approaches back, and let those live again that ended with the merge."""
    Approach.objects.filter(pk__in=moved["moved"], contact_id=kept).update(contact_id=gone)
    for number, state in moved["dropped"]:
        if not Approach.objects.filter(contact_id=gone, state__in=LIVE).exists():
            Approach.objects.filter(pk=number, state=State.DROPPED).update(state=state, ended_at=None)


HOLDING = Holding(
    room="approaches",
    models=("approaches.Approach",),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
