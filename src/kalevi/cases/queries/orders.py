"""The orders a case may be about: what was ordered against what came, and when against when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kalevi.cases.models import Case
from kalevi.interactions.models import Interaction
from kalevi.orders.queries import Outcome, orders_of_contact

SHOWN, LOOKED_AT = 3, 20
# Older orders are shown only where the customer names them.
RECENT = timedelta(days=120)
SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order beside a case; `late` is how much later than first promised it came, or is by now."""

    outcome: Outcome
    named: bool
    late: timedelta | None


def orders_for_colleague(case: Case, words: Sequence[Interaction], now: datetime) -> tuple[Ordered, ...]:
    """Return the customer's orders that their words name, else the newest ones, in two queries."""
    if case.contact_id is None:
        return ()
    told = " ".join(one.verbatim or "" for one in words if not one.outbound).casefold()
    found = []
    for outcome in orders_of_contact(case.contact_id, most=LOOKED_AT):
        number = (outcome.order.reference or "").casefold()
        named = len(number) >= SHORTEST_NUMBER and number in told
        late = outcome.late_by(now)
        found.append(Ordered(outcome, named, late if late else None))
    named_ones = [one for one in found if one.named]
    recent = [one for one in found if one.outcome.order.made_at >= case.waits_since - RECENT]
    return tuple((named_ones or recent)[:SHOWN])
