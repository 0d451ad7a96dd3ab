"""Keeping when colleagues are here, what they speak and what they know."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.cases.shift_models import Away, Shift, Skill, Speaks
from kalevi.people.models import Colleague


@transaction.atomic
def store_week(
    *,
    colleague: Colleague,
    hours: Mapping[int, tuple[time, time]],
    languages: Sequence[str],
    actor_id: int,
) -> None:
    """Store weekday -> (begins, ends) and the languages in place of those that were."""
    Shift.objects.filter(colleague=colleague).delete()
    Speaks.objects.filter(colleague=colleague).delete()
    Shift.objects.bulk_create(
        Shift(colleague=colleague, weekday=day, begins=begins, ends=ends)
        for day, (begins, ends) in sorted(hours.items())
    )
    Speaks.objects.bulk_create(Speaks(colleague=colleague, language=one) for one in sorted(set(languages)))
    record(action="cases.store_week", actor_id=actor_id, subject=f"colleague:{colleague.pk}")


@transaction.atomic
def be_away(*, colleague: Colleague, begins_on: date, ends_on: date, actor_id: int) -> Away:
    """Store days on which a colleague is not here."""
    away = Away.objects.create(colleague=colleague, begins_on=begins_on, ends_on=ends_on)
    record(action="cases.be_away", actor_id=actor_id, subject=f"colleague:{colleague.pk}")
    return away


@transaction.atomic
def come_back(*, away: Away, actor_id: int) -> None:
    """Take days away back."""
    record(action="cases.come_back", actor_id=actor_id, subject=f"colleague:{away.colleague_id}")
    away.delete()


@transaction.atomic
def store_skill(
    *,
    skill: Skill | None,
    name: str,
    themes: Sequence[str],
    whys: Sequence[str],
    touchpoints: Sequence[int],
    holders: Sequence[int],
    actor_id: int,
) -> Skill:
    """Store a skill, a new one for None, with the ids of touchpoints that need it and of who has it."""
    stored = skill or Skill()
    stored.name, stored.themes, stored.whys = name, sorted(themes), sorted(whys)
    stored.save()
    stored.touchpoints.set(touchpoints)
    stored.holders.set(holders)
    record(action="cases.store_skill", actor_id=actor_id, subject=f"skill:{stored.pk}")
    return stored


@transaction.atomic
def end_skill(*, skill: Skill, actor_id: int) -> None:
    """Remove a skill; cases stay with who carries them."""
    record(action="cases.end_skill", actor_id=actor_id, subject=f"skill:{skill.pk}")
    skill.delete()
