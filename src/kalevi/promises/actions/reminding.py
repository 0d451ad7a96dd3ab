"""Reminding whoever keeps a promise before its time, and once more when it has passed."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override

from kalevi.promises.events import DUE_SOON, tell_of
from kalevi.promises.models import Event, Happened, Promise, State
from kalevi.promises.telling import tell

AT_ONCE = 500


def remind(*, now: datetime) -> int:
    """Tell owners of promises that are soon due, and of those whose time has passed; return how many."""
    waiting = Promise.objects.filter(state=State.OPEN, contact__erasure__isnull=True)
    soon = waiting.filter(warn_at__lte=now, warned_at__isnull=True, due_at__gt=now)
    passed = waiting.filter(due_at__lte=now, slipped_at__isnull=True)
    told = sum(_remind(number, Happened.WARNED, now) for number in _ids(soon.order_by("warn_at")))
    return told + sum(_remind(number, Happened.SLIPPED, now) for number in _ids(passed.order_by("due_at")))


def _ids(found: QuerySet[Promise]) -> list[int]:
    return list(found.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _remind(number: int, what: Happened, now: datetime) -> bool:
    promise = Promise.objects.select_for_update(of=("self",)).select_related("owner").get(pk=number)
    told_at = promise.warned_at if what == Happened.WARNED else promise.slipped_at
    late = promise.due_at <= now
    if promise.state != State.OPEN or told_at is not None or late != (what == Happened.SLIPPED):
        return False
    if what == Happened.WARNED:
        promise.warned_at = now
    else:
        promise.slipped_at = now
    promise.save(update_fields=["warned_at", "slipped_at"])
    Event.objects.get_or_create(
        promise=promise,
        kind=what,
        due_at=promise.due_at,
        defaults={"at": now, "by_day": promise.by_day},
    )
    if what == Happened.WARNED:
        tell_of(DUE_SOON, promise)
    address = f"{settings.ADDRESS}{reverse('promise', args=[number])}"
    key = f"promise:{number}:{what}:{int(promise.due_at.timestamp())}:{promise.owner_id}"
    with override(promise.owner.language):
        tell(promise.owner, sentence(what), address, key, now)
    return True


def sentence(what: Happened) -> str:
    """Return what an owner is told, in the language that is active: no name and no word of a customer."""
    if what == Happened.WARNED:
        return gettext("A promise of yours is soon due. Keep it, or tell the customer a new time now.")
    return gettext("The time of a promise of yours has passed. The customer should hear from you.")
