"""Numbers and times as people and exports write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+)(?:[.,]\d+)?|[-+−]?[.,]\d+")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}")
_CLOCK = (
    r"(?:[ T,]+(?:klo|kl\.?|kello|at)?\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})"
    r"(?:[.:](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|(?:(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?))?)?"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})" + _CLOCK,
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4}|\d{2})" + _CLOCK,
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _CLOCK,
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:[a-zåäö]{2,9},?\s+)?(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?\s+(?P<name>[a-zåäö]{3,12})\.?,?\s+(?P<year>\d{4})"
    + _CLOCK,
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    + _CLOCK,
    re.IGNORECASE,
)
_PATTERNS = (_YEAR_FIRST, _DAY_FIRST, _SLASHED, _NAMED, _NAMED_FIRST)
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "jan tam",
            "feb hel",
            "mar maa mär",
            "apr huh",
            "may maj tou",
            "jun kes",
            "jul hei",
            "aug elo",
            "sep syy",
            "oct okt lok",
            "nov mar",
            "dec jou",
        ),
        1,
    )
    for stem in stems.split()
}
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def parse_number(text: str) -> float | None:
    """A number written with a decimal point or comma and possibly spaces or points between thousands."""
    text = text.strip()
    if not text or len(text) > 40 or not _NUMBER.fullmatch(text):
        return None
    text = re.sub(r"[ \u00a0\u202f]", "", text).replace("−", "-")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    return float(text)


def is_email(text: str) -> bool:
    """Whether the cell is one e-mail address."""
    return len(text) < 255 and _EMAIL.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Whether the cell reads as a date, with or without a clock time."""
    text = text.strip()
    if not 6 <= len(text) <= 60:
        return False
    return parse_datetime(text, UTC) is not None or parse_datetime(text, UTC, month_first=True) is not None


def month_first_in(texts: Iterable[str]) -> bool:
    """Whether dates with slashes in a column are month first (2/23/2015): some cannot be day first, and none
    cannot be month first.
    """
    seen = False
    for text in texts:
        match = _SLASHED.fullmatch(text.strip()) if len(text) < 60 else None
        if match is None:
            continue
        if int(match["day"]) > 12:
            return False
        seen = seen or int(match["month"]) > 12 or bool(match["half"])
    return seen


def parse_datetime(text: str, zone: tzinfo, *, month_first: bool = False) -> datetime | None:
    """The moment a cell tells, with a time zone; None when it tells none.

    Understands ISO 8601, `22.11.2026 klo 9.05`, `22.11.2026 9:05`, `2026/11/22 9:05:11 AM GMT+2`,
    `22/11/2026`, `22 November 2026`, `22. marraskuuta 2026`, and seconds or milliseconds since 1970. Without
    a zone of its own the time is in `zone`; without a clock time it is midnight. `month_first` reads
    `2/23/2015` (see `month_first_in`). A repeated hour in autumn is read as its first time around.
    """
    text = text.strip()
    if not 6 <= len(text) <= 60:
        return None
    if text[0].isdecimal() and text[4:5] == "-":
        try:
            found = datetime.fromisoformat(text)
            return found if found.tzinfo else found.replace(tzinfo=zone)
        except ValueError:
            pass
    if text.isdecimal() and text.isascii():
        return _since_1970(text)
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            return _moment(match.groupdict(), zone, month_first and pattern is _SLASHED)
    return None


def _since_1970(digits: str) -> datetime | None:
    seconds = (
        int(digits) / {10: 1, 13: 1_000, 16: 1_000_000}.get(len(digits), 0)
        if len(digits) in (10, 13, 16)
        else 0
    )
    found = datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 7e9 else None
    return found if found and _EARLIEST < found < _LATEST else None


def _moment(parts: dict[str, str | None], zone: tzinfo, month_first: bool) -> datetime | None:
    day, year = int(parts["day"] or 0), int(parts["year"] or 0)
    month = _month_named(parts.get("name") or "") if "name" in parts else int(parts["month"] or 0)
    if month_first:
        day, month = month, day
    if year < 100:
        year += 2000 if year < 70 else 1900
    hour = int(parts["hour"] or 0)
    if half := (parts["half"] or "").lower():
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    try:
        date(year, month, day)
        return datetime(
            year,
            month,
            day,
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_zone(parts["zone"], zone),
        )
    except (ValueError, OverflowError):
        return None


def _month_named(name: str) -> int:
    name = name.lower()
    if name.startswith("marras"):
        return 11
    if name.startswith("maalis"):
        return 3
    return 3 if name.startswith("mar") else _MONTHS.get(name[:3], 0)


def _zone(text: str | None, otherwise: tzinfo) -> tzinfo:
    if not text:
        return otherwise
    offset = re.sub(r"(?i)gmt|utc|z|\s", "", text)
    if not offset:
        return UTC
    sign, digits = offset[0], offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-away if sign == "-" else away)
