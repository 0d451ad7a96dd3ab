"""How pages say the time of a promise."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from kalevi.promises.queries.rates import Rate
from kalevi.shell.templatetags.kalevi import day, moment

register = template.Library()


@register.filter
def by_when(at: datetime | None, whole_day: bool) -> str:
    """The day alone where only a day was promised, else the moment."""
    return str(day(at) if whole_day else moment(at))


@register.filter
def due_when(at: datetime | None, whole_day: bool) -> str:
    """A time to be kept as one says it: today, tomorrow, yesterday; with the weekday for a week."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    days = (local.date() - timezone.localdate()).days
    clock = {"clock": date_format(local, "TIME_FORMAT")}
    match days:
        case 0:
            return gettext("today") if whole_day else gettext("today at %(clock)s") % clock
        case 1:
            return gettext("tomorrow") if whole_day else gettext("tomorrow at %(clock)s") % clock
        case -1:
            return gettext("yesterday") if whole_day else gettext("yesterday at %(clock)s") % clock
    when = by_when(at, whole_day)
    return f"{date_format(local, 'D')} {when}" if 0 < days < 7 else when


@register.filter
def told(rates: Iterable[Rate], what: str) -> list[Rate]:
    """Those of which this is said: "share", "one", "few", "thin" or "nothing"."""
    return [rate for rate in rates if rate.told == what]
