"""Rows of an XLSX workbook, read one by one; an archive that unpacks into far too much is refused."""

import json
import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from kalevi.tables.rows import RejectedRow, TableError

MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_SHARED_BYTES = 512 * 1024**2
SUSPICIOUS_BYTES = 64 * 1024**2
MAX_RATIO = 200
MAX_CELLS = 16_384
MAX_GAP = 10_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def check_archive(stream: BinaryIO) -> None:
    """Raises TableError: `not_a_table` for another kind of archive, `too_large_inside` for a zip bomb,
    `broken_workbook` for a damaged one. Sizes are those the archive declares; unpacking stops at them.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise TableError("broken_workbook") from error
    finally:
        stream.seek(0)
    names = {member.filename for member in members}
    if not any(name.startswith("xl/") for name in names):
        raise TableError("not_a_table")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES or len(members) > 20_000:
        raise TableError("too_large_inside")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > SUSPICIOUS_BYTES and member.file_size / packed > MAX_RATIO:
            raise TableError("too_large_inside")
        if "sharedStrings" in member.filename and member.file_size > MAX_SHARED_BYTES:
            raise TableError("too_large_inside")


class WorkbookRows:
    """Cells of each row of one sheet, the header row first. Raises TableError when it cannot be opened."""

    def __init__(self, stream: BinaryIO, sheet: str | None = None) -> None:
        import openpyxl

        # It warns of cells it cannot read while rows are taken; they become what a spreadsheet shows there.
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
        check_archive(stream)
        try:
            self._book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:  # openpyxl raises whatever its parsers raise
            raise TableError("broken_workbook") from error
        self._sheet = self._chosen(sheet)

    def _chosen(self, sheet: str | None) -> Any:
        sheets = {s.title: s for s in self._book.worksheets}
        if sheet is not None:
            if sheet not in sheets:
                raise TableError("no_such_sheet", sheet=sheet, sheets=list(sheets))
            return sheets[sheet]
        visible = [s for s in sheets.values() if getattr(s, "sheet_state", "visible") == "visible"]
        broken: Exception | None = None
        for candidate in visible or list(sheets.values()):
            try:
                if any(any(cells) for cells, _ in zip(_values(candidate), range(50), strict=False)):
                    return candidate
            except MemoryError:
                raise
            except Exception as error:  # of a damaged sheet; where it says something first, that is read
                broken = error
        raise TableError("broken_workbook" if broken else "empty_file") from broken

    def __iter__(self) -> Iterator[tuple[list[str], bytes] | RejectedRow]:
        """Cells with their raw bytes; empty rows at the end are dropped, those between are kept."""
        blank, begun = 0, False
        rows = _values(self._sheet)
        while True:
            try:
                cells = next(rows, None)
            except MemoryError:
                raise
            except Exception:
                yield RejectedRow(0, b"", "broken_workbook")
                return
            if cells is None:
                return
            if not any(cells):
                blank += 1
                continue
            if begun and blank <= MAX_GAP:
                for _ in range(blank):
                    yield [], b"[]"
            blank, begun = 0, True
            yield (
                cells,
                json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass"),
            )

    def close(self) -> None:
        """Close the archive."""
        self._book.close()


def _values(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    for values in sheet.iter_rows(values_only=True, max_col=None):
        cells = [cell_text(value) for value in values[:MAX_CELLS]]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def cell_text(value: Any) -> str:
    """A cell as text: dates as ISO 8601 (a midnight as a date alone), whole numbers without `.0`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
