"""Forms of the shell: the company and its calendar."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalevi.shell.calendar import BusinessCalendar

LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
DATE_FORMS = ("%d.%m.%Y", "%Y-%m-%d")


class CompanyForm(forms.Form):
    """What the company is called, its language and its zone."""

    name = forms.CharField(label=_("Name of the company"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the company"),
        help_text=_("For whoever has not chosen one of their own."),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Times without a zone in imported files are read in it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those of the Nordic and Baltic neighbours come first, the rest in order.
        near = ("Europe/Helsinki", "Europe/Mariehamn", "Europe/Stockholm", "Europe/Tallinn", "Europe/Oslo")
        rest = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
        zones = [*near, *sorted(rest.difference(near))]
        self.fields["time_zone"].choices = [("UTC", "UTC"), *((zone, zone) for zone in zones)]  # type: ignore[attr-defined]


CLOCK_FORMS = ("%H.%M", "%H:%M", "%H")


class CalendarForm(forms.Form):
    """Opening and closing time of each weekday, and the days that are closed."""

    closed_days = forms.CharField(
        label=_("Other closed days"),
        help_text=_("One date a line, such as 24.12.2026."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    open_on_public_holidays = forms.BooleanField(label=_("Open on public holidays too"), required=False)

    def __init__(self, *args: Any, calendar: BusinessCalendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = (f"{day.day}.{day.month}.{day.year}" for day in sorted(calendar.closed))
        self.fields["closed_days"].initial = "\n".join(lines)
        self.fields["open_on_public_holidays"].initial = calendar.open_on_public_holidays
        for day in range(7):
            span = calendar.hours.get(day)
            for place, end in enumerate(("opens", "closes")):
                label = _("Opens") if end == "opens" else _("Closes")
                self.fields[f"{end}_{day}"] = forms.TimeField(
                    label=label,
                    required=False,
                    input_formats=CLOCK_FORMS,
                    initial=_clock(span[place]) if span else None,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
                    error_messages={"invalid": _("Write the time like 9.00 or 17.30.")},
                )

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Return (weekday, field of opening, field of closing) from Monday on."""
        return [(str(WEEKDAYS[day]), self[f"opens_{day}"], self[f"closes_{day}"]) for day in range(7)]

    def clean_closed_days(self) -> list[date]:
        """Return the dates; names the first line that is not one."""
        return [_date(line.strip()) for line in self.cleaned_data["closed_days"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """Both times of a day or neither, and the opening first."""
        for day in range(7):
            opens, closes = self.cleaned_data.get(f"opens_{day}"), self.cleaned_data.get(f"closes_{day}")
            if (opens is None) != (closes is None) and not (
                self.has_error(f"opens_{day}") or self.has_error(f"closes_{day}")
            ):
                missing = f"closes_{day}" if opens else f"opens_{day}"
                self.add_error(
                    missing, gettext("Give both times, or leave both empty when the day is closed.")
                )
            elif opens and closes and opens >= closes:
                self.add_error(f"closes_{day}", gettext("The day has to close after it opens."))
        return self.cleaned_data

    def hours(self) -> dict[int, tuple[time, time]]:
        """Return weekday -> (opens, closes), closed days left out."""
        return {
            day: (self.cleaned_data[f"opens_{day}"], self.cleaned_data[f"closes_{day}"])
            for day in range(7)
            if self.cleaned_data.get(f"opens_{day}")
        }


def _clock(at: time) -> str:
    return f"{at.hour}.{at:%M}"


def _date(text: str) -> date:
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    raise ValidationError(gettext("“%(text)s” is not a date. Write it like 24.12.2026.") % {"text": text})
