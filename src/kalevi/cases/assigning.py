"""Who carries a new case: somebody who takes care of the touchpoint, with the fewest cases in hand."""

from django.db.models import Count, Q

from kalevi.cases.models import LIVE
from kalevi.people.models import Colleague, holding
from kalevi.shell.roles import STAFF, Role

# Whoever meets customers comes first; a shop of one person is its administrator.
ORDER = (frozenset({Role.FRONTLINE, Role.MANAGER}), STAFF, frozenset(Role))


class NobodyHereError(Exception):
    """There is not one colleague who may sign in."""


def carrier_for(touchpoint_id: int | None, *, besides: int | None = None) -> Colleague:
    """Return who takes a new case from here; `besides` somebody who cannot. Raises NobodyHereError."""
    here = Colleague.objects.here().annotate(in_hand=Count("cases", filter=Q(cases__state__in=LIVE)))
    if besides is not None:
        here = here.exclude(pk=besides)
    least_first = here.order_by("in_hand", "pk")
    if touchpoint_id is not None and (chosen := least_first.filter(duties__touchpoint=touchpoint_id).first()):
        return chosen
    for roles in ORDER:
        if chosen := least_first.filter(holding(roles)).first():
            return chosen
    raise NobodyHereError
