"""The rules with how their approaches were met, and what colleagues have told, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kalevi.approaches.models import Ability, News
from kalevi.approaches.pruning import Rate
from kalevi.approaches.queries.rates import rates
from kalevi.approaches.rule_models import Rule, Why
from kalevi.approaches.rules import current_rules
from kalevi.people.models import Colleague

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Fared:
    """A rule and how those it proposed met us."""

    rule: Rule
    rate: Rate


@dataclass(frozen=True, slots=True)
class Told:
    """Something a colleague told, and the colleague's name."""

    one: "Ability | News"
    teller: str


def how_rules_fared() -> list[Fared]:
    """Return every rule with its rate, what presses most first."""
    met = rates()
    return [Fared(rule, met[Why(rule.why)]) for rule in current_rules()]


def told_for_colleague() -> tuple[Sequence[Told], Sequence[Told]]:
    """Return the abilities and the news that still hold, the newest first."""
    abilities = list(Ability.objects.filter(ended_at__isnull=True).order_by("-pk")[:SHOWN])
    news = list(News.objects.filter(ended_at__isnull=True).select_related("account").order_by("-pk")[:SHOWN])
    ids = {one.told_by_id for one in abilities} | {one.told_by_id for one in news}
    names = dict(Colleague.objects.filter(pk__in=ids).values_list("pk", "name"))
    return (
        [Told(one, names.get(one.told_by_id, "")) for one in abilities],
        [Told(one, names.get(one.told_by_id, "")) for one in news],
    )
