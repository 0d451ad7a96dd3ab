"""What a colleague narrows the stream down to. Addresses hold keys and dates only, never words."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from kalevi.interactions.findings import code
from kalevi.interactions.ids import EARLIEST, LATEST, earliest_id
from kalevi.shell.numbers import whole_number

KINDS = ("feeling", "hot", "theme", "mark", "sentiment", "channel", "language")
ALONE = frozenset({"sentiment", "channel", "language"})
DAYS = {"today": 0, "week": 7, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything chosen must hold at once. `words` come from the session and stand in no address."""

    findings: tuple[tuple[str, str], ...] = ()
    touchpoint: str = ""
    period: str = ""
    since: date | None = None
    until: date | None = None
    words: str = field(default="", repr=False)

    def codes(self) -> list[int]:
        """Return the stored numbers of the chosen findings."""
        return [code(kind, key) for kind, key in self.findings]

    def bounds(self) -> tuple[int | None, int | None]:
        """Return (above, below): ids of what happened in the chosen time lie between them, both left out."""
        since = self.since
        if self.period in DAYS:
            since = timezone.localdate() - timedelta(days=DAYS[self.period])
        above = earliest_id(_midnight(since)) - 1 if since else None
        below = earliest_id(_midnight(self.until + timedelta(days=1))) if self.until else None
        return above, below

    def any(self) -> bool:
        """Return whether anything is chosen, words searched for included."""
        return self != Filters()

    def toggled(self, kind: str, key: str) -> "Filters":
        """Return these filters with one finding added, or taken away when it was there."""
        pair = (kind, key)
        if pair in self.findings:
            return replace(self, findings=tuple(other for other in self.findings if other != pair))
        kept = tuple(other for other in self.findings if kind not in ALONE or other[0] != kind)
        return replace(self, findings=(*kept, pair))

    def query(self, **more: object) -> str:
        """Return the query string, with its question mark, of these filters and further keys."""
        pairs: list[tuple[str, object]] = list(self.findings)
        pairs += [
            (n, value) for n, value in (("touchpoint", self.touchpoint), ("period", self.period)) if value
        ]
        pairs += [
            (name, day.isoformat()) for name, day in (("since", self.since), ("until", self.until)) if day
        ]
        if self.words:
            pairs.append(("search", "yes"))
        pairs += [(name, value) for name, value in more.items() if value is not None]
        return f"?{urlencode(pairs)}" if pairs else ""


def filters_from(query: QueryDict, words: str = "") -> Filters:
    """Return the filters an address asks for; what it holds beyond known keys is passed over."""
    pairs: list[tuple[str, str]] = []
    for kind in KINDS:
        for key in _all(query, kind):
            if _known(kind, key) and (kind, key) not in pairs:
                pairs = [pair for pair in pairs if kind not in ALONE or pair[0] != kind]
                pairs.append((kind, key))
    period = _last(query, "period")
    touchpoint = _last(query, "touchpoint")
    return Filters(
        findings=tuple(pairs),
        touchpoint=touchpoint if touchpoint.replace("-", "").replace("_", "").isalnum() else "",
        period=period if period in DAYS else "",
        since=_day(_last(query, "since")),
        until=_day(_last(query, "until")),
        words=words if _last(query, "search") == "yes" else "",
    )


def number_from(query: QueryDict, name: str) -> int | None:
    """Return an interaction's id from an address, None when there is none that fits the database."""
    return whole_number(_last(query, name), signed=True)


def _all(query: QueryDict, name: str) -> list[str]:
    return [str(value) for value in query.getlist(name)][:40]


def _last(query: QueryDict, name: str) -> str:
    values = _all(query, name)
    return values[-1] if values else ""


def _known(kind: str, key: str) -> bool:
    try:
        code(kind, key)
    except KeyError:
        return False
    return True


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and EARLIEST.date() < day < LATEST.date() - timedelta(days=2) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
