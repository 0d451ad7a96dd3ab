"""What a table hands out: rows, rows that could not be read, and the error for a file that is no table."""

from dataclasses import dataclass
from typing import Any, NamedTuple

MAX_ROW_BYTES = 32 * 1024 * 1024
"""A single row longer than this is reported instead of read, so that memory stays flat."""


class Row(NamedTuple):
    """One data row.

    `number` counts data rows from 1 (the header is not counted); `cells` is at least as long as the header
    (short rows are filled with empty cells, further cells are kept); `raw` holds the bytes as they stood in
    the file without the final line break, or for a workbook the cells as a JSON list in UTF-8.
    """

    number: int
    cells: list[str]
    raw: bytes


class RejectedRow(NamedTuple):
    """One data row that could not be read; it takes a row number like any other.

    `reason` is a key for the caller to translate: one of `REJECT_REASONS`.
    """

    number: int
    raw: bytes
    reason: str


REJECT_REASONS = (
    "unbalanced_quote",
    "row_too_long",
    "not_json",
    "broken_row",
    "broken_workbook",
)

TABLE_REASONS = (
    "missing_file",
    "is_a_folder",
    "no_permission",
    "unreadable_file",
    "empty_file",
    "not_a_table",
    "old_workbook",
    "broken_workbook",
    "too_large_inside",
    "no_such_sheet",
    "no_such_column",
    "unknown_encoding",
    "bad_separator",
)


@dataclass
class TableError(Exception):
    """The file as a whole cannot be read as a table; `reason` is one of `TABLE_REASONS`.

    `details` holds what a translated sentence may name (a path, a column), never the content of a cell.
    """

    reason: str
    details: dict[str, Any]

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details
