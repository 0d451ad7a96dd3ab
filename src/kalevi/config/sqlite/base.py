"""The backend: a transaction, or a statement that writes outside one, waits in the queue for its turn."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from pysqlite3 import dbapi2 as driver

from kalevi.config.sqlite.turnstile import Turnstile

# The driver asks every value that is no number or string what it is, a microsecond each, unless it is told.
driver.register_adapter(bytes, bytes)
driver.register_adapter(type(None), {}.get)  # None, without a call of Python
_NO_WAIT = nullcontext()
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits for its turn before it writes on its own."""

    turnstile: Turnstile | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        with self._turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for each row of values."""
        with self._turn(query):
            return super().executemany(query, param_list)

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Return the statement as SQLite writes its places; long ones come again and again."""
        return super().convert_query(query, param_names=param_names) if param_names else _converted(query)

    def _turn(self, query: str) -> AbstractContextManager[object]:
        """Wait for our turn where this statement is a transaction of its own that writes."""
        if self.turnstile is None or self.connection.in_transaction:
            return _NO_WAIT
        return self.turnstile if query.lstrip()[:7].upper().startswith(_WRITES) else _NO_WAIT


@lru_cache(500)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with a queue for those who write."""

    _turnstile: Turnstile | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database, and the queue beside it; a database in memory has none."""
        made = super().get_new_connection(conn_params)
        self._leave_for_good()
        if not self.is_in_memory_db():
            self._turnstile = Turnstile(Path(conn_params["database"]))
        return made

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that knows the queue."""
        cursor = self.connection.cursor(factory=Cursor)
        cursor.turnstile = self._turnstile
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        if self._turnstile is not None:
            self._turnstile.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        # A commit that failed is rolled back next, and the turn lasts until then.
        self._leave()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_for_good()

    def _leave(self) -> None:
        if self._turnstile is not None:
            self._turnstile.leave()

    def _leave_for_good(self) -> None:
        if self._turnstile is not None:
            self._turnstile.close()
            self._turnstile = None
