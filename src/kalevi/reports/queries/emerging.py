"""What customers newly speak of, as Today shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from kalevi.interactions.own_themes import known_themes
from kalevi.reports.models import EmergingTheme
from kalevi.reports.queries.quotes import Quote
from kalevi.shell.templatetags.kalevi import number

SHOWN = 3
FRESH = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NewTalk:
    """Phrases, how many texts of how many days hold them, how that has grown, and an example.

    `own` is the name, `own_key` the key of one of the company's own themes that the phrases carry already.
    """

    phrases: tuple[str, ...]
    texts: int
    days: int
    growth: str
    quote: Quote
    own: str = ""
    own_key: str = ""


def emerging_themes(now: datetime) -> list[EmergingTheme]:
    """Return at most SHOWN themes, those that grew most surely first; none when last looked for long ago."""
    return list(EmergingTheme.objects.filter(until__gt=now - FRESH).order_by("place")[:SHOWN])


def new_talk(themes: list[EmergingTheme], known: dict[int, Quote]) -> tuple[NewTalk, ...]:
    """Return the themes with the first example that still has its words; a theme without one is left out."""
    told = []
    own = known_themes()
    carried = own.of([" ".join(theme.phrases) for theme in themes])
    for theme, already in zip(themes, carried, strict=True):
        key = already[0].key if already else ""
        quote = next((known[pk] for pk in theme.examples if pk in known), None)
        if quote is not None:
            days = _days(theme.since, theme.until)
            growth = growth_in_words(theme)
            told.append(NewTalk(tuple(theme.phrases), theme.texts, days, growth, quote, own.name(key), key))
    return tuple(told)


def growth_in_words(theme: EmergingTheme) -> str:
    """Return how much oftener it is spoken of than before, with the interval; no ratio to nothing."""
    days = number(_days(theme.reference_since, theme.since))
    if not theme.before:
        text = gettext("Not once in the %(days)s days before: now at least %(low)s times as often.")
        return text % {"days": days, "low": _times(theme.low)}
    text = gettext("About %(growth)s times as often as in the %(days)s days before (%(low)s–%(high)s times).")
    return text % {
        "growth": _times(theme.growth),
        "days": days,
        "low": _times(theme.low),
        "high": _times(theme.high),
    }


def _times(ratio: float) -> str:
    return number(ratio, 1 if ratio < 10 else 0)


def _days(start: datetime, end: datetime) -> int:
    return max(1, round((end - start) / timedelta(days=1)))
