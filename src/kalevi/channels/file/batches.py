"""A file's rows as batches ready to be stored: no database, so it may run in a process of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kalevi.channels.file.escaping import unescaped
from kalevi.channels.file.identity import Occurrences, by_cells, by_source_id
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.rows import Said, interpreter, raw_of
from kalevi.interactions.intake import Ready, digest
from kalevi.interactions.preparing import prepare
from kalevi.tables import RejectedRow, Row, open_table
from kalevi.text import Reader

BATCH, BATCH_BYTES = 1_000, 2 * 1024**2


class Batch(NamedTuple):
    """Rows to store. Once they are, every row up to `position` is; `size` is their bytes in the file."""

    ready: list[Ready]
    position: int
    size: int
    undated: int


@dataclass(frozen=True)
class Reading:
    """Everything needed to read one file: `after` rows are left out, for they were stored before."""

    path: Path
    options: dict[str, object]
    mapping: Mapping
    zone: str
    touchpoints: dict[str, str]
    received_at: datetime
    after: int = 0
    colleague_id: int | None = None


def batches(reading: Reading, reader: Reader, *, helper: int = 0, helpers: int = 1) -> Iterator[Batch]:
    """Yield every row of the file, once. Raises TableError when the file is no table.

    Several helpers divide all but the splitting of the file into cells: each yields every so many-th batch,
    and `helpers` many of them, taken in turn, all rows in the same order as one would.
    """
    rows = _Rows(reading)
    turn = 0
    with open_table(reading.path, **reading.options) as table:  # type: ignore[arg-type]
        for some in _batched(table):
            position = some[-1].number
            if position <= reading.after or turn % helpers != helper:
                rows.pass_by(some)
            else:
                rows.pass_by([row for row in some if row.number <= reading.after])
                yield rows.batch([row for row in some if row.number > reading.after], position, reader)
            turn += position > reading.after


def _batched(rows: Iterable[Row | RejectedRow]) -> Iterator[list[Row | RejectedRow]]:
    some: list[Row | RejectedRow] = []
    weight = 0
    for row in rows:
        some.append(row)
        weight += len(row.raw)
        if len(some) >= BATCH or weight >= BATCH_BYTES:
            yield some
            some, weight = [], 0
    if some:
        yield some


def cells_under(mapping: Mapping, row: Row) -> list[str]:
    """Return the cells of a row, one at least for each role, without our own column of reasons."""
    cells, width = row.cells, len(mapping.roles)
    if mapping.mended is not None:
        cells = [unescaped(cell) for n, cell in enumerate(cells) if n != mapping.mended]
    return cells if len(cells) >= width else cells + [""] * (width - len(cells))


class _Rows:
    """Reads rows, knowing those that came before."""

    def __init__(self, reading: Reading) -> None:
        mapping = reading.mapping
        self._received = reading.received_at
        self._read = interpreter(mapping, ZoneInfo(reading.zone), reading.touchpoints, reading.colleague_id)
        self._seen, self._mapping = Occurrences(), mapping
        self._id_column = mapping.column("id")

    def pass_by(self, rows: Iterable[Row | RejectedRow]) -> None:
        """Count rows that are not ours: others like them may come, and are told apart by their number."""
        place, count = self._id_column, self._seen.count
        for row in rows:
            if isinstance(row, RejectedRow):
                count(digest(b"unread", row.raw))
                continue
            cells = cells_under(self._mapping, row)
            if place is None or not cells[place].strip():
                count(digest(raw_of(cells)))

    def batch(self, rows: Iterable[Row | RejectedRow], position: int, reader: Reader) -> Batch:
        """Return rows read and prepared, in the order of their times, as they are to lie in the database."""
        moment, size = self._received, 0
        lines: list[tuple[datetime, int, bytes, bytes, Said]] = []
        for row in rows:
            size += len(row.raw) + 1
            if isinstance(row, RejectedRow):
                identity = by_cells(digest(row.raw), self._seen.count(digest(b"unread", row.raw)))
                said = Said.unread(row.reason, digest(row.raw))
                lines.append((moment, row.number, identity, row.raw, said))
                continue
            cells = cells_under(self._mapping, row)
            raw = raw_of(cells)
            said = self._read(cells, raw, moment)
            source_id, content = said.source_id, said.content
            identity = by_source_id(source_id) if source_id else by_cells(content, self._seen.count(content))
            told = said.understood.told
            lines.append((told[0].occurred_at if told else moment, row.number, identity, raw, said))
        lines.sort(key=itemgetter(0))
        parts = prepare([line[4].understood for line in lines], reader)
        ready = [
            Ready(identity, said.content, raw, number, said.understood.reason, own)
            for (_at, number, identity, raw, said), own in zip(lines, parts, strict=True)
        ]
        return Batch(ready, position, size, sum([line[4].undated for line in lines]))
