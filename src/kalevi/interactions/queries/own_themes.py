"""The company's own themes as leaders see them, and what seed words would catch before they are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from kalevi.interactions.findings import code
from kalevi.interactions.ids import earliest_id, moment_of
from kalevi.interactions.models import Found, Interaction, Reading
from kalevi.interactions.own_theme_models import ALL_OLDER, OwnTheme
from kalevi.interactions.queries.masking import masked
from kalevi.interactions.queries.walking import walk
from kalevi.people.models import Colleague
from kalevi.text import Span
from kalevi.text.own_themes import OwnThemes

LAST, SHOWN = 500, 5
DAYS = 30
LONGEST, BEFORE = 400, 120
CUT = "…"


@dataclass(frozen=True, slots=True)
class Listed:
    """A theme, how many words of the last `DAYS` days carry it, and how far back older ones were seen.

    `read_to` is None when all older words have been looked through, or none yet.
    """

    theme: OwnTheme
    lately: int
    address: str
    read_to: datetime | None

    @property
    def reading(self) -> bool:
        """Whether older words are still being looked through."""
        return self.theme.active and self.theme.read_below is not None


@dataclass(frozen=True, slots=True)
class Caught:
    """Words that would carry the theme, with the places that do."""

    id: int
    words: str
    evidence: tuple[Span, ...]
    language: str
    occurred_at: datetime
    told: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """How many of the newest words carry any of the seeds, how many each of them, and some of these."""

    looked_at: int
    carrying: int
    seeds: tuple[tuple[str, int], ...]
    quotes: tuple[Caught, ...]


def themes_for_leaders() -> list[Listed]:
    """Return all own themes, those in use first: two queries."""
    themes = list(OwnTheme.objects.order_by("-active", "number").select_related("made_by"))
    since = earliest_id(timezone.now() - timedelta(days=DAYS))
    counted = Found.objects.filter(
        code__in=[code("theme", theme.key) for theme in themes], interaction_id__gte=since
    )
    lately = dict(counted.values_list("code").annotate(Count("interaction_id")))
    return [
        Listed(theme, lately.get(code("theme", theme.key), 0), f"?theme={theme.key}", _read_to(theme))
        for theme in themes
    ]


def _read_to(theme: OwnTheme) -> datetime | None:
    below = theme.read_below
    return None if below is None or below == ALL_OLDER else moment_of(below)


def preview_for_leader(colleague: Colleague, seeds: Sequence[str]) -> Preview:
    """Return what the seeds catch in the newest `LAST` customers' words: three queries."""
    said = Interaction.objects.filter(pk__in=walk([], above=None, below=None, most=LAST).ids)
    rows = [
        one
        for one in said.only("verbatim", "occurred_at", "told_by_colleague_id").order_by("-pk")
        if one.verbatim
    ]
    found = OwnThemes({seed: [seed] for seed in seeds}).of([one.verbatim or "" for one in rows])
    carrying = [(one, themes) for one, themes in zip(rows, found, strict=True) if themes]
    shown = carrying[:SHOWN]
    readings = Reading.objects.filter(interaction__in=[one.pk for one, _themes in shown]).order_by("pk")
    languages = dict(readings.values_list("interaction_id", "language"))
    quotes = []
    for one, themes in shown:
        words = one.verbatim or ""
        spans = sorted({span for theme in themes for span in theme.evidence})
        part, places, cut = _around(words if colleague.sees_names else masked(words) or "", spans)
        quotes.append(
            Caught(
                one.pk,
                part,
                places,
                languages.get(one.pk, ""),
                one.occurred_at,
                one.told_by_colleague_id is not None,
                cut,
            )
        )
    counts = {
        seed: sum(seed in {theme.key for theme in themes} for _one, themes in carrying) for seed in seeds
    }
    return Preview(len(rows), len(carrying), tuple(counts.items()), tuple(quotes))


def _around(words: str, spans: Iterable[Span]) -> tuple[str, tuple[Span, ...], bool]:
    """Return long words from a little before the first place on, with the places moved along."""
    places = tuple(spans)
    if len(words) <= LONGEST or not places:
        return words, places, False
    start = max(0, places[0][0] - BEFORE)
    if start:
        start = words.find(" ", start, places[0][0]) + 1 or places[0][0]
    end = min(len(words), start + LONGEST)
    lead = CUT if start else ""
    shift = start - len(lead)
    moved = tuple((first - shift, last - shift) for first, last in places if last <= end)
    return lead + words[start:end], moved, end < len(words)
