"""Writing a promise down: by hand, or from what was found in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague, Contact
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.events import GIVEN, tell_of
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Event, Happened, Promise, Source, State
from kalevi.promises.times import LONGEST, warn_at
from kalevi.shell.queries import company

NOT, SAME = "not", "same"
# A colleague's note says "I promised"; a customer told of in a note says "they promised me".
_OWN = ("lupasin", "lupaan", "lupasimme", "lupaamme", "jag lovade", "vi lovade", "i promised", "we promised")


class TimeError(Exception):
    """The time of a promise is past, before it was given, or further away than anybody waits."""


class AnsweredError(Exception):
    """A colleague has already said what these words are; or they were erased, or nobody is known by them."""


class GoneError(Exception):
    """There is nobody any more to promise to: the contact was erased or joined to another."""


@transaction.atomic
def give(
    *,
    contact: Contact,
    words: str,
    due_at: datetime,
    by_day: bool,
    giver: Colleague,
    owner: Colleague | None = None,
    touchpoint: Touchpoint | None = None,
    brand: BrandPromise | None = None,
    now: datetime | None = None,
) -> Promise:
    """Write down a promise that a colleague gave just now, or at `now`. Raises TimeError and GoneError."""
    now = now or timezone.now()
    if not now <= due_at <= now + LONGEST:
        raise TimeError
    return _store(
        contact_id=contact.pk,
        words=words,
        source=Source.BY_HAND,
        interaction=None,
        giver_id=giver.pk,
        owner_id=(owner or giver).pk,
        touchpoint_id=touchpoint.pk if touchpoint else None,
        brand=brand,
        promised_at=now,
        due_at=due_at,
        by_day=by_day,
        now=now,
        actor_id=giver.pk,
    )


@transaction.atomic
def confirm(
    *,
    proposal_id: int,
    colleague: Colleague,
    due_at: datetime | None = None,
    by_day: bool = False,
    carry: bool = False,
    now: datetime | None = None,
) -> Promise:
    """Say that words are a promise; with `due_at` by when, else by the time the words speak of.

    It is kept by whom the proposal names, or by the colleague who confirms: always with `carry`.
    Raises AnsweredError, GoneError, and TimeError where no time is known or it is too far away.
    """
    proposal = _locked(proposal_id)
    said = proposal.interaction
    if due_at is None:
        due_at, by_day = proposal.due_at, proposal.by_day
    now = now or timezone.now()
    if due_at is None or due_at > now + LONGEST:
        raise TimeError
    if said.contact_id is None:
        raise GoneError
    words = (said.verbatim or "")[proposal.words_from : proposal.words_to].strip()
    told_by_us = proposal.source == Source.WRITTEN or (
        proposal.source == Source.NOTED and any(own in words.lower() for own in _OWN)
    )
    giver_id = said.told_by_colleague_id if told_by_us else None
    # When a customer was promised something, they alone know.
    promised_at = said.occurred_at if told_by_us else None
    if promised_at is not None and due_at < promised_at:
        raise TimeError
    made = _store(
        contact_id=said.contact_id,
        words=words,
        source=Source(proposal.source),
        interaction=said,
        giver_id=giver_id,
        owner_id=colleague.pk if carry or proposal.owner_id is None else proposal.owner_id,
        touchpoint_id=_touchpoint_of(said),
        brand=None,
        promised_at=promised_at,
        due_at=due_at,
        by_day=by_day,
        now=now,
        actor_id=colleague.pk,
    )
    _answer(proposal, "promise", colleague, now, made)
    return made


@transaction.atomic
def refuse(*, proposal_id: int, colleague: Colleague) -> Proposal:
    """Say that words promise nothing. Raises AnsweredError."""
    proposal = _locked(proposal_id)
    _answer(proposal, NOT, colleague, timezone.now(), None)
    record(
        action="promises.refuse",
        actor_id=colleague.pk,
        subject=f"proposal:{proposal.pk}",
        contact_id=proposal.interaction.contact_id,
    )
    return proposal


@transaction.atomic
def join(*, proposal_id: int, promise_id: int, colleague: Colleague) -> Proposal:
    """Say that words speak of a promise that is known. Raises AnsweredError and Promise.DoesNotExist."""
    proposal = _locked(proposal_id)
    known = Promise.objects.get(pk=promise_id, contact_id=proposal.interaction.contact_id or 0)
    _answer(proposal, SAME, colleague, timezone.now(), known)
    record(
        action="promises.join",
        actor_id=colleague.pk,
        subject=f"promise:{known.pk}",
        contact_id=known.contact_id,
        proposal=proposal.pk,
    )
    return proposal


def _locked(proposal_id: int) -> Proposal:
    found = Proposal.objects.select_for_update().get(pk=proposal_id)
    if found.answer or found.interaction.erasure_id is not None:
        raise AnsweredError
    return found


def _answer(
    proposal: Proposal, answer: str, colleague: Colleague, now: datetime, promise: Promise | None
) -> None:
    proposal.answer, proposal.answered_at, proposal.answered_by_id = answer, now, colleague.pk
    proposal.promise = promise
    proposal.save(update_fields=["answer", "answered_at", "answered_by_id", "promise"])


def _touchpoint_of(said: Interaction) -> int | None:
    """Return where it was said; an answer was said where the words were that it answers."""
    if said.touchpoint_id is not None or said.answers_id is None:
        return said.touchpoint_id
    return Interaction.objects.filter(pk=said.answers_id).values_list("touchpoint_id", flat=True).first()


def _store(
    *,
    contact_id: int,
    words: str,
    source: Source,
    interaction: Interaction | None,
    giver_id: int | None,
    owner_id: int,
    touchpoint_id: int | None,
    brand: BrandPromise | None,
    promised_at: datetime | None,
    due_at: datetime,
    by_day: bool,
    now: datetime,
    actor_id: int,
) -> Promise:
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    if contact.erasure_id is not None or contact.merged_into_id is not None:
        raise GoneError
    made = Promise.objects.create(
        contact=contact,
        words=words,
        source=source,
        interaction=interaction,
        giver_id=giver_id,
        owner_id=owner_id,
        touchpoint_id=touchpoint_id,
        brand=brand,
        promised_at=promised_at,
        made_at=now,
        first_due_at=due_at,
        first_by_day=by_day,
        due_at=due_at,
        by_day=by_day,
        warn_at=warn_at(promised_at or now, due_at, by_day, ZoneInfo(company().time_zone)),
        state=State.OPEN,
    )
    # When the customer heard it, where that is known: it may be confirmed days later.
    given_at = promised_at or now
    Event.objects.create(
        promise=made, kind=Happened.GIVEN, at=given_at, by_id=giver_id, due_at=due_at, by_day=by_day
    )
    record(
        action="promises.give",
        actor_id=actor_id,
        subject=f"promise:{made.pk}",
        contact_id=contact_id,
        source=source.value,
    )
    tell_of(GIVEN, made)
    return made
