"""Writers of rows: objects in, a file out, in flat memory."""

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from kalevi.summaries.objects import CSV_COLUMNS, csv_cells, json_line
from kalevi.summaries.parquet import quoted, to_parquet

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LONGEST_LINE = 1024 * 1024
_COLUMNS = {
    "row": "BIGINT",
    "text": "VARCHAR",
    "language": "VARCHAR",
    "sentiment": "VARCHAR",
    "feelings": "STRUCT(feeling VARCHAR, intensity DOUBLE, evidence BIGINT[][])[]",
    "hots": "STRUCT(kind VARCHAR, text VARCHAR, evidence BIGINT[][], confidence DOUBLE)[]",
    "themes": "VARCHAR[]",
    "marks": "STRUCT(mark VARCHAR, evidence BIGINT[][], due VARCHAR)[]",
    "personal_data": "STRUCT(kind VARCHAR, span BIGINT[])[]",
    "model": "STRUCT(name VARCHAR, version VARCHAR)",
    "rejected": "VARCHAR",
}


class Writer(Protocol):
    """Takes objects one by one."""

    def add(self, found: dict[str, Any]) -> None:
        """Write one object."""

    def finish(self) -> None:
        """Write what is still held; the file stays open."""


class JsonLines:
    """One JSON object a line."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def add(self, found: dict[str, Any]) -> None:
        """Write one line."""
        self._out.write(json_line(found))

    def finish(self) -> None:
        """Nothing is held back."""
        self._out.flush()


class Csv:
    """One row an object, in UTF-8; the scores of the first object name their columns."""

    def __init__(self, out: BinaryIO) -> None:
        self._text = io.TextIOWrapper(out, "utf-8", errors="backslashreplace", newline="")
        self._rows = csv.writer(self._text, lineterminator="\n")
        self._scores: list[str] | None = None

    def add(self, found: dict[str, Any]) -> None:
        """Write one row."""
        if self._scores is None:
            self._begin(list(found.get("scores", {})))
        self._rows.writerow(csv_cells(found, self._scores or []))

    def _begin(self, scores: list[str]) -> None:
        self._scores = scores
        self._rows.writerow([*CSV_COLUMNS, *scores])

    def finish(self) -> None:
        """Write the header if there was no row, and let go of the file."""
        if self._scores is None:
            self._begin([])
        self._text.flush()
        self._text.detach()


class Parquet:
    """A Parquet file of the same objects, through a temporary file of JSON lines.

    Lone surrogates, which Parquet's text cannot hold, become U+FFFD; NUL becomes U+2400.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._folder = tempfile.TemporaryDirectory(prefix="kalevi-")
        self._path = os.path.join(self._folder.name, "rows.jsonl")
        self._lines = open(self._path, "wb")  # noqa: SIM115 -- closed in finish
        self._scores, self._longest = False, _LONGEST_LINE

    def add(self, found: dict[str, Any]) -> None:
        """Hold one object on disk."""
        self._scores = self._scores or "scores" in found
        line = json_line(_storable(found))
        self._longest = max(self._longest, len(line))
        self._lines.write(line)

    def finish(self) -> None:
        """Turn the rows into Parquet and write it out."""
        self._lines.close()
        columns = _COLUMNS | ({"scores": "MAP(VARCHAR, DOUBLE)"} if self._scores else {})
        named = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
        target = to_parquet(
            f"SELECT * FROM read_json('{quoted(self._path)}', format = 'newline_delimited', "  # noqa: S608
            f"columns = {{{named}}}, maximum_object_size = {self._longest + 1})",
            folder=self._folder.name,
            megabytes=512 + 16 * self._longest // 2**20,
        )
        with open(target, "rb") as made:
            shutil.copyfileobj(made, self._out, 1024 * 1024)
        self._out.flush()
        self._folder.cleanup()


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        if "\x00" in value:
            value = value.replace("\x00", "\u2400")
        return _SURROGATES.sub("\ufffd", value) if not value.isascii() else value
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value


WRITERS: dict[str, Callable[[BinaryIO], Writer]] = {"jsonl": JsonLines, "csv": Csv, "parquet": Parquet}
