"""One answer, one durable row. Answers that come together share a commit, and so a wait for the disk."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, connections, transaction

from kalevi.channels.survey.raw import SOURCE
from kalevi.guards.rows import adapt_datetime
from kalevi.interactions.models import Intake

_INSERT = (
    "INSERT INTO interactions_intake"
    " (source, scope, received_at, identity, content, raw, state, reason) VALUES "
)
_PLACES = "(%s, %s, %s, %s, %s, %s, %s, %s)"


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
        self._keeps = False
        self._own: Any = None
        self._cursor: Any = None

    def keep_connection(self) -> None:
        """Write over one connection from now on, whichever thread it is; for a process that serves.

        Each connection to SQLite reads anew what another has changed, which took a quarter of what an answer
        cost the server.
        """
        self._keeps = True

    def close(self) -> None:
        """Let the kept connection go, and keep none from now on."""
        with self._lock:
            self._keeps = False
            self._let_go()

    def write(self, row: Row) -> bool:
        """Store a row, on disk when this returns; return False when it was there already.

        Raises the database's error when it cannot be stored.
        """
        mine = _Waiting(row)
        if connection.in_atomic_block:
            # It belongs to the transaction that is open here, which nobody else may wait for.
            _write_alone(mine)
        else:
            self._queue.append(mine)
            with self._lock:
                if not mine.settled:
                    batch: list[_Waiting] = []
                    while self._queue:
                        batch.append(self._queue.popleft())
                    self._write(batch)
        if mine.error is not None:
            raise mine.error
        return not mine.known

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            self._insert([one.row for one in batch])
        except Exception as error:
            # One of them is known already, or none can be stored: each finds out alone.
            if not isinstance(error, IntegrityError):
                self._let_go()
            for one in batch:
                _write_alone(one)
        else:
            for one in batch:
                one.settled = True

    def _insert(self, rows: Sequence[Row]) -> None:
        """Insert rows by one statement, which is a transaction of its own."""
        statement = _INSERT + ", ".join([_PLACES] * len(rows))
        values = [value for row in rows for value in _values(row)]
        if not self._keeps:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
            return
        if self._cursor is None:
            self._own = connections.create_connection(connection.alias)
            self._own.inc_thread_sharing()  # used by one thread at a time: whoever holds the lock
            self._cursor = self._own.cursor()
        self._cursor.execute(statement, values)

    def _let_go(self) -> None:
        own, self._own, self._cursor = self._own, None, None
        if own is not None:
            own.close()


def _write_alone(one: _Waiting) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_INSERT + _PLACES, _values(one.row))
    except IntegrityError as error:
        one.known = _is_there(one.row)
        one.error = None if one.known else error
    except Exception as error:
        one.error = error
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
    one.settled = True


def _values(row: Row) -> tuple[Any, ...]:
    state = int(Intake.State.REJECTED if row.reason else Intake.State.WAITING)
    at = adapt_datetime(row.at)
    return (SOURCE, row.scope, at, row.identity, row.content, row.raw, state, row.reason)


def _is_there(row: Row) -> bool:
    return Intake.objects.filter(scope=row.scope, identity=row.identity, content=row.content).exists()


writer = Writer()
