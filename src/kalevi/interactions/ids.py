"""Ids that sort by time, so that pages, filters and search all walk in the order things happened."""

from datetime import UTC, datetime, timedelta

SEQUENCE_BITS = 30
_SEQUENCE = (1 << SEQUENCE_BITS) - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def interaction_id(occurred_at: datetime, intake_id: int, part: int = 0) -> int:
    """Return the id of the interaction that an intake row tells of: seconds, then the intake's number.

    `part` is 0 for the customer's words and 1 for the reply that came in the same row. The same row
    always gets the same id, which makes understanding it again harmless. Raises ValueError for times
    outside `EARLIEST` and `LATEST`, which no export means.
    """
    if not EARLIEST <= occurred_at < LATEST:
        raise ValueError("time out of range")
    seconds = (occurred_at - _EPOCH).total_seconds() // 1
    return (int(seconds) << SEQUENCE_BITS) | ((intake_id * 2 + part) & _SEQUENCE)


def earliest_id(moment: datetime) -> int:
    """Return an id not larger than that of anything that happened at `moment` or later."""
    return int((moment - _EPOCH).total_seconds() // 1) << SEQUENCE_BITS


def moment_of(number: int) -> datetime:
    """Return the second at which the interaction with this id happened, in UTC."""
    return _EPOCH + timedelta(seconds=number >> SEQUENCE_BITS)
