"""The rules and limits as they stand, and what their numbers mean."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.approaches.rule_models import Limits, Rule, Why


class Meaning(NamedTuple):
    """What a rule does, and what its two numbers are called; None for a number it does not need."""

    told: Promise
    days: Promise
    after: Promise | None = None


# Why -> (days, after) a company begins with.
USUAL: dict[Why, tuple[int, int]] = {
    Why.LATE_ORDER: (180, 2),
    Why.SILENCE: (60, 7),
    Why.FIRST_VISIT: (14, 1),
    Why.GOOD_NEWS: (21, 0),
    Why.CAN_NOW: (730, 0),
    Why.FIRST_VISIT_AHEAD: (14, 2),
    Why.CHANGED: (120, 14),
}
MEANING: dict[Why, Meaning] = {
    Why.LATE_ORDER: Meaning(
        _("An order was promised for a day that is near or just past, and nobody has said that it was sent."),
        _("how many days ago the order may have been made"),
        _("how many days before the promised day"),
    ),
    Why.SILENCE: Meaning(
        _("Somebody told of a problem, and after that, or after our answer, neither of us has said a word."),
        _("how many days ago the problem may have been told"),
        _("after how many silent days"),
    ),
    Why.FIRST_VISIT: Meaning(
        _("Somebody met us for the first time: how was it, and what would they still need?"),
        _("how many days ago the visit may have been"),
        _("after how many days"),
    ),
    Why.GOOD_NEWS: Meaning(
        _("A colleague shared good news about an organisation: its contacts are congratulated."),
        _("how many days old the news may be"),
    ),
    Why.CAN_NOW: Meaning(
        _(
            "A colleague told what we now have or can do: those who wished for it, and agreed to hear news, "
            "are told."
        ),
        _("how many days ago the wish may have been told"),
    ),
    Why.FIRST_VISIT_AHEAD: Meaning(
        _("Somebody turned to us for the first time and has not been here yet."),
        _("how many days ago they may have turned to us"),
        _("after how many days"),
    ),
    Why.CHANGED: Meaning(
        _("Somebody has been quiet for longer than is usual for them, or their words have darkened."),
        _("how many days ago the last word may have come"),
        _("after how many silent days"),
    ),
}


def usual_rules() -> list[Rule]:
    """Return the rules a company begins with, unsaved, what presses most first."""
    return [Rule(why=why, days=days, after=after) for why, (days, after) in USUAL.items()]


def current_rules() -> list[Rule]:
    """Return the company's rules, the usual ones where it has set none."""
    own = {rule.why: rule for rule in Rule.objects.all()}
    return [own.get(rule.why, rule) for rule in usual_rules()]


def limits() -> Limits:
    """Return the company's limits, the usual ones, unsaved, where it has set none."""
    return Limits.objects.filter(pk=1).first() or Limits(pk=1)
