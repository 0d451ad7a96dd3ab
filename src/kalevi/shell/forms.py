"""Forms of the shell: the company and its calendar."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalevi.shell.calendar import BusinessCalendar, Span
from kalevi.shell.icalendar_file import Days, NotACalendarError, days_of

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
# Later than this after midnight is a slip of the pen rather than a long night.
NIGHT_ENDS = time(6)
_SPECIAL = re.compile(r"(\S+)\s+(\d\S*?)\s*[-–]\s*(\d\S*)")


class CalendarForm(forms.Form):
    """Opening and closing time of each weekday, and the days that are closed."""

    closed_days = forms.CharField(
        label=_("Other closed days"),
        help_text=_("One date a line, such as 24.12.2026."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    special_days = forms.CharField(
        label=_("Days with other hours"),
        help_text=_("One a line, such as 24.12.2026 9.00–12.00. They go before everything else."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    open_on_public_holidays = forms.BooleanField(label=_("Open on public holidays too"), required=False)

    def __init__(self, *args: Any, calendar: BusinessCalendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = (f"{day.day}.{day.month}.{day.year}" for day in sorted(calendar.closed))
        self.fields["closed_days"].initial = "\n".join(lines)
        self.fields["special_days"].initial = "\n".join(
            f"{day.day}.{day.month}.{day.year} {_clock(opens)}–{_clock(closes)}"
            for day, (opens, closes) in sorted((calendar.special or {}).items())
        )
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

    def clean_special_days(self) -> dict[date, Span]:
        """Return day -> (opens, closes); names the first line that is not that."""
        return dict(
            _special(line.strip()) for line in self.cleaned_data["special_days"].splitlines() if line.strip()
        )

    def clean(self) -> dict[str, Any]:
        """Both times of a day or neither, and the opening first, unless the night is open."""
        for day in range(7):
            opens, closes = self.cleaned_data.get(f"opens_{day}"), self.cleaned_data.get(f"closes_{day}")
            if (opens is None) != (closes is None) and not (
                self.has_error(f"opens_{day}") or self.has_error(f"closes_{day}")
            ):
                missing = f"closes_{day}" if opens is not None else f"opens_{day}"
                self.add_error(
                    missing, gettext("Give both times, or leave both empty when the day is closed.")
                )
            elif opens is not None and closes is not None and opens >= closes > NIGHT_ENDS:
                self.add_error(f"closes_{day}", gettext("The day has to close after it opens."))
        return self.cleaned_data

    def hours(self) -> dict[int, tuple[time, time]]:
        """Return weekday -> (opens, closes), closed days left out."""
        return {
            day: (self.cleaned_data[f"opens_{day}"], self.cleaned_data[f"closes_{day}"])
            for day in range(7)
            if self.cleaned_data.get(f"opens_{day}") is not None
        }


class ClosedDaysForm(forms.Form):
    """Closed days out of a calendar file."""

    calendar = forms.FileField(
        label=_("Calendar file (.ics)"),
        help_text=_("Every all-day event of it becomes a closed day, two years ahead."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_calendar(self) -> Days:
        """Return the days; refuses what is no calendar, or larger than a megabyte."""
        file, today = self.cleaned_data["calendar"], timezone.localdate()
        if file.size > 1_000_000:
            raise ValidationError(gettext("The file is too large for a calendar."))
        try:
            return days_of(file.read(), first=today, last=today + timedelta(days=731))
        except NotACalendarError as error:
            raise ValidationError(gettext("This file is not a calendar.")) from error


def _clock(at: time) -> str:
    return f"{at.hour}.{at:%M}"


def _special(line: str) -> tuple[date, Span]:
    if match := _SPECIAL.fullmatch(line):
        opens, closes = _time(match[2]), _time(match[3])
        if opens is not None and closes is not None and (opens < closes or closes <= NIGHT_ENDS):
            return _date(match[1]), (opens, closes)
    said = gettext("“%(text)s” is not a day with its hours. Write it like 24.12.2026 9.00–12.00.")
    raise ValidationError(said % {"text": line})


def _time(text: str) -> time | None:
    for form in CLOCK_FORMS:
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007  the clock on the wall
        except ValueError:
            continue
    return None


def _date(text: str) -> date:
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a date has no zone
        except ValueError:
            continue
    raise ValidationError(gettext("“%(text)s” is not a date. Write it like 24.12.2026.") % {"text": text})
