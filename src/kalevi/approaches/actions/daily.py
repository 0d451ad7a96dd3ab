"""The day's work: what has ended goes, rules slow themselves down, and a few people are proposed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kalevi.approaches.allowed import allowed
from kalevi.approaches.choosing import in_turn
from kalevi.approaches.looking.candidate import Candidate
from kalevi.approaches.looking.finders import FINDERS
from kalevi.approaches.models import LIVE, Approach, Met, State
from kalevi.approaches.pruning import pace_by
from kalevi.approaches.queries.rates import rates
from kalevi.approaches.rule_models import Limits, Pace, Rule, Why
from kalevi.approaches.rules import current_rules, limits
from kalevi.audit.actions import record
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Interaction
from kalevi.jobs import leases

_CHUNK = 200
# Of one reason at most so many are looked at in a day.
LOOKED_AT = 4_000
SELDOM_DAYS = 3


def do_the_days_work(*, now: datetime) -> dict[str, int]:
    """Tidy, slow down, propose; return how many of each. Done again the same day it proposes nobody more."""
    known = limits()
    with leases.effect():
        ended = _end_what_has_ended(known, now)
        slowed = _slow_down(known, now)
    proposed = propose(now=now)
    return {"ended": ended, "slowed": slowed, "proposed": len(proposed)}


def propose(*, now: datetime) -> list[Approach]:
    """Propose as many people as the day still has room for, what presses most first, and return them.

    Looking takes its time outside of the transaction; whoever was found is asked about again inside.
    """
    known, today = limits(), timezone.localtime(now).date()
    room = _room(known, today)
    if room <= 0:
        return []
    found = {
        Why(rule.why): [(one.contact_id, one) for one in islice(_of(rule, known, now, today), room)]
        for rule in current_rules()
        if _proposes(rule, today)
    }
    chosen = in_turn(found, room)
    made = []
    with leases.effect():
        # One after the other: two workers with the same day's work must not propose twice as many.
        limits_row = Limits.objects.get_or_create(pk=1)[0]
        Limits.objects.select_for_update().get(pk=limits_row.pk)
        for why, one in chosen[: max(0, _room(known, today))]:
            if allowed(why, [one], known, now, today):
                made.append(_propose(why, one, now, today))
    return made


def _proposes(rule: Rule, today: date) -> bool:
    if not rule.active or rule.pace == Pace.PAUSED:
        return False
    return rule.pace == Pace.USUAL or today.toordinal() % SELDOM_DAYS == 0


def _room(known: Limits, today: date) -> int:
    """How many may be proposed today beside those that still wait to be taken."""
    waiting = Approach.objects.filter(state=State.PROPOSED).count()
    return known.most - max(waiting, Approach.objects.filter(proposed_on=today).count())


def _of(rule: Rule, known: Limits, now: datetime, today: date) -> Iterator[Candidate]:
    why = Why(rule.why)
    looking = islice(FINDERS[why](rule, now), LOOKED_AT)
    while chunk := list(islice(looking, _CHUNK)):
        yield from allowed(why, chunk, known, now, today)


def _propose(why: Why, one: Candidate, now: datetime, today: date) -> Approach:
    made = Approach.objects.create(
        contact_id=one.contact_id,
        why=why,
        key=one.key,
        facts=one.facts,
        said_id=one.said,
        proposed_at=now,
        proposed_on=today,
    )
    record(
        action="approaches.propose",
        actor_id=None,
        subject=f"approach:{made.pk}",
        contact_id=made.contact_id,
        why=why.value,
    )
    return made


def _end_what_has_ended(known: Limits, now: datetime) -> int:
    """Let go what nobody took, whom we may not walk up to any more, and what no word came to."""
    live = Approach.objects.filter(state__in=LIVE).select_related("contact")
    gone = Q(contact__in_peace_since__isnull=False, state__in=(State.PROPOSED, State.TAKEN))
    gone |= Q(contact__erasure__isnull=False) | Q(contact__merged_into__isnull=False)
    count = sum(_end(one, State.DROPPED, now) for one in live.filter(gone))
    old = now - timedelta(days=known.open_days)
    count += sum(
        _end(one, State.LAPSED, now) for one in live.filter(state=State.PROPOSED, proposed_at__lte=old)
    )
    silent = live.filter(state=State.APPROACHED, approached_at__lte=now - timedelta(days=known.ignored_days))
    for one in silent:
        if not word_after(one):
            count += _end(one, State.MET, now, met=Met.IGNORED, met_at=now)
    return count


def word_after(one: Approach) -> bool:
    """Whether they said or did anything with us after we had walked up to them."""
    if one.approached_at is None:
        return False
    return Interaction.objects.filter(
        contact_id=one.contact_id, outbound=False, pk__gte=earliest_id(one.approached_at)
    ).exists()


def _end(one: Approach, state: State, now: datetime, **values: object) -> bool:
    # Under the lock of a colleague who acts at this moment, theirs stands.
    ended = Approach.objects.filter(pk=one.pk, state=one.state).update(state=state, ended_at=now, **values)
    if ended:
        record(
            action="approaches.end",
            actor_id=None,
            subject=f"approach:{one.pk}",
            contact_id=one.contact_id,
            state=state.value,
        )
    return bool(ended)


@transaction.atomic
def _slow_down(known: Limits, now: datetime) -> int:
    """Set the pace of each rule by how its approaches were met; only a colleague speeds one up again."""
    slowed = 0
    met = rates()
    order = (Pace.USUAL, Pace.SELDOM, Pace.PAUSED)
    for rule in current_rules():
        pace, because = pace_by(met[Why(rule.why)], known)
        if because is None or order.index(pace) <= order.index(Pace(rule.pace)):
            continue
        rule.pace, rule.because, rule.pace_since = pace, because, now
        rule.save()
        record(
            action="approaches.slow_down",
            actor_id=None,
            subject=f"rule:{rule.why}",
            pace=pace.value,
            because=because.value,
        )
        slowed += 1
    return slowed
