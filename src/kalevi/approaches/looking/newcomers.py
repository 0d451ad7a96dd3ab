"""Who turned to us for the first time: some have been here, some have not yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Q

from kalevi.approaches.looking.candidate import Candidate, day_of
from kalevi.approaches.rule_models import Rule
from kalevi.interactions.ids import earliest_id, moment_of
from kalevi.interactions.models import Channel, Interaction
from kalevi.orders.models import Order
from kalevi.people.models import Stage

# Somebody who asks from afar. Whatever comes another way (a receipt, a counter, a review) tells of a visit.
FROM_AFAR = (Channel.EMAIL, Channel.PHONE, Channel.WEB_FORM, Channel.CHAT, Channel.SOCIAL_MEDIA)
NEW = (Stage.STRANGER, Stage.PROSPECT, Stage.CUSTOMER)


class Newcomer(NamedTuple):
    """A contact; their first interaction, the first one that tells of a visit, and the first with words."""

    contact_id: int
    first: int
    visit: int | None
    worded: int | None


def before_the_visit(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield who first turned to us at least `after` days ago and has not been here, the newest first."""
    quiet = earliest_id(now - timedelta(days=rule.after))
    new = [one for one in _newcomers(rule, now) if one.visit is None and one.first < quiet]
    bought = set(
        Order.objects.filter(contact__in=[one.contact_id for one in new]).values_list("contact", flat=True)
    )
    for one in sorted(new, key=lambda one: -one.first):
        if one.contact_id not in bought:
            yield _candidate(one, one.first)


def after_the_visit(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield who was here for the first time at least `after` days ago, the newest visit first."""
    quiet = earliest_id(now - timedelta(days=rule.after))
    been = [(one.visit, one) for one in _newcomers(rule, now) if one.visit is not None and one.visit < quiet]
    for visit, one in sorted(been, key=lambda pair: -pair[0]):
        yield _candidate(one, visit)


def _newcomers(rule: Rule, now: datetime) -> list[Newcomer]:
    """Return those known to us only since `days` ago.

    Ids sort by time, so that only what happened in these days is looked at.
    """
    start = now - timedelta(days=rule.days)
    floor = earliest_id(start)
    lately = Interaction.objects.filter(
        pk__gte=floor,
        pk__lt=earliest_id(now + timedelta(seconds=1)),
        outbound=False,
        erasure__isnull=True,
        contact__isnull=False,
        contact__created_at__gte=start - timedelta(days=1),
        contact__stage__in=NEW,
    )
    earlier = Interaction.objects.filter(contact=OuterRef("contact"), pk__lt=floor)
    ordered = Order.objects.filter(contact=OuterRef("contact"), made_at__lt=start)
    rows = (
        lately.exclude(Exists(earlier))
        .exclude(Exists(ordered))
        .values_list("contact")
        .annotate(
            first=Min("pk"),
            visit=Min("pk", filter=~Q(channel__in=FROM_AFAR)),
            worded=Min("pk", filter=Q(verbatim__isnull=False, told_by_colleague_id__isnull=True)),
        )
        .order_by("contact")
    )
    return [Newcomer(*row) for row in rows]


def _candidate(one: Newcomer, number: int) -> Candidate:
    facts = {"day": day_of(moment_of(number))}
    return Candidate(one.contact_id, f"contact:{one.contact_id}", facts, one.worded)
