"""Time phrases of Finnish, Swedish and English as dates: tomorrow, next week, within 3 days, 22.11."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from kalevi.text.beside import text_beside
from kalevi.text.named_dates import coming, named_dates
from kalevi.text.reading import Span

REACH = 160  # a promise and its time stand this near each other
BACK = 60

UNITS = {
    **dict.fromkeys(["minuut", "minut", "tunnin", "tuntia", "tunti", "timm", "hour", "h"], 0),
    **dict.fromkeys(
        [
            *("päiv", "arkipäiv", "pankkipäiv", "vuorokau"),
            *("dag", "dygn", "arbetsdag", "vardag", "bankdag"),
            *("day", "business", "working"),
        ],
        1,
    ),
    **dict.fromkeys(["viik", "veck", "week"], 7),
    **dict.fromkeys(["kuukau", "kk", "månad", "month"], 30),
}
NUMBERS = {
    **dict.fromkeys(["yhden", "yksi", "en", "ett", "one", "a", "an"], 1),
    **dict.fromkeys(["kahden", "kaksi", "parin", "två", "ett par", "two", "a couple of"], 2),
    **dict.fromkeys(["kolmen", "kolme", "muutaman", "tre", "några", "three", "a few"], 3),
    **dict.fromkeys(["neljän", "neljä", "fyra", "four"], 4),
    **dict.fromkeys(["viiden", "viisi", "fem", "five"], 5),
    **dict.fromkeys(["kuuden", "kuusi", "sex", "six"], 6),
    **dict.fromkeys(["seitsemän", "sju", "seven"], 7),
    **dict.fromkeys(["kymmenen", "tio", "ten"], 10),
    **dict.fromkeys(["neljäntoista", "fjorton", "fourteen"], 14),
}
# "In two days": number and unit bend together.
_INSIDE = {"kahdessa": 2, "parissa": 2, "kolmessa": 3, "muutamassa": 3, "neljässä": 4, "viidessä": 5}
WITHIN = {
    "fi": r"\b{amount} ?{unit} (?:kuluessa|sisällä|sisään|päästä|kuluttua|aikana|päähän)\b",
    "sv": r"\b(?:inom|om) {amount} ?{unit}\b",
    "en": r"\b(?:within|in|in the next|over the next) {amount} (?:business |working )?{unit}\b",
}
# One of these is in every phrase of `WITHIN`.
SOON = {
    "fi": ("kulue", "sisä", "päästä", "kuluttua", "aikana", "päähän"),
    "sv": ("inom ", "om "),
    "en": ("in ", "the next "),
}
NUMERIC = r"(?<![\d.])([0-3]?\d)\.\s?([01]?\d)\.(\s?20\d\d)?(?![\d])"
ISO = r"(?<!\d)(20\d\d)-([01]\d)-([0-3]\d)(?!\d)"
SLASH = r"(?<![\d/])([0-3]?\d)/([01]?\d)(?:/(20\d\d))?(?![\d/])"
_DATES = ((ISO, (3, 2, 1)), (NUMERIC, (1, 2, 3)), (SLASH, (1, 2, 3)))
WORD = r"[^\W\d_]++(?:-[^\W\d_]++)*+"


@cache
def _within(language: str) -> re.Pattern[str]:
    amount = "(\\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
    unit = "(" + "|".join(sorted(UNITS, key=len, reverse=True)) + ")[a-zåäö]{0,9}"
    return re.compile(WITHIN[language].replace("{amount}", amount).replace("{unit}", unit))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, made ready when it is first needed: most texts tell no time."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Time:
    """A time phrase and the date it speaks of."""

    span: Span
    due: date


@cache
def _phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> phrases and what they mean, longest phrase first."""
    text = text_beside(__file__, "times.tsv")
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        tongue, meaning, phrases = line.split("\t")
        if tongue == language:
            for phrase in phrases.split("|"):
                words = tuple(phrase.split())
                found.setdefault(words[0], []).append((words, meaning))
    return {word: sorted(these, key=lambda one: -len(one[0])) for word, these in found.items()}


def resolved(meaning: str, said: date) -> date | None:
    """The date that `meaning` (a column of `times.tsv`) speaks of when said on `said`.

    `+n` days ahead, `work:n` working days; `day:n` the next weekday n (0 Monday), `by:n` the same or today;
    `next:n` weekday n of next week; `week:n` the Sunday of the week n weeks ahead; `month:n` the last day of
    the month n months ahead; `year:m-d` the next such day, `after:m-d` the first working day after it; `none`
    is no time, though a part of the phrase would be one.
    """
    if meaning == "none":
        return None
    kind, _, rest = meaning.partition(":")
    if kind.startswith("+"):
        return said + timedelta(days=int(kind))
    if kind == "day":
        return said + timedelta(days=(int(rest) - said.weekday() - 1) % 7 + 1)
    if kind == "by":
        return said + timedelta(days=(int(rest) - said.weekday()) % 7)
    if kind == "work":
        return _workdays(said, int(rest))
    if kind == "next":
        return said + timedelta(days=7 - said.weekday() + int(rest))
    if kind == "week":
        return said + timedelta(days=6 - said.weekday() + 7 * int(rest))
    if kind == "month":
        months = said.year * 12 + said.month + int(rest)
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
    month, _, day = rest.partition("-")
    if kind == "after":
        past = date(said.year, int(month), int(day))
        return _workdays(past if past >= said else past.replace(year=said.year + 1), 1)
    return coming(said, int(day), int(month), None)


def times(text: str, language: str, said_at: date) -> list[Time]:
    """The time phrases of `text` in order, reckoned from `said_at` (a date or a datetime); none overlap."""
    said = said_at.date() if isinstance(said_at, datetime) else said_at
    found: list[Time] = []
    try:
        candidates = sorted(_found(text, language, said), key=lambda time: (time.span[0], -time.span[1]))
    except (OverflowError, ValueError):
        return []
    for time in candidates:
        if not found or time.span[0] >= found[-1].span[1]:
            found.append(time)
    return found


def _found(text: str, language: str, said: date) -> Iterator[Time]:
    low = text.lower()
    if language in WITHIN and len(low) == len(text) and any(word in low for word in SOON[language]):
        for match in _within(language).finditer(low):
            amount = int(match[1]) if match[1].isdecimal() else NUMBERS[match[1]]
            unit = UNITS[match[2]]
            days = (
                amount * unit
                if unit
                else (amount // 24 if match[2] in ("tunnin", "tuntia", "timm", "hour") else 0)
            )
            working = any(
                word in match[0]
                for word in ("arki", "arbets", "bankdag", "vardag", "pankki", "ing d", "ess d")
            )
            yield Time(match.span(), _workdays(said, amount) if working else said + timedelta(days=days))
    if len(low) == len(text):
        yield from (Time(*found) for found in named_dates(low, language, said))
        if language == "fi":
            yield from _inside(low, said)
    # Most texts hold no number and no word of time, and a look for either is much quicker than for both.
    numbers = _DATES if _compiled(r"\d").search(text) else ()
    for pattern, order in numbers:
        for match in _compiled(pattern).finditer(text):
            day, month, year = (match[place] for place in order)
            due = coming(said, int(day), int(month), int(year) if year else None)
            if due:
                yield Time(match.span(), due)
    phrases = _phrases(language)
    if len(low) != len(text) or phrases.keys().isdisjoint(_compiled(WORD).findall(low)):
        return
    words = [(match[0], *match.span()) for match in _compiled(WORD).finditer(low)]
    for place, (word, start, _) in enumerate(words):
        for phrase, meaning in phrases.get(word, ()):
            last = place + len(phrase)
            if tuple(one for one, _, _ in words[place:last]) == phrase:
                if due := resolved(meaning, said):
                    yield Time((start, words[last - 1][2]), due)
                break


def _inside(low: str, said: date) -> Iterator[Time]:
    if not any(word in low for word in _INSIDE):
        return
    units = "arkipäivä|päivä|vuorokaude|viiko|kuukaude"
    for match in _compiled(rf"\b({'|'.join(_INSIDE)}) ({units})ss[aä]\b").finditer(low):
        amount, unit = _INSIDE[match[1]], match[2]
        days = amount * {"v": 7, "k": 30}.get(unit[0], 1) if unit != "vuorokaude" else amount
        yield Time(match.span(), _workdays(said, amount) if unit[0] == "a" else said + timedelta(days=days))


def _workdays(said: date, amount: int) -> date:
    day = said
    for _ in range(min(amount, 400)):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day


def time_near(text: str, place: int, language: str, said_at: date) -> date | None:
    """The date of the time phrase nearest after `place` in its sentence, else of the one nearest before."""
    begin = max(0, place - BACK)
    for stop in ("! ", "? ", "\n"):
        begin = max(begin, text.rfind(stop, begin, place) + 1)
    near = [
        (time.span[0] + begin, time.due) for time in times(text[begin : place + REACH], language, said_at)
    ]
    after = [due for start, due in near if start >= place]
    before = [due for start, due in near if start < place]
    return after[0] if after else before[-1] if before else None
