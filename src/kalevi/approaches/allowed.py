"""Whom we may walk up to for a reason, and whom we leave alone: wishes first, then the law, then manners."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from kalevi.approaches.looking.candidate import Candidate
from kalevi.approaches.models import AGAIN, LIVE, Approach, Met, State
from kalevi.approaches.rule_models import OWED, Limits, Why
from kalevi.cases.models import LIVE as LIVE_CASE
from kalevi.cases.models import Case
from kalevi.people.models import Consent, Contact, Side, Stage

# Whom an approach was not welcome to is left alone this long, but for what we owe them.
UNWELCOME_RESTS = timedelta(days=365)


def allowed(
    why: Why, found: Sequence[Candidate], limits: Limits, now: datetime, today: date
) -> list[Candidate]:
    """Return those of a chunk who may be walked up to, in their order, each person once."""
    ids = {one.contact_id for one in found}
    left = _reachable(why, ids) - _resting(why, ids, limits, now)
    if why != Why.SILENCE:
        left -= _being_answered(left)
    if why not in OWED:
        left = _lawful(why, left, today)
    known = _occasions(why, [one.key for one in found])
    taken: set[int] = set()
    chosen = []
    for one in found:
        if one.contact_id in left and one.key not in known and one.contact_id not in taken:
            taken.add(one.contact_id)
            chosen.append(one)
    return chosen


def _reachable(why: Why, ids: set[int]) -> set[int]:
    """Return who is still somebody to us, has not asked for peace, and can be reached at all."""
    people = Contact.objects.filter(
        pk__in=ids, erasure__isnull=True, merged_into__isnull=True, in_peace_since__isnull=True
    ).exclude(email="", phone="")
    if why not in OWED:
        people = people.filter(side=Side.CUSTOMER)
    if why == Why.CHANGED:
        people = people.exclude(stage=Stage.ENDED)
    return set(people.values_list("pk", flat=True))


def _resting(why: Why, ids: set[int], limits: Limits, now: datetime) -> set[int]:
    """Return who is being walked up to, or was lately; what we owe waits for nothing but "not now"."""
    later = now - timedelta(days=limits.later_days)
    tired = Q(state__in=LIVE) | Q(state__in=AGAIN, ended_at__gt=later)
    if why not in OWED:
        rest = now - timedelta(days=limits.rest_days)
        tired |= Q(approached_at__gt=rest) | Q(state=State.NOT_FIT, ended_at__gt=rest)
        tired |= Q(met=Met.UNWELCOME, met_at__gt=now - UNWELCOME_RESTS)
    return set(Approach.objects.filter(tired, contact__in=ids).values_list("contact", flat=True))


def _being_answered(ids: set[int]) -> set[int]:
    """Return whose case somebody carries: they would hear of us from two sides."""
    return {
        pk
        for pk in Case.objects.filter(contact__in=ids, state__in=LIVE_CASE).values_list("contact", flat=True)
        if pk is not None
    }


def _lawful(why: Why, ids: set[int], today: date) -> set[int]:
    """Return whom a legal basis lets us turn to for something that is not a matter of their own.

    What we now can do is news, and needs an agreement to hear of news that holds. The rest belongs to taking
    care of a customer, unless its basis has ended, or they took back that they hear of news.
    """
    news, care = Consent.Purpose.MARKETING, Consent.Purpose.SERVICE
    holding: dict[str, set[int]] = {news: set(), care: set()}
    ended: dict[str, set[int]] = {news: set(), care: set()}
    agreed = Consent.objects.filter(contact__in=ids, purpose__in=(news, care))
    for contact_id, purpose, ends_on, withdrawn in agreed.values_list(
        "contact", "purpose", "ends_on", "withdrawn_at"
    ):
        holds = withdrawn is None and ends_on >= today
        (holding if holds else ended)[purpose].add(contact_id)
    if why == Why.CAN_NOW:
        return ids & holding[news]
    return ids - (ended[care] - holding[care]) - (ended[news] - holding[news])


def _occasions(why: Why, keys: Sequence[str]) -> set[str]:
    """Return the occasions that have had their turn."""
    had = Approach.objects.filter(why=why, key__in=keys).exclude(state__in=AGAIN)
    return set(had.values_list("key", flat=True))
