"""Who does it, that it is not for now, that it was done, and how it was met; each writes its audit row."""

from django.db import transaction
from django.utils import timezone

from kalevi.approaches.models import LIVE, Approach, Met, State, Way
from kalevi.audit.actions import record
from kalevi.people.actions.contacts import leave_in_peace
from kalevi.people.models import Colleague


class EndedError(Exception):
    """Somebody else was first, or the person has asked for peace: it is not to be done any more."""


def standing(approach_id: int, *states: State) -> Approach:
    """Return an approach in one of these states, held until the transaction ends.

    Raises Approach.DoesNotExist and EndedError.
    """
    # Locked alone: PostgreSQL locks no row that an outer join may leave empty.
    one = Approach.objects.select_for_update(of=("self",)).select_related("contact").get(pk=approach_id)
    gone = one.contact.erasure_id is not None or one.contact.merged_into_id is not None
    if one.state not in states or gone:
        raise EndedError
    if one.contact.in_peace_since is not None and one.state in (State.PROPOSED, State.TAKEN):
        raise EndedError
    return one


@transaction.atomic
def take(*, approach_id: int, colleague: Colleague, way: Way) -> Approach:
    """Say "I'll do it", and how; whoever has the customer before them may take it from a colleague too."""
    one = standing(approach_id, State.PROPOSED, State.TAKEN)
    one.state, one.taken_by, one.taken_at, one.way = State.TAKEN, colleague, timezone.now(), way
    one.save(update_fields=["state", "taken_by", "taken_at", "way"])
    note("take", one, colleague, way=way.value)
    return one


@transaction.atomic
def set_aside(*, approach_id: int, colleague: Colleague, state: State) -> Approach:
    """Say "not now" or that it does not fit (`state`)."""
    one = standing(approach_id, State.PROPOSED, State.TAKEN)
    one.state, one.ended_at, one.ended_by_id = state, timezone.now(), colleague.pk
    one.save(update_fields=["state", "ended_at", "ended_by_id"])
    note("set_aside", one, colleague, state=state.value)
    return one


@transaction.atomic
def note_met(*, approach_id: int, colleague: Colleague, met: Met) -> Approach:
    """Keep how it was met; what was noted may be put right later."""
    one = standing(approach_id, State.APPROACHED, State.MET)
    one.state, one.met, one.met_at = State.MET, met, timezone.now()
    one.ended_at, one.ended_by_id = one.met_at, colleague.pk
    one.save(update_fields=["state", "met", "met_at", "ended_at", "ended_by_id"])
    note("note_met", one, colleague, met=met.value)
    return one


@transaction.atomic
def keep_wish_for_peace(*, approach_id: int, colleague: Colleague) -> Approach:
    """Keep that the person wishes to be left in peace, as they said when we walked up to them."""
    one = standing(approach_id, *LIVE, State.MET)
    leave_in_peace(actor=colleague, contact_id=one.contact_id, wished=True)
    if one.state in (State.PROPOSED, State.TAKEN):
        one.state, one.ended_at, one.ended_by_id = State.DROPPED, timezone.now(), colleague.pk
        one.save(update_fields=["state", "ended_at", "ended_by_id"])
    note("keep_wish_for_peace", one, colleague)
    return one


def note(action: str, one: Approach, colleague: Colleague, **details: object) -> None:
    """Write the audit row of what a colleague did."""
    record(
        action=f"approaches.{action}",
        actor_id=colleague.pk,
        subject=f"approach:{one.pk}",
        contact_id=one.contact_id,
        **details,
    )
