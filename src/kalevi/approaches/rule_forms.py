"""For which reasons we walk up to people, how often, and when a rule slows itself down."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kalevi.approaches.rule_models import Limits, Rule, Why
from kalevi.approaches.rules import MEANING, Meaning


class Rules(forms.Form):
    """One row for each reason: whether it is in use, and its numbers in days."""

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rules = rules
        for rule in rules:
            means = MEANING[Why(rule.why)]
            self.fields[f"{rule.why}_active"] = forms.BooleanField(
                label=Why(rule.why).label, required=False, initial=rule.active
            )
            self.fields[f"{rule.why}_days"] = forms.IntegerField(
                label=str(means.days), min_value=1, max_value=1825, initial=rule.days
            )
            if means.after is not None:
                self.fields[f"{rule.why}_after"] = forms.IntegerField(
                    label=str(means.after), min_value=0, max_value=365, initial=rule.after
                )

    def rows(self) -> Iterator[tuple[Why, Meaning, BoundField, list[BoundField]]]:
        """Yield each reason, what it means, whether it is in use, and its numbers."""
        for rule in self._rules:
            names = [name for name in self.fields if name.rpartition("_")[0] == rule.why]
            yield Why(rule.why), MEANING[Why(rule.why)], self[names[0]], [self[name] for name in names[1:]]

    def chosen(self) -> list[Rule]:
        """Return the rules as they were chosen, unsaved."""
        told = self.cleaned_data
        return [
            Rule(
                why=rule.why,
                active=told[f"{rule.why}_active"],
                days=told[f"{rule.why}_days"],
                after=told.get(f"{rule.why}_after", rule.after),
            )
            for rule in self._rules
        ]


class LimitsForm(forms.Form):
    """How many a day, how seldom the same person, and when a rule slows itself down."""

    most = forms.IntegerField(label=_("At most so many people a day"), min_value=1, max_value=50)
    rest_days = forms.IntegerField(
        label=_("The same person again after so many days at the earliest"),
        help_text=_(
            "What we owe them, such as word of a late order or a problem left hanging, is told all the same."
        ),
        min_value=0,
        max_value=730,
    )
    later_days = forms.IntegerField(label=_("“Not now” lasts so many days"), min_value=1, max_value=365)
    open_days = forms.IntegerField(
        label=_("A proposal goes away by itself after so many days"), min_value=1, max_value=60
    )
    ignored_days = forms.IntegerField(
        label=_("Nothing heard in so many days: it counts as passed over"), min_value=1, max_value=365
    )
    enough = forms.IntegerField(
        label=_("A rule is judged once it has led us to so many people"),
        min_value=3,
        max_value=1000,
    )
    unwelcome_percent = forms.IntegerField(
        label=_("It pauses when it is certain that more than this share (%) did not welcome it"),
        min_value=0,
        max_value=100,
    )
    met_percent = forms.IntegerField(
        label=_("It pauses when it is certain that fewer than this share (%) thanked or answered"),
        min_value=0,
        max_value=100,
    )

    @classmethod
    def of(cls, known: Limits) -> dict[str, int]:
        """Return the limits as the form shows them."""
        return {name: getattr(known, name) for name in cls.base_fields}
