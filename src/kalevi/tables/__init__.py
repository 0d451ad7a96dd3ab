"""Rows out of CSV, XLSX and JSONL files, streamed in flat memory; and guesses about their columns.

with open_table("palaute.csv") as table:
    guess = guess_columns(table.header, [row.cells for row in table.head() if isinstance(row, Row)])
    for row in table:
        ...  # a Row or a RejectedRow
"""

from kalevi.tables.columns import (
    MIN_TEXT_CONFIDENCE,
    ROLES,
    ColumnGuess,
    Guess,
    guess_columns,
)
from kalevi.tables.rows import (
    MAX_ROW_BYTES,
    REJECT_REASONS,
    TABLE_REASONS,
    RejectedRow,
    Row,
    TableError,
)
from kalevi.tables.table import Table, open_table
from kalevi.tables.values import month_first_in, parse_datetime, parse_number

__all__ = [
    "MAX_ROW_BYTES",
    "MIN_TEXT_CONFIDENCE",
    "REJECT_REASONS",
    "ROLES",
    "TABLE_REASONS",
    "ColumnGuess",
    "Guess",
    "RejectedRow",
    "Row",
    "Table",
    "TableError",
    "guess_columns",
    "month_first_in",
    "open_table",
    "parse_datetime",
    "parse_number",
]
