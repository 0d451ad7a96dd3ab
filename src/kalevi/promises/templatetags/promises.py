"""How pages say the time of a promise."""

from datetime import datetime

from django import template

from kalevi.shell.templatetags.kalevi import day, moment

register = template.Library()


@register.filter
def by_when(at: datetime | None, whole_day: bool) -> str:
    """The day alone where only a day was promised, else the moment."""
    return str(day(at) if whole_day else moment(at))
