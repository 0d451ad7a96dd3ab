"""Rows of workbooks, the kinds people send."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kalevi.tables import RejectedRow, TableError, guess_columns, open_table


def book(rows: Any, **sheets: Any) -> Any:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for title, more in sheets.items():
        sheet = made.create_sheet(title)
        for row in more:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


def test_values_become_text() -> None:
    when = datetime.datetime(2026, 11, 22, 9, 5)  # noqa: DTZ001 -- workbooks know no zones
    rows = [
        ["id", "palaute", "aika", "arvosana"],
        [1.0, "hyvä", when, 4.5],
        [2, None, when.date(), True],
    ]
    with open_table(book(rows)) as table:
        assert (table.format, table.header) == ("xlsx", rows[0])
        assert [row.cells for row in table] == [
            ["1", "hyvä", "2026-11-22T09:05:00", "4.5"],
            ["2", "", "2026-11-22", "true"],
        ]


def test_blank_rows_between_are_rows_and_those_at_the_end_are_not() -> None:
    with open_table(book([["text"], ["a"], [None], ["b"], [None], [""]])) as table:
        assert [(row.number, row.cells) for row in table] == [
            (1, ["a"]),
            (2, [""]),
            (3, ["b"]),
        ]


def test_first_sheet_with_something_or_the_one_named() -> None:
    sheets = {"Vastaukset": [["text"], ["a"]], "Muut": [["text"], ["b"]]}
    with open_table(book([], **sheets)) as table:
        assert [row.cells for row in table] == [["a"]]
    with open_table(book([], **sheets), sheet="Muut") as table:
        assert [row.cells for row in table] == [["b"]]
    with pytest.raises(TableError) as error:
        open_table(book([], **sheets), sheet="Ei")
    assert error.value.reason == "no_such_sheet"


def test_archive_that_unpacks_into_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 80 * 1024 * 1024)
    out.seek(0)
    with pytest.raises(TableError) as error:
        open_table(out)
    assert error.value.reason == "too_large_inside"


def test_entities_are_not_expanded() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(book([["text"], ["a"]])) as good,
        zipfile.ZipFile(out, "w") as bad,
    ):
        for name in good.namelist():
            data = good.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            bad.writestr(name, data)
    out.seek(0)
    with pytest.raises(TableError):
        open_table(out)


def test_damaged_sheet_gives_what_came_before() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(book([["text"], *[[f"rivi {i}"] for i in range(500)]])) as good,
        zipfile.ZipFile(out, "w") as bad,
    ):
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[:-9000] if name.endswith("sheet1.xml") else data)
    out.seek(0)
    with open_table(out) as table:
        rows = list(table)
    assert isinstance(rows[-1], RejectedRow)
    assert rows[-1].reason == "broken_workbook"
    assert rows[0].cells == ["rivi 0"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [(b'r="A1"', b'r="ZZZZZ1"'), (b"<row r=", b"<row \x00=")],
)
def test_a_sheet_damaged_from_its_first_row_on_is_refused(good: bytes, bad: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(book([["text"], [1]])) as whole, zipfile.ZipFile(out, "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(
                name, whole.read(name).replace(good, bad) if "sheet1" in name else whole.read(name)
            )
    out.seek(0)
    with pytest.raises(TableError) as error:
        open_table(out)
    assert error.value.reason == "broken_workbook"


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"])
def test_not_a_workbook(data: Any) -> None:
    with pytest.raises(TableError) as error:
        open_table(io.BytesIO(data))
    assert error.value.reason in ("broken_workbook", "old_workbook")


def test_real_exports(shared: Path) -> None:
    for path in sorted((shared / "data/trustpilot_reviews").glob("*.xlsx")):
        with open_table(path) as table:
            guess = guess_columns(table.header, [row.cells for row in table.head()])
            names = {role: table.header[found.index] for role, found in guess.roles.items()}
        assert {role: names[role] for role in ("text", "title", "id", "name", "date")} == {
            "text": "Review Text",
            "title": "Review Title",
            "id": "Review ID",
            "name": "Consumer Name",
            "date": "Review Time",
        }
        assert names["reply"] in ("Reply Text", "Company Reply")
        assert names["rating"] in ("Rating", "Review Rating")
