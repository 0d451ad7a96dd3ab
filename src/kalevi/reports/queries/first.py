"""What to do first: the theme of most problems, needs or dreams now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from kalevi.interactions.findings import code, name
from kalevi.interactions.models import Found
from kalevi.interactions.queries.walking import found, walk
from kalevi.reports.queries.weeks import Weeks
from kalevi.text.vocabulary import SUBJECT_THEMES

HURTS = ("not_heard", "belittled", "passed_around", "told_again", "effort")
THEMES = [code("theme", key) for key in (*SUBJECT_THEMES, *HURTS)]
HOTS = ("problem", "need", "dream")
QUOTES = 3


@dataclass(frozen=True, slots=True)
class First:
    """A theme, the kind of HOT told about it, how many words do so now and did before, the newest of them."""

    theme: str
    hot: str
    now: int
    before: int
    ids: tuple[int, ...]


def _told(hot: str) -> Exists:
    return Exists(Found.objects.filter(code=code("hot", hot), interaction_id=OuterRef("interaction_id")))


def what_first(weeks: Weeks) -> First | None:
    """Return the theme with most problem words in seven days; of needs, then dreams, when there are none."""
    rows: list[dict[str, Any]] = list(
        Found.objects.filter(code__in=THEMES, interaction_id__gte=weeks.since, interaction_id__lt=weeks.end)
        .values("code")
        .order_by("code")
        .annotate(**{hot: Count("interaction_id", filter=_told(hot)) for hot in HOTS})  # type: ignore[arg-type]
    )
    hot = next((hot for hot in HOTS if any(row[hot] for row in rows)), None)
    if hot is None:
        return None
    most = max(rows, key=lambda row: (row[hot], -row["code"]))
    before = Found.objects.filter(
        _told(hot), code=most["code"], interaction_id__gte=weeks.before, interaction_id__lt=weeks.since
    ).count()
    ids = walk(
        [found(most["code"]), found(code("hot", hot))], above=weeks.since - 1, below=weeks.end, most=QUOTES
    ).ids
    return First(name(most["code"])[1], hot, most[hot], before, ids)
