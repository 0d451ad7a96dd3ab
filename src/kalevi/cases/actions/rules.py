"""Changing what opens a case, how soon it is answered, and who takes care of what."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.cases.rule_models import Duty, OpeningRule, Target
from kalevi.cases.rules import current_rules, legal_words


@transaction.atomic
def store_rules(*, rules: Sequence[OpeningRule], actor_id: int | None) -> None:
    """Store the rules in place of those that were; the log tells which legal words came and went."""
    before, after = _legal(current_rules()), _legal(rules)
    OpeningRule.objects.all().delete()
    OpeningRule.objects.bulk_create(rules)
    record(
        action="cases.store_rules",
        actor_id=actor_id,
        active=[rule.why for rule in rules if rule.active],
        words_added=sorted(after - before),
        words_removed=sorted(before - after),
    )


def _legal(rules: Sequence[OpeningRule]) -> set[str]:
    return {word for words in legal_words(rules).values() for word in words}


@transaction.atomic
def store_targets(*, minutes: Mapping[str, int], actor_id: int | None) -> None:
    """Store the common targets, in minutes by urgency; cases that are open keep theirs."""
    for urgency, length in minutes.items():
        Target.objects.update_or_create(
            touchpoint=None, account=None, contact=None, urgency=urgency, defaults={"minutes": length}
        )
    record(action="cases.store_targets", actor_id=actor_id, minutes=dict(minutes))


@transaction.atomic
def store_own_targets(
    *, whose: str, number: int, minutes: Mapping[str, int | None], actor_id: int | None
) -> None:
    """Store the targets of one touchpoint, account or contact, by urgency; None takes them away."""
    own = {f"{whose}_id": number}
    known = dict(Target.objects.filter(**own).values_list("urgency", "minutes"))
    if known == {urgency: length for urgency, length in minutes.items() if length}:
        return
    Target.objects.filter(**own).delete()
    Target.objects.bulk_create(
        Target(urgency=urgency, minutes=length, **own) for urgency, length in minutes.items() if length
    )
    record(
        action="cases.store_own_targets",
        actor_id=actor_id,
        subject=f"{whose}:{number}",
        contact_id=number if whose == "contact" else None,
        minutes=dict(minutes),
    )


@transaction.atomic
def store_duties(*, pairs: set[tuple[int, int]], actor_id: int | None) -> None:
    """Store who takes care of what, as (colleague, touchpoint) ids."""
    known = set(Duty.objects.values_list("colleague_id", "touchpoint_id"))
    for colleague_id, touchpoint_id in known - pairs:
        Duty.objects.filter(colleague_id=colleague_id, touchpoint_id=touchpoint_id).delete()
    Duty.objects.bulk_create(
        Duty(colleague_id=colleague_id, touchpoint_id=touchpoint_id)
        for colleague_id, touchpoint_id in sorted(pairs - known)
    )
    record(action="cases.store_duties", actor_id=actor_id, duties=len(pairs))
