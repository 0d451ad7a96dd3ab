"""How pages say the time of a promise."""

from collections.abc import Iterable
from datetime import datetime

from django import template

from kalevi.promises.queries.rates import Rate
from kalevi.shell.templatetags.kalevi import day, moment

register = template.Library()


@register.filter
def by_when(at: datetime | None, whole_day: bool) -> str:
    """The day alone where only a day was promised, else the moment."""
    return str(day(at) if whole_day else moment(at))


@register.filter
def told(rates: Iterable[Rate], what: str) -> list[Rate]:
    """Those of which this is said: "share", "one", "few", "thin" or "nothing"."""
    return [rate for rate in rates if rate.told == what]
