"""Everything Today shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kalevi.cases.models import Case
from kalevi.cases.queries.lists import carried_for_colleague
from kalevi.interactions.queries.walking import walk
from kalevi.reports.queries.emerging import NewTalk, emerging_themes, new_talk
from kalevi.reports.queries.felt import Feelings, feelings_of_two_weeks
from kalevi.reports.queries.first import First, what_first
from kalevi.reports.queries.quotes import Quote, quotes
from kalevi.reports.queries.thanks import newest_thanks
from kalevi.reports.queries.waiting import Waiting, who_waits
from kalevi.reports.queries.weeks import Weeks
from kalevi.shell.calendar import BusinessCalendar

SHOWN_WAITING = 5
SHOWN_NEWEST = 3
PAGE = 20


@dataclass(frozen=True, slots=True)
class Waits:
    """Words that wait, the minutes since they were said, how many of them we were open, their case."""

    quote: Quote
    minutes: float
    business: float | None = None
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """The part that changes while one looks: who waits, how many they are, and the newest words."""

    waiting: tuple[Waits, ...]
    waiting_count: int
    waiting_more: bool
    newest: tuple[Quote, ...]

    @property
    def others(self) -> int:
        """How many wait beside those shown."""
        return self.waiting_count - len(self.waiting)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page of all who wait, how many they are, and the id to go on after."""

    waiting: tuple[Waits, ...]
    count: int
    more: bool
    further: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page."""

    thanks: Quote | None
    live: Live
    feelings: Feelings
    first: First | None
    first_quotes: tuple[Quote, ...]
    talk: tuple[NewTalk, ...]


def today_for_colleague(now: datetime, *, names: bool, hours: BusinessCalendar | None = None) -> Today:
    """Return Today as a colleague sees it; the board sees no `names`."""
    weeks = Weeks.until(now)
    thanks, first = newest_thanks(weeks), what_first(weeks)
    waiting, newest = _live(weeks, thanks)
    themes = emerging_themes(now)
    shown = [*waiting.ids[:SHOWN_WAITING], *newest, *(first.ids if first else ())]
    shown += [pk for theme in themes for pk in theme.examples]
    known = quotes([*shown, *([thanks] if thanks else ())], names=names)
    return Today(
        thanks=known.get(thanks) if thanks else None,
        live=_shown(now, waiting, newest, known, hours),
        feelings=feelings_of_two_weeks(weeks),
        first=first,
        first_quotes=tuple(known[pk] for pk in (first.ids if first else ()) if pk in known),
        talk=new_talk(themes, known),
    )


def live_for_colleague(
    now: datetime, *, names: bool, beside: int | None = None, hours: BusinessCalendar | None = None
) -> Live:
    """Return only the part that changes while one looks; the words `beside` it are not shown twice."""
    waiting, newest = _live(Weeks.until(now), beside)
    known = quotes([*waiting.ids[:SHOWN_WAITING], *newest], names=names)
    return _shown(now, waiting, newest, known, hours)


def waiting_for_colleague(
    now: datetime, *, names: bool, after: int | None = None, hours: BusinessCalendar | None = None
) -> WaitingPage:
    """Return those who wait, the longest wait first, after the interaction with this id."""
    waiting = who_waits(Weeks.until(now))
    left = [pk for pk in waiting.ids if after is None or pk > after]
    page = left[:PAGE]
    return WaitingPage(
        waiting=_waits(now, page, quotes(page, names=names), hours),
        count=len(waiting.ids),
        more=waiting.more,
        further=page[-1] if len(left) > PAGE else None,
    )


def _waits(
    now: datetime, ids: Sequence[int], known: dict[int, Quote], hours: BusinessCalendar | None
) -> tuple[Waits, ...]:
    shown = [known[pk] for pk in ids if pk in known]
    told = hours if hours is not None and hours.known else None
    carried = carried_for_colleague([quote.id for quote in shown])
    return tuple(
        Waits(
            quote,
            (now - quote.occurred_at).total_seconds() / 60,
            told.business_minutes(quote.occurred_at, now) if told else None,
            carried.get(quote.id),
        )
        for quote in shown
    )


def _live(weeks: Weeks, beside: int | None) -> tuple[Waiting, list[int]]:
    newest = walk([], above=None, below=weeks.end, most=SHOWN_NEWEST + 1).ids
    return who_waits(weeks), [pk for pk in newest if pk != beside][:SHOWN_NEWEST]


def _shown(
    now: datetime,
    waiting: Waiting,
    newest: list[int],
    known: dict[int, Quote],
    hours: BusinessCalendar | None,
) -> Live:
    return Live(
        waiting=_waits(now, waiting.ids[:SHOWN_WAITING], known, hours),
        waiting_count=len(waiting.ids),
        waiting_more=waiting.more,
        newest=tuple(known[pk] for pk in newest if pk in known),
    )
