"""What opens a case, how soon it is answered, who takes care of what: in words, not in numbers of a model."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.cases.clock import Targets
from kalevi.cases.rule_models import OpeningRule, Urgency, Why
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague

# How sure a reading has to be, as one says it.
SURENESS = (("0.5", _("a likely guess is enough")), ("0.6", _("fairly sure")), ("0.8", _("sure")))
LOWNESS = (("0.15", _("only the very lowest")), ("0.3", _("the lowest third")), ("0.5", _("the lower half")))
READ = frozenset({Why.PROBLEM, Why.NEED, Why.LEAVING})


class Rules(forms.Form):
    """One row for each reason."""

    def __init__(self, *args: Any, rules: list[OpeningRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rules = rules
        for rule in rules:
            self.fields[f"{rule.why}_active"] = forms.BooleanField(
                label=Why(rule.why).label, required=False, initial=rule.active
            )
            self.fields[f"{rule.why}_urgency"] = forms.ChoiceField(
                label=_("How soon"), choices=Urgency.choices, initial=rule.urgency
            )
            if rule.why in READ:
                self.fields[f"{rule.why}_sure"] = forms.ChoiceField(
                    label=_("How sure the machine has to be"),
                    choices=SURENESS,
                    initial=_near(SURENESS, rule.sure),
                )
            if rule.why == Why.LOW_SCORE:
                self.fields[f"{rule.why}_at_most"] = forms.ChoiceField(
                    label=_("Which scores"), choices=LOWNESS, initial=_near(LOWNESS, rule.at_most)
                )

    def rows(self) -> Iterator[tuple[BoundField, list[BoundField]]]:
        """Yield whether a reason is in use, and what belongs to it."""
        for rule in self._rules:
            rest = [self[name] for name in self.fields if name.startswith(f"{rule.why}_")]
            yield rest[0], rest[1:]

    def chosen(self) -> list[OpeningRule]:
        """Return the rules as they were chosen, unsaved."""
        told = self.cleaned_data
        return [
            OpeningRule(
                why=rule.why,
                active=told[f"{rule.why}_active"],
                urgency=told[f"{rule.why}_urgency"],
                sure=float(told.get(f"{rule.why}_sure") or rule.sure),
                at_most=float(told.get(f"{rule.why}_at_most") or rule.at_most),
            )
            for rule in self._rules
        ]


def _near(choices: tuple[tuple[str, Promise], ...], value: float) -> str:
    return min((key for key, _label in choices), key=lambda key: abs(float(key) - value))


class Times(forms.Form):
    """Within how many minutes the first answer comes, by urgency."""

    now = forms.IntegerField(label=_("at once"), min_value=1, max_value=60 * 24)
    soon = forms.IntegerField(label=_("today"), min_value=1, max_value=60 * 24 * 7)
    calm = forms.IntegerField(label=_("within days"), min_value=1, max_value=60 * 24 * 30)

    @staticmethod
    def of(known: Targets) -> dict[str, int]:
        """Return the common targets as the form shows them."""
        return {urgency.value: known["", 0, urgency] for urgency in Urgency}


class OwnTimes(forms.Form):
    """The times of one touchpoint, organisation or customer; what is left empty goes by the common ones."""

    now = forms.IntegerField(label=_("at once"), min_value=1, max_value=60 * 24, required=False)
    soon = forms.IntegerField(label=_("today"), min_value=1, max_value=60 * 24 * 7, required=False)
    calm = forms.IntegerField(label=_("within days"), min_value=1, max_value=60 * 24 * 30, required=False)

    def __init__(self, data: Any, *, whose: str, number: int, known: Targets) -> None:
        own = {urgency.value: known.get((whose, number, urgency)) for urgency in Urgency}
        super().__init__(data, prefix=f"{whose}_{number}", initial=own)
        self.whose, self.number = whose, number
        self.has_own = any(own.values())
        for name, field in self.fields.items():
            field.widget.attrs["placeholder"] = known["", 0, name]


class Duties(forms.Form):
    """Who takes care of each touchpoint."""

    def __init__(
        self, *args: Any, touchpoints: list[Touchpoint], colleagues: list[Colleague], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices = [(str(one.pk), one.name) for one in colleagues]
        for touchpoint in touchpoints:
            self.fields[f"at_{touchpoint.pk}"] = forms.MultipleChoiceField(
                label=touchpoint.name, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    def rows(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Yield each touchpoint's field with the names of those who take care of it now."""
        for field in self:
            chosen = {str(value) for value in field.value() or ()}
            yield field, [name for key, name in self._choices if key in chosen]

    def chosen(self) -> set[tuple[int, int]]:
        """Return (colleague, touchpoint) pairs."""
        return {
            (int(who), int(name.removeprefix("at_")))
            for name, chosen in self.cleaned_data.items()
            for who in chosen
        }
