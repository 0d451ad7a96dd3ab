"""What counts as said now: rooms below act on that, and leave what is history alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Interaction

# Nobody waits any more for what was said a month ago.
FRESH = timedelta(days=14)
# Files bring what was said long ago to somebody else's system, and a demo brings its own.
HISTORY = frozenset({"file", "demo"})


def fresh_ids(ids: Sequence[int], now: datetime) -> list[int]:
    """Return those of interactions stored together that happened lately; none of history.

    The ids sort by time, so that an import of old words costs a comparison for each.
    """
    oldest = earliest_id(now - FRESH)
    fresh = [number for number in ids if number >= oldest]
    if not fresh:
        return []
    source = Interaction.objects.filter(pk=fresh[0]).values_list("source", flat=True).first()
    return [] if source in HISTORY else fresh
