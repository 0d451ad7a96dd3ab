"""What opens a case, how soon it is answered, who takes care of what: in words, not in numbers of a model."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.cases.clock import Targets
from kalevi.cases.rule_models import OpeningRule, Urgency, Why
from kalevi.cases.rules import LEGAL, legal_words
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import LANGUAGES, Colleague

# How sure a reading has to be, as one says it.
SURENESS = (("0.5", _("a likely guess is enough")), ("0.6", _("fairly sure")), ("0.8", _("sure")))
LOWNESS = (("0.15", _("only the very lowest")), ("0.3", _("the lowest third")), ("0.5", _("the lower half")))
READ = frozenset({Why.PROBLEM, Why.NEED, Why.LEAVING})


# A shorter piece of a word lies in words of every kind.
SHORTEST, LONGEST, MOST = 4, 60, 60


class LegalWords(forms.CharField):
    """Words or beginnings of words, one a line, as a list in small letters."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MOST * (LONGEST + 2), **kwargs)
        self.widget.attrs["rows"] = 6

    def prepare_value(self, value: Any) -> Any:
        """Return a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the words, each once."""
        lines = super().clean(value).splitlines()
        words = list(dict.fromkeys(line for one in lines if (line := " ".join(one.split()).casefold())))
        for word in words:
            if not SHORTEST <= len(word) <= LONGEST:
                told = {"word": word, "least": SHORTEST, "most": LONGEST}
                raise forms.ValidationError(_("“%(word)s”: from %(least)s to %(most)s letters."), params=told)
        if len(words) > MOST:
            raise forms.ValidationError(_("At most %(most)s lines."), params={"most": MOST})
        return words


class Rules(forms.Form):
    """One row for each reason, and the words that tell of a legal request."""

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
        self._legal = legal_words(rules)
        for language, words in self._legal.items():
            label = dict(LANGUAGES)[language]
            self.fields[f"words_{language}"] = LegalWords(label=label, initial=words)

    def clean(self) -> dict[str, Any]:
        """Refuse a rule in use that no word could ever wake."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        given = [told.get(f"words_{language}", ("",)) for language in self._legal]
        if told.get(f"{Why.LEGAL.value}_active") and not any(given):
            self.add_error("words_fi", _("Give at least one word, or take the rule out of use."))
        return told

    def legal(self) -> list[BoundField]:
        """Return the fields of the words that tell of a legal request."""
        return [self[f"words_{language}"] for language in self._legal]

    def legal_faulty(self) -> bool:
        """Whether something is to be put right in them."""
        return any(field.errors for field in self.legal())

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
                words=self._words() if rule.why == Why.LEGAL else {},
            )
            for rule in self._rules
        ]

    def _words(self) -> dict[str, list[str]]:
        """Return the words as they are kept: nothing where they are the usual ones, which may grow."""
        words = {language: self.cleaned_data[f"words_{language}"] for language in self._legal}
        return {} if words == LEGAL else words


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
