"""Whose matters and which places colleagues have in their care, for the other rooms that tell or ask them."""

from collections.abc import Mapping

from kalevi.cases.models import LIVE, Case
from kalevi.cases.rule_models import Duty


def carrier_for_contact(contact_id: int) -> int | None:
    """Return the colleague who carries a contact's newest live case, None where nobody does."""
    live = Case.objects.filter(contact_id=contact_id, state__in=LIVE).order_by("-pk")
    return live.values_list("owner_id", flat=True).first()


def carers_by_touchpoint() -> Mapping[int, frozenset[int]]:
    """Touchpoint -> the colleagues who take care of it; touchpoints that nobody has are missing."""
    found: dict[int, set[int]] = {}
    on_duty = Duty.objects.filter(colleague__is_active=True)
    for touchpoint_id, colleague_id in on_duty.values_list("touchpoint_id", "colleague_id"):
        found.setdefault(touchpoint_id, set()).add(colleague_id)
    return {touchpoint_id: frozenset(team) for touchpoint_id, team in found.items()}
