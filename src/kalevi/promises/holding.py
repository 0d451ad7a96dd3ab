"""What this room holds of a person: what they were promised, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from kalevi.interactions.models import Interaction
from kalevi.people.holdings import Holding, moving
from kalevi.people.keeping import months_later
from kalevi.people.models import Erasure
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Event, Promise, State


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return what a contact was promised, oldest first, ready for JSON."""
    mine = Promise.objects.filter(contact_id=contact_id).prefetch_related("events")
    return [_exported(promise) for promise in mine.order_by("pk")]


def _exported(promise: Promise) -> dict[str, Any]:
    return {
        "words": promise.words,
        "known_from": promise.source,
        "promised_at": promise.promised_at and promise.promised_at.isoformat(),
        "first_due_at": promise.first_due_at.isoformat(),
        "due_at": promise.due_at.isoformat(),
        "state": promise.state,
        "ended_at": promise.ended_at and promise.ended_at.isoformat(),
        "you_say": promise.theirs or None,
        "interaction": str(promise.interaction_id) if promise.interaction_id else None,
        "happened": [
            {
                "what": event.kind,
                "at": event.at.isoformat(),
                "due_at": event.due_at and event.due_at.isoformat(),
                "verdict": event.verdict or None,
            }
            for event in sorted(promise.events.all(), key=lambda event: event.pk)
        ],
    }


def erase(contact_id: int, erasure: Erasure) -> None:
    """Blank the words; a promise that was open falls away, for there is nobody to keep it to."""
    mine = Promise.objects.filter(contact_id=contact_id)
    mine.filter(erasure__isnull=True).update(words=None, erasure=erasure)
    _forget_proposals(Interaction.objects.filter(contact_id=contact_id).values("pk"))
    for promise in mine.filter(state=State.OPEN):
        promise.state, promise.ended_at = State.FELL_AWAY, erasure.at
        promise.save(update_fields=["state", "ended_at"])
        Event.objects.create(promise=promise, kind="ours", at=timezone.now(), verdict=State.FELL_AWAY)


def forget(ids: Sequence[int]) -> None:
    """Blank what was promised in words that were just erased; the promise and its dates stay to be kept."""
    found = Promise.objects.filter(interaction_id__in=ids, erasure__isnull=True)
    for number, erasure_id in found.values_list("pk", "interaction__erasure_id"):
        Promise.objects.filter(pk=number).update(words=None, erasure_id=erasure_id)
    _forget_proposals(ids)


def _forget_proposals(interactions: Any) -> None:
    Proposal.objects.filter(interaction_id__in=interactions, answer="").delete()


def still_owed(contact_ids: Sequence[int], months: int) -> Mapping[int, date]:
    """Contact -> the day so many months after the last date of a promise that is still to be kept."""
    owed = Promise.objects.filter(contact_id__in=contact_ids, state=State.OPEN).values_list("contact_id")
    return {
        contact_id: months_later(timezone.localdate(last), months)
        for contact_id, last in owed.annotate(last=Max("due_at"))
    }


_merge, _unmerge = moving(Promise)
HOLDING = Holding(
    room="promises",
    models=("promises.Promise", "promises.Event", "promises.Proposal"),
    export=export,
    erase=erase,
    merge=_merge,
    unmerge=_unmerge,
)
