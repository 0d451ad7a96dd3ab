"""What becomes of a promise: kept, not kept, released, another time, another to keep it.

`now` is when somebody says so, for what is told later than it happened; else it is this moment.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague
from kalevi.promises.actions.giving import TimeError
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.events import BROKEN, KEPT, tell_of
from kalevi.promises.models import Event, Happened, Promise, State, Theirs
from kalevi.promises.times import LONGEST, warn_at
from kalevi.shell.queries import company


class EndedError(Exception):
    """The promise has ended already, or is open where only one that has ended fits."""


def locked(promise_id: int) -> Promise:
    """Return a promise to be kept, its row locked. Raises EndedError and Promise.DoesNotExist."""
    found = Promise.objects.select_for_update().get(pk=promise_id)
    if found.state != State.OPEN:
        raise EndedError
    return found


@transaction.atomic
def keep(
    *, promise_id: int, colleague: Colleague, at: datetime | None = None, now: datetime | None = None
) -> Promise:
    """Say that it was kept, now or at a moment before: in time or late by the first date the customer heard.

    Raises EndedError, and TimeError for a moment ahead or before it was promised.
    """
    promise, now = locked(promise_id), now or timezone.now()
    at = at or now
    if at > now or (promise.promised_at is not None and at < promise.promised_at):
        raise TimeError
    state = State.KEPT if at <= promise.first_due_at else State.LATE
    return _end(promise, state, at, colleague.pk, now)


@transaction.atomic
def give_up(*, promise_id: int, colleague: Colleague, now: datetime | None = None) -> Promise:
    """Say that it was not kept and will not be. Raises EndedError."""
    now = now or timezone.now()
    return _end(locked(promise_id), State.BROKEN, now, colleague.pk, now)


@transaction.atomic
def release(*, promise_id: int, actor_id: int | None, now: datetime | None = None) -> Promise:
    """Say that the customer released us from it; `actor_id` is None where they said so themselves.

    Raises EndedError.
    """
    now = now or timezone.now()
    return _end(locked(promise_id), State.RELEASED, now, actor_id, now)


def _end(promise: Promise, state: State, at: datetime, actor_id: int | None, now: datetime) -> Promise:
    promise.state, promise.ended_at, promise.ended_by_id = state, at, actor_id
    promise.save(update_fields=["state", "ended_at", "ended_by_id"])
    kind = Happened.OURS if actor_id is not None else Happened.THEIRS
    Event.objects.create(promise=promise, kind=kind, at=now, by_id=actor_id, verdict=state)
    _record("promises.end", promise, actor_id, state=state.value)
    if state in (State.KEPT, State.LATE, State.BROKEN):
        tell_of(BROKEN if state == State.BROKEN else KEPT, promise)
    return promise


@transaction.atomic
def reopen(*, promise_id: int, colleague: Colleague) -> Promise:
    """Take back what was said of it: a slip of the thumb, or it was not done after all.

    Raises EndedError for one that is open or ended with an erasure.
    """
    promise = Promise.objects.select_for_update().get(pk=promise_id)
    if promise.state in (State.OPEN, State.FELL_AWAY):
        raise EndedError
    promise.state, promise.ended_at, promise.ended_by_id = State.OPEN, None, None
    promise.save(update_fields=["state", "ended_at", "ended_by_id"])
    Event.objects.create(promise=promise, kind=Happened.REOPENED, at=timezone.now(), by_id=colleague.pk)
    _record("promises.reopen", promise, colleague.pk)
    return promise


@transaction.atomic
def tell_new_time(
    *,
    promise_id: int,
    colleague: Colleague,
    due_at: datetime,
    by_day: bool,
    letter: Interaction | None = None,
    now: datetime | None = None,
) -> Promise:
    """Keep that the customer was told another time. The first one stays what counts, and stands as it was.

    `letter` is what was written to them. Raises EndedError, and TimeError for a time that is past or further
    away than anybody waits.
    """
    promise, now = locked(promise_id), now or timezone.now()
    if not now < due_at <= now + LONGEST:
        raise TimeError
    promise.due_at, promise.by_day = due_at, by_day
    promise.warn_at = warn_at(now, due_at, by_day, ZoneInfo(company().time_zone))
    promise.warned_at = promise.slipped_at = None
    promise.save(update_fields=["due_at", "by_day", "warn_at", "warned_at", "slipped_at"])
    Event.objects.create(
        promise=promise,
        kind=Happened.NEW_TIME,
        at=now,
        by_id=colleague.pk,
        due_at=due_at,
        by_day=by_day,
        letter=letter,
    )
    _record("promises.tell_new_time", promise, colleague.pk)
    return promise


@transaction.atomic
def take(*, promise_id: int, colleague: Colleague) -> Promise:
    """Make it one's own to keep. Raises EndedError."""
    promise = locked(promise_id)
    if promise.owner_id == colleague.pk:
        return promise
    before, promise.owner = promise.owner_id, colleague
    # The new one is reminded too.
    promise.warned_at = None
    promise.save(update_fields=["owner", "warned_at"])
    Event.objects.create(promise=promise, kind=Happened.TAKEN, at=timezone.now(), by_id=colleague.pk)
    _record("promises.take", promise, colleague.pk, before=before)
    return promise


@transaction.atomic
def put_under(*, promise_id: int, brand: BrandPromise | None, colleague: Colleague) -> Promise:
    """Say under which promise to everybody this one was given, or under none."""
    promise = Promise.objects.select_for_update().get(pk=promise_id)
    promise.brand = brand
    promise.save(update_fields=["brand"])
    _record("promises.put_under", promise, colleague.pk, brand=brand.pk if brand else None)
    return promise


@transaction.atomic
def keep_customers_verdict(
    *, promise_id: int, contact_id: int, verdict: Theirs, now: datetime | None = None
) -> Promise:
    """Keep what the customer says of their promise, beside what we say; a later word takes its place.

    Every word stays among what happened. Raises Promise.DoesNotExist where the promise is not theirs.
    """
    promise = Promise.objects.select_for_update().get(pk=promise_id, contact_id=contact_id)
    now = now or timezone.now()
    promise.theirs, promise.theirs_at = verdict, now
    promise.save(update_fields=["theirs", "theirs_at"])
    Event.objects.create(promise=promise, kind=Happened.THEIRS, at=now, verdict=verdict)
    _record("promises.keep_customers_verdict", promise, None, verdict=verdict.value)
    tell_of(BROKEN if verdict == Theirs.BROKEN else KEPT, promise, by="customer")
    return promise


@transaction.atomic
def release_by_customer(*, promise_id: int, contact_id: int, now: datetime | None = None) -> Promise:
    """Keep that the customer released us themselves. Raises EndedError and Promise.DoesNotExist."""
    Promise.objects.get(pk=promise_id, contact_id=contact_id)
    return release(promise_id=promise_id, actor_id=None, now=now)


def _record(action: str, promise: Promise, actor_id: int | None, **details: object) -> None:
    record(
        action=action,
        actor_id=actor_id,
        subject=f"promise:{promise.pk}",
        contact_id=promise.contact_id,
        **details,
    )
