"""A file's rows as batches ready to be stored: no database, so it may run in a process of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kalevi.channels.file.escaping import unescaped
from kalevi.channels.file.identity import Occurrences, by_cells, by_source_id
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.rows import Said, interpreter, raw_of
from kalevi.interactions.intake import Ready, digest
from kalevi.interactions.preparing import prepare
from kalevi.tables import RejectedRow, open_table
from kalevi.text import Reader

# A window of rows is put in the order of their times, so that what is stored together lies together.
FIRST_WINDOW, LARGEST_WINDOW, WINDOW_BYTES = 1_000, 20_000, 16 * 1024**2
BATCH, BATCH_BYTES = 500, 2 * 1024**2


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


class _Line(NamedTuple):
    seconds: float
    row: int
    identity: bytes
    raw: bytes
    said: Said
    size: int


def batches(reading: Reading, reader: Reader, *, helper: int = 0, helpers: int = 1) -> Iterator[Batch]:
    """Yield every row of the file, once. Raises TableError when the file is no table.

    Several helpers divide the costly part: each yields every so many-th batch, and `helpers` many of them,
    taken in turn, all rows in the same order as one would.
    """
    mine = cycle(number == helper for number in range(helpers))
    position, largest = reading.after, FIRST_WINDOW
    window: list[_Line] = []
    weight = 0
    for line in _lines(reading):
        window.append(line)
        weight += len(line.raw)
        if len(window) >= largest or weight >= WINDOW_BYTES:
            yield from _window(window, position, reader, mine)
            position = window[-1].row
            window, weight = [], 0
            largest = min(largest * 2, LARGEST_WINDOW)
    if window:
        yield from _window(window, position, reader, mine)


def _lines(reading: Reading) -> Iterator[_Line]:
    mapping, received = reading.mapping, reading.received_at
    read = interpreter(mapping, ZoneInfo(reading.zone), reading.touchpoints, reading.colleague_id)
    seen, mended, after = Occurrences(), mapping.mended, reading.after
    id_column, width = mapping.column("id"), len(mapping.roles)
    moment = received.timestamp()
    with open_table(reading.path, **reading.options) as table:  # type: ignore[arg-type]
        for row in table:
            number = row.number
            if isinstance(row, RejectedRow):
                identity = by_cells(digest(row.raw), seen.count(digest(b"unread", row.raw)))
                if number > after:
                    said = Said.unread(row.reason, digest(row.raw))
                    yield _Line(moment, number, identity, row.raw, said, len(row.raw))
                continue
            cells = row.cells
            if mended is not None:
                cells = [unescaped(cell) for n, cell in enumerate(cells) if n != mended]
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            raw = raw_of(cells)
            if number <= after:
                if id_column is None or not cells[id_column].strip():
                    seen.count(digest(raw))
                continue
            said = read(cells, raw, received)
            source_id = said.source_id
            identity = (
                by_source_id(source_id) if source_id else by_cells(said.content, seen.count(said.content))
            )
            told = said.understood.told
            at = told[0].occurred_at.timestamp() if told else moment
            yield _Line(at, number, identity, raw, said, len(row.raw) + 1)


def _window(window: list[_Line], position: int, reader: Reader, mine: Iterator[bool]) -> Iterator[Batch]:
    last = window[-1].row
    window = sorted(window, key=lambda line: line.seconds)
    start = 0
    while start < len(window):
        end, weight = start, 0
        while end < len(window) and end - start < BATCH and (end == start or weight < BATCH_BYTES):
            weight += len(window[end].raw)
            end += 1
        lines, start = window[start:end], end
        if not next(mine):
            continue
        parts = prepare([line.said.understood for line in lines], reader)
        ready = [
            Ready(line.identity, line.said.content, line.raw, line.row, line.said.understood.reason, own)
            for line, own in zip(lines, parts, strict=True)
        ]
        yield Batch(
            ready,
            last if end == len(window) else position,
            sum(line.size for line in lines),
            sum(line.said.undated for line in lines),
        )
