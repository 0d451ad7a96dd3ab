"""Many rows in one statement, for the rooms that store words."""

from kalevi.guards.rows import adapt_datetime, insert_rows, next_ids

__all__ = ["adapt_datetime", "insert_rows", "next_ids"]
