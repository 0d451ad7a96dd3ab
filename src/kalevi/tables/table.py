"""One file of rows, whatever its format: `open_table` finds out what it is and streams it."""

import io
import itertools
import json
import os
import re
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self

from kalevi.tables import delimited, json_rows
from kalevi.tables import source as src
from kalevi.tables.header import has_header
from kalevi.tables.rows import RejectedRow, Row, TableError
from kalevi.tables.workbook import WorkbookRows

Format = Literal["csv", "xlsx", "jsonl"]
_DECLARED = re.compile(r"\A\ufeff?sep=(.)\r?\n")
HEADER_SAMPLE = 50
JSON_HEADER_SAMPLE = 200


class Table:
    """A header and the rows under it, read once from beginning to end.

    `header` has one name a column; where the file has no header row, the names are "1", "2", … and
    `has_header` is False. `header_raw` holds the header row's bytes as `Row.raw` does. `encoding` and
    `separator` are None for formats that have none. Use it as a context manager, or call `close()`.
    """

    def __init__(
        self,
        name: str,
        kind: Format,
        header: list[str],
        rows: Iterator[Row | RejectedRow],
        *,
        header_raw: bytes = b"",
        has_header: bool = True,
        encoding: str | None = None,
        separator: str | None = None,
        close: Callable[[], None] = lambda: None,
        progress: Callable[[], float | None] = lambda: None,
    ) -> None:
        self.name, self.format, self.header = name, kind, header
        self.header_raw, self.has_header = header_raw, has_header
        self.encoding, self.separator = encoding, separator
        self._rows, self._close, self._progress = rows, close, progress

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Every row that has not been given out yet, in file order, in flat memory."""
        return iter(self._rows)

    __iter__ = rows

    def head(self, count: int = 200) -> list[Row | RejectedRow]:
        """The next `count` rows without taking them: `rows()` still gives them."""
        first = list(itertools.islice(self._rows, count))
        self._rows = itertools.chain(first, self._rows)
        return first

    def progress(self) -> float | None:
        """How much of the file has been read, 0–1; None where that cannot be told."""
        return self._progress()

    def column(self, name: str) -> int:
        """The 0-based index of a column by its name (case and outer spaces do not matter) or 1-based number.

        Raises TableError (`no_such_column`, details `column` and `columns`).
        """
        if name in self.header:
            return self.header.index(name)
        folded = [head.strip().casefold() for head in self.header]
        if name.strip().casefold() in folded:
            return folded.index(name.strip().casefold())
        if name.strip().isdecimal() and 1 <= int(name) <= len(self.header):
            return int(name) - 1
        raise TableError("no_such_column", column=name, columns=list(self.header))

    def close(self) -> None:
        """Close the file."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def open_table(
    source: str | os.PathLike[str] | BinaryIO,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    header: bool | None = None,
    sheet: str | None = None,
    kind: Format | None = None,
) -> Table:
    """Open a CSV, XLSX or JSONL file (or a JSON array) from a path, a binary stream or `-` (standard input).

    What is not given is found out from the content: the format, the encoding (UTF-8, UTF-16, cp1252), the
    separator (`,` `;` tab `|`) and whether there is a header row. Rows stream in flat memory; a row that
    cannot be read becomes a RejectedRow. Raises TableError when the whole file is no table.
    """
    stream, name = src.open_stream(source)
    try:
        start = stream.tell()
        sample = stream.read(src.SAMPLE_BYTES)
        stream.seek(start)
        if not sample:
            raise TableError("empty_file", path=name)
        if kind == "xlsx" or (kind is None and sample.startswith(src.ZIP_MARKS)):
            return _workbook(stream, name, sheet, header)
        if sample.startswith(src.OLD_WORKBOOK_MARK):
            raise TableError("old_workbook", path=name)
        return _text(stream, name, sample, encoding, separator, header, kind)
    except OSError as error:
        stream.close()
        raise TableError("unreadable_file", path=name) from error
    except TableError as error:
        error.details.setdefault("path", name)
        stream.close()
        raise
    except BaseException:
        stream.close()
        raise


def _workbook(stream: BinaryIO, name: str, sheet: str | None, header: bool | None) -> Table:
    book = WorkbookRows(stream, sheet)

    def close() -> None:
        book.close()
        stream.close()

    return _with_header(name, "xlsx", iter(book), header, close)


def _text(
    stream: BinaryIO,
    name: str,
    sample: bytes,
    encoding: str | None,
    separator: str | None,
    header: bool | None,
    kind: Format | None,
) -> Table:
    found = src.known_encoding(encoding) if encoding else src.encoding_of(sample)
    if sample.startswith(src.BINARY_MARKS):
        raise TableError("not_a_table")
    text = sample_text(sample, found)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise TableError("empty_file" if not text.strip("\ufeff \t\r\n") else "not_a_table")
    if looks_binary(text):
        raise TableError("not_a_table")
    if text.lstrip("\ufeff \t\r\n")[:15].lower().startswith(("<!doctype", "<html", "<?xml", "{\\rtf")):
        raise TableError("not_a_table")
    lines, progress = _lines(stream, found, text), _progress_of(stream)
    if kind == "jsonl" or (kind is None and _is_json(name, text)):
        return _json(stream, name, lines, text, found, progress)
    if declared := _DECLARED.match(text):
        separator = separator or declared[1]
        next(lines)
        text = text[declared.end() :]
    if separator is not None and (len(separator) != 1 or separator in '\r\n"'):
        raise TableError("bad_separator", separator=separator)
    separator = separator or delimited.separator_of(text.removeprefix("\ufeff"))
    records = iter(delimited.DelimitedRows(lines, separator))
    return _with_header(
        name, "csv", records, header, stream.close, encoding=found, separator=separator, progress=progress
    )


def _progress_of(stream: BinaryIO) -> Callable[[], float | None]:
    start = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(start)
    return lambda: (stream.tell() - start) / max(end - start, 1)


def sample_text(sample: bytes, encoding: str) -> str:
    """The sample as text; a character cut at its end is dropped."""
    if src.is_wide(encoding):
        return io.TextIOWrapper(io.BytesIO(sample), encoding, errors="replace", newline="").read()
    whole = sample if len(sample) < src.SAMPLE_BYTES else sample[: sample.rfind(b"\n") + 1] or sample[:-4]
    return src.decoder_for(encoding)(whole)


def looks_binary(text: str) -> bool:
    """Whether more than a tenth of the characters are control characters other than spaces and NUL."""
    part = text[:20_000]
    controls = sum(c < " " and c not in "\t\r\n\x00\x0b\x0c" for c in part)
    return controls > 0.1 * len(part) or part.count("\x00") > 0.5 * len(part)


def _is_json(name: str, text: str) -> bool:
    if name.lower().endswith((".jsonl", ".ndjson", ".json")):
        return True
    return not name.lower().endswith((".csv", ".tsv")) and json_rows.looks_like_json(text)


def _lines(stream: BinaryIO, encoding: str, text: str) -> Iterator[delimited.Line]:
    if src.is_wide(encoding):
        return src.text_lines(stream, encoding)
    return _narrow_lines(stream, encoding, b"\r" if "\n" not in text and "\r" in text else b"\n")


def _narrow_lines(stream: BinaryIO, encoding: str, line_break: bytes) -> Iterator[delimited.Line]:
    decode = src.decoder_for(encoding)
    lines = src.byte_lines(stream, line_break)
    first = next(lines, b"")
    yield decode(first).removeprefix("\ufeff"), first
    if decode is not src.decode_line:
        for line in lines:
            yield decode(line), line
        return
    for line in lines:
        try:
            yield line.decode(), line
        except UnicodeDecodeError:
            yield decode(line), line


def _json(
    stream: BinaryIO,
    name: str,
    lines: Iterator[delimited.Line],
    text: str,
    encoding: str,
    progress: Callable[[], float | None],
) -> Table:
    values = json_rows.values_by_line if json_rows.one_a_line(text) else json_rows.values_one_after_another
    records = values(lines)
    first = list(itertools.islice(records, JSON_HEADER_SAMPLE))
    header = json_rows.header_of(value[0] for value in first if not isinstance(value, RejectedRow))
    if not header:
        raise TableError("empty_file" if not first else "not_a_table")
    cells = (
        record if isinstance(record, RejectedRow) else (json_rows.cells_of(record[0], header), record[1])
        for record in itertools.chain(first, records)
    )
    raw = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    rows = delimited.numbered(cells, len(header))
    return Table(
        name,
        "jsonl",
        header,
        rows,
        header_raw=raw,
        encoding=encoding,
        close=stream.close,
    )


def _with_header(
    name: str,
    kind: Format,
    records: Iterator[Any],
    header: bool | None,
    close: Callable[[], None],
    **details: Any,
) -> Table:
    first = list(itertools.islice(records, HEADER_SAMPLE))
    readable = [record[0] for record in first if not isinstance(record, RejectedRow)]
    if not readable:
        if not first:
            raise TableError("empty_file")
        readable = [[""]]
        header = False
    named = has_header(readable) if header is None else header
    if named:
        at = next(i for i, record in enumerate(first) if not isinstance(record, RejectedRow))
        cells, raw = first.pop(at)
        names = [cell.strip() for cell in cells]
    else:
        names, raw = [str(i) for i in range(1, max(map(len, readable)) + 1)], b""
    rows = delimited.numbered(itertools.chain(first, records), len(names))
    return Table(
        name,
        kind,
        names,
        rows,
        header_raw=raw,
        has_header=named,
        close=close,
        **details,
    )
