"""One's week, languages and days away; and what some of us know."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kalevi.cases.rule_models import Why
from kalevi.cases.shift_models import Away, Skill
from kalevi.interactions.own_themes import known_themes
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import LANGUAGES, Colleague
from kalevi.shell.forms import CLOCK_FORMS
from kalevi.shell.templatetags.kalevi import named
from kalevi.text.vocabulary import SUBJECT_THEMES

# A day away is told and shown as one writes it; a browser's own field sends the year first.
DAY_FORMS = ["%Y-%m-%d", "%d.%m.%Y"]
Hours = Mapping[int, tuple[time, time]]


class Weekly(forms.Form):
    """From when to when on each weekday, and the languages one answers in."""

    languages = forms.MultipleChoiceField(
        label=_("Languages you answer in"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, hours: Hours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            for place, end in enumerate(("begins", "ends")):
                self.fields[f"{end}_{day}"] = forms.TimeField(
                    label=pgettext_lazy("shift", "From") if end == "begins" else pgettext_lazy("shift", "To"),
                    required=False,
                    input_formats=CLOCK_FORMS,
                    initial=f"{hours[day][place]:%-H.%M}" if day in hours else None,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
                    error_messages={"invalid": _("Write the time like 9.00 or 17.30.")},
                )

    def days(self) -> list[tuple[str, BoundField, BoundField]]:
        """Return (weekday, field of the beginning, field of the end) from Monday on."""
        return [(str(WEEKDAYS[day]), self[f"begins_{day}"], self[f"ends_{day}"]) for day in range(7)]

    def clean(self) -> dict[str, Any]:
        """Both times of a day or neither, and some time between them."""
        for day in range(7):
            begins, ends = self.cleaned_data.get(f"begins_{day}"), self.cleaned_data.get(f"ends_{day}")
            if self.has_error(f"begins_{day}") or self.has_error(f"ends_{day}"):
                continue
            if (begins is None) != (ends is None):
                missing = f"ends_{day}" if begins is not None else f"begins_{day}"
                self.add_error(missing, gettext("Give both times, or leave both empty."))
            elif begins is not None and begins == ends:
                self.add_error(
                    f"ends_{day}", gettext("The shift has to end at a different time than it begins.")
                )
        return self.cleaned_data

    def hours(self) -> dict[int, tuple[time, time]]:
        """Return weekday -> (begins, ends), free days left out."""
        return {
            day: (self.cleaned_data[f"begins_{day}"], self.cleaned_data[f"ends_{day}"])
            for day in range(7)
            if self.cleaned_data.get(f"begins_{day}") is not None
        }


class DaysAway(forms.ModelForm[Away]):
    """The first and the last day of being away."""

    class Meta:
        model = Away
        fields = ("begins_on", "ends_on")
        widgets = {
            "begins_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.input_formats = DAY_FORMS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("begins_on"), told.get("ends_on")
        if first and last and last < first:
            text = gettext("The last day cannot be before %(day)s.")
            self.add_error("ends_on", text % {"day": date_format(first, "SHORT_DATE_FORMAT")})
        return told


class Knowing(forms.Form):
    """A skill: its name, what needs it, and who has it."""

    name = forms.CharField(
        label=_("What it is called"),
        help_text=_("In your own words, such as “boilers” or “invoices of companies”."),
        max_length=80,
    )
    holders = forms.MultipleChoiceField(
        label=_("Who has it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    touchpoints = forms.MultipleChoiceField(
        label=_("Touchpoints that need it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes that need it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whys = forms.MultipleChoiceField(
        label=_("Reasons that need it"),
        required=False,
        choices=[choice for choice in Why.choices if choice[0] != Why.BY_HAND],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        touchpoints: Sequence[Touchpoint],
        colleagues: Sequence[Colleague],
        skill: Skill | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._skill = skill
        choices = {
            "holders": [(str(one.pk), one.name) for one in colleagues],
            "touchpoints": [(str(one.pk), one.name) for one in touchpoints],
            "themes": [(key, named(key).capitalize()) for key in SUBJECT_THEMES]
            + [(theme.key, theme.name) for theme in known_themes().themes if theme.active],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not touchpoints:
            del self.fields["touchpoints"]

    def groups(self) -> Iterator[BoundField]:
        """Yield what needs the skill, a long list each."""
        for name in ("touchpoints", "themes", "whys"):
            if name in self.fields:
                yield self[name]

    def clean_name(self) -> str:
        """Refuse a name that another skill has."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        others = Skill.objects.exclude(pk=self._skill.pk) if self._skill else Skill.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a skill of this name already."))
        return name
