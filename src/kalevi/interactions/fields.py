"""The kind of column that interactions are numbered by."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class RowNumber(models.BigIntegerField):  # type: ignore[type-arg]
    """A primary key that we choose. On SQLite it is the row's own number, without an index beside it.

    SQLite takes a key for that only where its type is INTEGER to the letter; others refer to it as before.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of the column."""
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of columns that refer to it."""
        return "bigint"

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Return the type with nothing to check."""
        return {"type": self.db_type(connection), "check": None}
