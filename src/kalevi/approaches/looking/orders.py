"""Whose order is about to be late, before they notice it themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from kalevi.approaches.looking.candidate import Candidate, day_of
from kalevi.approaches.rule_models import Rule
from kalevi.orders.models import Event, Order
from kalevi.orders.queries import Outcome, outcomes

# Longer ago than this they know it themselves, and have most likely told us.
JUST_PAST = timedelta(days=3)
_CHUNK = 200


def late_orders(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield whose order was promised by `after` days from now and has not left, the nearest promise first."""
    until = now + timedelta(days=rule.after)
    told = Event.objects.filter(
        kind__in=(Event.Kind.ORDERED, Event.Kind.PROMISED),
        occurred_at__gte=now - timedelta(days=rule.days),
        occurred_at__lte=now,
        promised_for__gte=now - JUST_PAST,
        promised_for__lte=until,
        order__contact__isnull=False,
        order__erasure__isnull=True,
    )
    ids = list(told.order_by("promised_for", "order").values_list("order", flat=True))
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _CHUNK):
        known = Order.objects.in_bulk(wanted[start : start + _CHUNK])
        for one in outcomes(known[pk] for pk in wanted[start : start + _CHUNK] if pk in known):
            if one.promised_for is not None and _stands(one, now, until):
                yield Candidate(
                    one.order.contact_id or 0,
                    # Promised anew it is another occasion.
                    f"order:{one.order.pk}:{day_of(one.promised_for)}",
                    {"day": day_of(one.promised_for), "order": one.order.reference},
                )


def _stands(one: Outcome, now: datetime, until: datetime) -> bool:
    """Whether the newest promise is near and nothing has been told to have left."""
    gone = (one.shipped_at, one.delivered_at, one.cancelled_at, one.returned_at)
    return one.promised_for is not None and now - JUST_PAST <= one.promised_for <= until and not any(gone)
