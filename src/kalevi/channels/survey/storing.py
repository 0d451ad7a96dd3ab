"""One answer, one durable row. Answers that come together share a commit, and so a wait for the disk."""

from collections import deque
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction

from kalevi.channels.survey.raw import SOURCE
from kalevi.guards.rows import adapt_datetime
from kalevi.interactions.models import Intake

_INSERT = (
    "INSERT INTO interactions_intake"
    " (source, scope, received_at, identity, content, raw, state, reason)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)


class Row(NamedTuple):
    """What is stored of an answer; a `reason` keeps it aside until somebody has looked."""

    scope: str
    identity: bytes
    content: bytes
    raw: bytes
    at: datetime
    reason: str = ""


class _Waiting:
    __slots__ = ("error", "known", "row", "settled")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.settled = self.known = False
        self.error: Exception | None = None


class Writer:
    """Whoever holds the lock writes for all who wait."""

    def __init__(self) -> None:
        self._queue: deque[_Waiting] = deque()
        self._lock = Lock()

    def write(self, row: Row) -> bool:
        """Store a row, on disk when this returns; return False when it was there already.

        Raises the database's error when it cannot be stored.
        """
        mine = _Waiting(row)
        self._queue.append(mine)
        with self._lock:
            if not mine.settled:
                batch: list[_Waiting] = []
                while self._queue:
                    batch.append(self._queue.popleft())
                _write(batch)
        if mine.error is not None:
            raise mine.error
        return not mine.known


def _write(batch: list[_Waiting]) -> None:
    try:
        if len(batch) > 1:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(_INSERT, [_values(one.row) for one in batch])
            for one in batch:
                one.settled = True
            return
    except Exception:  # noqa: S110  one of them is known already, or none can be stored: each finds out alone
        pass
    for one in batch:
        _write_alone(one)


def _write_alone(one: _Waiting) -> None:
    try:
        if connection.in_atomic_block:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_INSERT, _values(one.row))
        else:
            with connection.cursor() as cursor:
                cursor.execute(_INSERT, _values(one.row))
    except IntegrityError as error:
        one.known = _is_there(one.row)
        one.error = None if one.known else error
    except Exception as error:
        one.error = error
        connection.close_if_unusable_or_obsolete()
    one.settled = True


def _values(row: Row) -> tuple[Any, ...]:
    state = int(Intake.State.REJECTED if row.reason else Intake.State.WAITING)
    at = adapt_datetime(row.at)
    return (SOURCE, row.scope, at, row.identity, row.content, row.raw, state, row.reason)


def _is_there(row: Row) -> bool:
    return Intake.objects.filter(scope=row.scope, identity=row.identity, content=row.content).exists()


writer = Writer()
