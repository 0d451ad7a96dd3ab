"""The stream: what customers said, newest first, narrowed down by filters."""

from kalevi.interactions.queries.filters import Filters
from kalevi.interactions.queries.searching import searched
from kalevi.interactions.queries.walking import Listing, Walk, at_touchpoint, found, walk, worded
from kalevi.journeys.models import Touchpoint

PAGE = 30
MOST_NEW = 100


def stream_for_colleague(filters: Filters, *, before: int | None = None) -> Walk:
    """Return one page: at most `PAGE` ids older than `before`, and where to go on, if anywhere."""
    above, below = filters.bounds()
    if before is not None:
        below = before if below is None else min(below, before)
    lists = _lists(filters)
    if lists is None:
        return Walk(())
    met = walk(lists, above=above, below=below, most=PAGE + 1)
    if len(met.ids) > PAGE:
        return Walk(met.ids[:PAGE], met.ids[PAGE - 1])
    return met


def newer_for_colleague(filters: Filters, *, after: int) -> tuple[int, ...]:
    """Return the ids of what came after `after`, newest first, `MOST_NEW` at most."""
    above, below = filters.bounds()
    lists = _lists(filters)
    if lists is None:
        return ()
    return walk(lists, above=max(after, above or after), below=below, most=MOST_NEW).ids


def _lists(filters: Filters) -> list[Listing] | None:
    """Return a list for each filter; None when one of them can match nothing."""
    lists = [found(code) for code in filters.codes()]
    if filters.touchpoint:
        place = Touchpoint.objects.filter(key=filters.touchpoint).values_list("pk", flat=True).first()
        if place is None:
            return None
        lists.append(at_touchpoint(place))
    if filters.words:
        search = searched(filters.words)
        if search is None:
            return None
        lists.append(search)
    if lists and not filters.findings:
        lists.append(worded())
    return lists
