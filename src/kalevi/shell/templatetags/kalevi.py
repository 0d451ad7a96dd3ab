"""What templates say dates, times, numbers, feelings and pictures with. A builtin: no `load` is needed."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, npgettext

from kalevi.shell import icons
from kalevi.text import vocabulary

register = template.Library()
LONG_WORDS = 200
MINUTE, HOUR, DAY = 60, 3600, 86400


def reader_language() -> str:
    """Return fi, sv or en: the language the page is written in."""
    language = (get_language() or "fi")[:2]
    return language if language in ("fi", "sv", "en") else "en"


@register.filter
def dial(number: str) -> str:
    """A phone number as a phone dials it: 040 123 4567 is 0401234567, +358 (0)40 1 is +358401."""
    return re.sub(r"[^\d+]", "", re.sub(r"(?<=\d)\s*\(0\)", "", number))


@register.filter
def day(moment: date | datetime | None) -> str:
    """22.11.2026, in the company's zone."""
    if moment is None:
        return ""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, "DATE_FORMAT")


@register.filter
def moment(at: datetime | None) -> str:
    """22.11.2026 klo 9.05, in the company's zone."""
    return "" if at is None else date_format(timezone.localtime(at), "DATETIME_FORMAT")


@register.filter
def lasting(span: timedelta | float | None) -> str:
    """How long a span (a timedelta, or minutes) is, in its two largest units at most: 3 h 20 min."""
    if span is None:
        return ""
    seconds = span.total_seconds() if isinstance(span, timedelta) else span * MINUTE
    minutes, hours, days = int(seconds // MINUTE), int(seconds // HOUR), int(seconds // DAY)
    if hours < 1:
        return gettext("%(count)s min") % {"count": max(0, minutes)}
    if days < 1:
        return _hours(hours, minutes % 60)
    if days < 2 and hours == 24:
        return _hours(24, 0)
    if days < 2:
        return gettext("1 day %(hours)s h") % {"hours": hours % 24}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}


@register.filter
def open_hours(minutes: float | None) -> str:
    """Opening hours in hours and minutes, since a day of them has no fixed length: 52 h 10 min."""
    if minutes is None:
        return ""
    whole = int(minutes)
    if whole < 60:
        return gettext("%(count)s min") % {"count": whole}
    return _hours(whole // 60, whole % 60)


def _hours(hours: int, minutes: int) -> str:
    if not minutes:
        return gettext("%(hours)s h") % {"hours": number(hours)}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": number(hours), "minutes": minutes}


@register.filter
def ago(at: datetime | None) -> str:
    """How long ago, in words; the date once it is over a month."""
    if at is None:
        return ""
    # With a context: Django has translations of its own for the bare words.
    seconds = (timezone.now() - at).total_seconds()
    if seconds < MINUTE:
        return gettext("just now")
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return npgettext("passed", "a minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    if seconds < DAY:
        hours = int(seconds // HOUR)
        return npgettext("passed", "an hour ago", "%(count)s hours ago", hours) % {"count": hours}
    days = int(seconds // DAY)
    if days <= 31:
        return npgettext("passed", "a day ago", "%(count)s days ago", days) % {"count": days}
    return day(at)


@register.simple_tag
def when(at: datetime | None) -> str:
    """A <time> that tells how long ago, with the exact moment in its title."""
    if at is None:
        return ""
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), moment(at), ago(at))


@register.simple_tag
def only_here() -> bool:
    """Whether the address people are given opens on this machine alone."""
    return urlsplit(settings.ADDRESS).hostname in ("127.0.0.1", "localhost", "::1")


@register.filter
def number(value: float | int | None, decimals: int | None = None) -> str:
    """A number as the reader writes it: 12 345,6."""
    if value is None:
        return ""
    if decimals is None and isinstance(value, float):
        decimals = 0 if value == int(value) else 1
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | None, form: str = "") -> str:
    """A share between 0 and 1 as a whole percentage: 34 %, in English 34%; `bare` leaves the sign out."""
    if share is None:
        return ""
    sign = "" if form == "bare" else "%" if reader_language() == "en" else chr(160) + "%"
    return f"{round(share * 100)}{sign}"


@register.filter
def named(key: str | None) -> str:
    """The everyday name of a feeling, kind of HOT, theme, mark, sentiment or language."""
    try:
        return vocabulary.name(key or "", reader_language())
    except KeyError:
        return key or ""


@register.filter
def graded(feeling: str, intensity: float | str | None) -> str:
    """The word for a feeling of this strength (0 to 1); its plain name where the strength is not known."""
    try:
        return vocabulary.graded_feeling(feeling, float(intensity), reader_language())  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return named(feeling)


@register.filter
def longish(words: str | None) -> str:
    """The class `long` for words that need a smaller size to be read with ease."""
    return "long" if len(words or "") > LONG_WORDS else ""


@register.filter
def with_evidence(words: str | None, spans: list[tuple[int, int]] | None) -> str:
    """The words exactly, with the character ranges [start, end) marked; overlapping ranges are joined."""
    if not words:
        return ""
    parts: list[str] = []
    place = 0
    for start, end in sorted((max(0, s[0]), min(len(words), s[1])) for s in spans or ()):
        if end <= place or start >= end:
            continue
        start = max(start, place)
        parts += [escape(words[place:start]), "<mark>", escape(words[start:end]), "</mark>"]
        place = end
    return mark_safe("".join(parts) + escape(words[place:]))  # noqa: S308  every part is escaped above


_SVG = '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word; screen readers pass it by."""
    paths = icons.pictures("icon")
    return format_html(_SVG + '<path d="{}"/></svg>', "icon", paths.get(name, paths["note"]))


@register.simple_tag
def shape(key: str) -> SafeString:
    """The fixed shape of a feeling, kind of HOT or sentiment; its colour comes from the class `tone-key`."""
    paths = icons.pictures("shape")
    return format_html(_SVG + '<path class="fill" d="{}"/></svg>', "shape", paths.get(key, paths["neutral"]))


@register.simple_tag
def logo() -> SafeString:
    """The cloudberry."""
    return mark_safe(icons.logo())  # noqa: S308  our own file


@register.filter
def initials(name: str | None) -> str:
    """The first letters of the first and the last name."""
    parts = (name or "").split()
    return "".join(part[0].upper() for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)) or "?"


RING = 2 * 3.14159265 * 13


@register.filter
def ring(minutes: float | None) -> str:
    """The dash of a clock ring: empty at 0 minutes, full at a day, steep at first as patience is."""
    share = min(1.0, (max(0.0, float(minutes or 0)) / 1440) ** 0.5)
    return f"{share * RING:.1f} {RING:.1f}"


@register.filter
def dot_percent(share: float) -> str:
    """A share between 0 and 1 as a length inside a picture: 34.2%."""
    return f"{share * 100:.1f}%"
