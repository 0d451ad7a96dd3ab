"""Days told by the name of a month or the number of a week: 5. joulukuuta, i mitten av mars, week 48."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from kalevi.text.reading import Span

_MONTHS = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "january february march april may june july august september october november december",
}
# A day and a month, or a month with a word that makes a time of it: "May I" and "elokuu" alone tell none.
_DAY = {
    "fi": r"\b(?P<day>[0-3]?\d)\. ?(?:päivä(?:nä|ksi|än)? )?(?P<month>{months})kuu(?:ta|n)\b"
    r"|\b(?P<month2>{months})kuun (?:(?P<day2>[0-3]?\d)\.|(?P<part>alku|alus|puolivä|puoleenv|lop)\w*)"
    r"|\b(?P<month3>{months})kuu(?:ssa|hun|ksi)\b",
    "sv": r"\b(?:den )?(?P<day>[0-3]?\d)(?::e|:a|e)? (?P<month>{months})\b"
    r"|\b(?P<part>början|mitten|slutet) av (?P<month2>{months})\b|\bi (?P<month3>{months})\b",
    "en": r"\b(?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<month>{months})\b"
    r"|\b(?P<month2>{months}) (?:the )?(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b"
    r"|\b(?P<part>early|mid|late|end of|beginning of)[ -](?P<month3>{months})\b"
    r"|\b(?:in|by|during) (?P<month4>{months})\b",
}
_PARTS = {"al": 10, "bö": 10, "ea": 10, "be": 10, "pu": 15, "mi": 15}
_WEEK = {
    "fi": r"\b(?:viikolla|viikon|vko|vk) (?P<week>[0-5]?\d)(?!\d|\.\d)",
    "sv": r"\b(?:vecka|v\.) ?(?P<week>[0-5]?\d)\b",
    "en": r"\bweek (?P<week>[0-5]?\d)\b",
}


def coming(said: date, day: int, month: int, year: int | None) -> date | None:
    """Day and month of `year`; without a year, of the year that is nearest ahead (up to a month back)."""
    try:
        found = date(year or said.year, month, day)
        if year is None and found < said - timedelta(days=31):
            found = date(said.year + 1, month, day)
    except ValueError:
        return None
    return found


def named_dates(low: str, language: str, said: date) -> Iterator[tuple[Span, date]]:
    """Where days stand in a text in lower case, and which, reckoned from `said`: in fi, sv and en."""
    if language not in _MONTHS:
        return
    months = _MONTHS[language].split()
    if any(month in low for month in months):
        for match in _compiled(_DAY[language].replace("{months}", "|".join(months))).finditer(low):
            year = _compiled(r",? (20\d\d)\b").match(low, match.end())
            if due := _day(match, months, said, int(year[1]) if year else None):
                yield (match.start(), (year or match).end()), due
    if any(word in low for word in ("viiko", "vk", "vecka", "v.", "week")):
        for match in _compiled(_WEEK[language]).finditer(low):
            if due := _sunday(said, int(match["week"])):
                yield match.span(), due


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _day(match: re.Match[str], months: list[str], said: date, year: int | None) -> date | None:
    told = {name: value for name, value in match.groupdict().items() if value}
    month = months.index(next(value for name, value in told.items() if name.startswith("month"))) + 1
    for name, value in told.items():
        if name.startswith("day"):
            return coming(said, int(value), month, year)
    last = coming(said, 28, month, year)
    if last is None:
        return None
    part = _PARTS.get(told.get("part", "")[:2])
    return last.replace(day=part or monthrange(last.year, month)[1])


def _sunday(said: date, week: int) -> date | None:
    """The last day of a week by its number in the year (ISO 8601), the nearest ahead."""
    year = said.isocalendar().year
    try:
        found = date.fromisocalendar(year, week, 7)
        return found if found >= said else date.fromisocalendar(year + 1, week, 7)
    except ValueError:
        return None
