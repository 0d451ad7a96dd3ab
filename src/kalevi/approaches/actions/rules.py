"""Changing the rules and limits, and letting a rule that slowed itself down go on."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from kalevi.approaches.rule_models import Limits, Pace, Rule, Why
from kalevi.approaches.rules import current_rules
from kalevi.audit.actions import record


@transaction.atomic
def store_rules(*, rules: Sequence[Rule], limits: Mapping[str, int], actor_id: int | None) -> None:
    """Store what each rule looks at, and the limits; the paces stay as they are."""
    for rule in rules:
        values = {"active": rule.active, "days": rule.days, "after": rule.after}
        Rule.objects.update_or_create(why=rule.why, defaults=values)
    Limits.objects.update_or_create(pk=1, defaults=dict(limits))
    record(
        action="approaches.store_rules",
        actor_id=actor_id,
        active=[rule.why for rule in rules if rule.active],
        limits=dict(limits),
    )


@transaction.atomic
def go_on(*, why: Why, actor_id: int | None) -> None:
    """Let a rule propose every day again; how it is met is counted anew from now."""
    rule = next(one for one in current_rules() if one.why == why)
    rule.pace, rule.because, rule.pace_since, rule.counted_since = Pace.USUAL, "", None, timezone.now()
    rule.save()
    record(action="approaches.go_on", actor_id=actor_id, subject=f"rule:{why.value}")
