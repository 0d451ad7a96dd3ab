"""Rows of comma-, semicolon-, tab- or bar-separated text."""

import csv
from collections import Counter
from collections.abc import Iterator

from kalevi.tables.rows import MAX_ROW_BYTES, RejectedRow, Row

SEPARATORS = (",", ";", "\t", "|")
NO_SEPARATOR = "\x1f"  # csv needs one; a file of one column has none
SMALLEST_WINDOW = 256 * 1024
KEPT_OF_TOO_LONG = 64 * 1024

Line = tuple[str, bytes]


def separator_of(sample: str) -> str:
    """The separator under which the sample's rows agree best on their number of cells."""
    lines = sample.split("\n", 400)[:400]
    best, best_score = NO_SEPARATOR, 0.0
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        widths = [len(cells) for cells in _parsed(lines, separator) if cells]
        if not widths or widths[0] < 2:
            continue
        width, count = Counter(widths).most_common(1)[0]
        agreeing = sum(w == widths[0] for w in widths) / len(widths)
        score = (count / len(widths)) * (1 if width > 1 else 0.2) * 0.5 + agreeing + min(widths[0], 50) * 1e-3
        if score > best_score:
            best, best_score = separator, score
    return best


def _parsed(lines: list[str], separator: str) -> list[list[str]]:
    csv.field_size_limit(2**31 - 1)
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return [line.split(separator) for line in lines]


class DelimitedRows:
    """Iterates over lines of text and gives each record's cells with its bytes.

    A quote that never closes would swallow the rows after it: where it closes in the middle of a cell of a
    later line, after `window` characters, or at the end of the file, the line that opened it is rejected and
    reading goes on from the line after it. Every costly failure halves the window, so that a file full of
    them is read in reasonable time.
    """

    def __init__(self, lines: Iterator[Line], separator: str) -> None:
        csv.field_size_limit(2**31 - 1)
        self._lines = lines
        self._separator = separator
        self._window = MAX_ROW_BYTES
        self._again: list[Line] = []
        self._pending: list[Line] = []
        self._pending_size = 0
        self._unbalanced = False

    def _feed(self) -> Iterator[str]:
        """Lines for csv, each noted in `pending` until its record is complete."""
        pending, again = self._pending, self._again
        while True:
            if again:
                line = again.pop()
            else:
                following = next(self._lines, None)
                if following is None:
                    break
                line = following
            if pending:
                self._pending_size += len(line[0])
                if self._pending_size > self._window:
                    again.append(line)
                    break
            pending.append(line)
            yield line[0]
        self._unbalanced = bool(pending)

    def __iter__(self) -> Iterator[tuple[list[str], bytes] | RejectedRow]:
        """Cells and raw bytes of each record that is not an empty line; rejects carry the number 0."""
        pending = self._pending
        while True:
            self._unbalanced = False
            reader = csv.reader(self._feed(), delimiter=self._separator, strict=True)
            try:
                for cells in reader:
                    if self._unbalanced:
                        break
                    if len(pending) == 1:
                        raw = pending[0][1]
                        pending.clear()
                    else:
                        raw = b"".join([line[1] for line in pending])
                        pending.clear()
                        self._pending_size = 0
                    if len(raw) >= MAX_ROW_BYTES:
                        yield RejectedRow(0, raw[:KEPT_OF_TOO_LONG], "row_too_long")
                    elif cells:
                        yield cells, raw.rstrip(b"\r\n")
            except csv.Error:
                yield self._given_up() if self._unbalanced or len(pending) > 1 else self._mended()
                continue
            if not self._unbalanced:
                return
            yield self._given_up()

    def _given_up(self) -> RejectedRow:
        first, *others = self._pending
        self._again.extend(reversed(others))
        if self._pending_size > SMALLEST_WINDOW:
            self._window = max(self._window // 2, SMALLEST_WINDOW)
        self._forget()
        return RejectedRow(0, first[1].rstrip(b"\r\n"), "unbalanced_quote")

    def _mended(self) -> tuple[list[str], bytes] | RejectedRow:
        """A line with a bare carriage return outside quotes, or with words after a closing quote."""
        text, raw = self._pending[0][0], self._pending[0][1].rstrip(b"\r\n")
        self._forget()
        stand_in = next(c for c in map(chr, range(0xE000, 0xF8FF)) if c not in text)
        try:
            records = list(
                csv.reader(
                    [text.rstrip("\r\n").replace("\r", stand_in)],
                    delimiter=self._separator,
                )
            )
        except csv.Error:
            return RejectedRow(0, raw, "broken_row")
        if len(records) != 1:
            return RejectedRow(0, raw, "broken_row")
        return [cell.replace(stand_in, "\r") for cell in records[0]], raw

    def _forget(self) -> None:
        self._pending.clear()
        self._pending_size = 0


def numbered(
    records: Iterator[tuple[list[str], bytes] | RejectedRow],
    columns: int,
    start: int = 1,
) -> Iterator[Row | RejectedRow]:
    """Give each record its row number and fill short rows with empty cells up to the header's width."""
    make = Row._make
    for number, record in enumerate(records, start):
        if isinstance(record, RejectedRow):
            yield RejectedRow(number, record.raw, record.reason)
            continue
        cells, raw = record
        if len(cells) < columns:
            cells.extend([""] * (columns - len(cells)))
        yield make((number, cells, raw))
