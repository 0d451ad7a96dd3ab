"""The last seven days and the seven before them, as ranges of interaction ids."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from kalevi.interactions.ids import earliest_id

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Ids: the week before lies in [before, since), the last seven days in [since, end)."""

    before: int
    since: int
    end: int

    @classmethod
    def until(cls, now: datetime) -> Self:
        """Return the two weeks that end with this second."""
        end = earliest_id(now + timedelta(seconds=1))
        return cls(earliest_id(now - 2 * WEEK), earliest_id(now - WEEK), end)
