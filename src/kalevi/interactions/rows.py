"""Many rows in one statement, for the rooms that store words."""

from kalevi.guards.rows import adapt_datetime, adapt_flag, adapter, insert_rows, next_ids

__all__ = ["adapt_datetime", "adapt_flag", "adapter", "insert_rows", "next_ids"]
