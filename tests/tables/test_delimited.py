"""Rows of separated text: what spreadsheets and people really export."""

import io
from typing import Any

import pytest

from kalevi.tables import MAX_ROW_BYTES, RejectedRow, Row, TableError, open_table


def cells(data: bytes | str, **options: Any) -> Any:
    raw = data.encode() if isinstance(data, str) else data
    with open_table(io.BytesIO(raw), **options) as table:
        return table.header, [row.cells if isinstance(row, Row) else row.reason for row in table]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator: Any) -> None:
    rows = [["id", "palaute"], ["1", "hyvä"], ["2", "no, jaa; | niin"]]
    quoted = "\n".join(separator.join(f'"{c}"' for c in row) for row in rows)
    assert cells(quoted) == (rows[0], rows[1:])


def test_one_column_with_commas_stays_one_column() -> None:
    assert cells("text\nHei, terve, moi\nNo niin\n") == (
        ["text"],
        [["Hei, terve, moi"], ["No niin"]],
    )


def test_excel_names_its_separator() -> None:
    assert cells("sep=;\nid;text\n1;a,b\n") == (["id", "text"], [["1", "a,b"]])


def test_line_breaks_and_quotes_inside_a_cell() -> None:
    assert cells('id,text\n1,"yksi\nkaksi ""kolme"""\r\n2,x\n') == (
        ["id", "text"],
        [["1", 'yksi\nkaksi "kolme"'], ["2", "x"]],
    )


def test_short_rows_are_filled_and_long_ones_kept() -> None:
    assert cells("a,text\n1\n1,2,3\n\n,\n") == (
        ["a", "text"],
        [["1", ""], ["1", "2", "3"], ["", ""]],
    )


def test_quote_that_never_closes_costs_one_row() -> None:
    assert cells('id,text\n1,"auki\n2,hyvä\n3,"kiinni"\n')[1] == [
        "unbalanced_quote",
        ["2", "hyvä"],
        ["3", "kiinni"],
    ]


def test_words_after_a_closing_quote_are_kept() -> None:
    assert cells('id,text\n1,"hän" sanoi\n2,"a"\n')[1] == [["1", "hän sanoi"], ["2", "a"]]


def test_quote_that_never_closes_keeps_the_bytes() -> None:
    with open_table(io.BytesIO(b'id,text\n1,"auki\n2,ok\n')) as table:
        assert list(table) == [
            RejectedRow(1, b'1,"auki', "unbalanced_quote"),
            Row(2, ["2", "ok"], b"2,ok"),
        ]


def test_cell_of_three_megabytes() -> None:
    long = "pitkä " * 500_000
    assert cells(f"id,text\n1,{long}\n2,x\n")[1] == [["1", long], ["2", "x"]]


def test_row_beyond_the_limit_is_reported() -> None:
    assert cells(b"id,text\n1," + b"x" * (MAX_ROW_BYTES + 9) + b"\n2,y\n")[1] == [
        "row_too_long",
        ["2", "y"],
    ]


def test_nul_and_stray_carriage_return_pass_through() -> None:
    assert cells("id,text\n1,a\x00b\n2,c\rd\n")[1] == [["1", "a\x00b"], ["2", "c\rd"]]


def test_old_mac_line_breaks() -> None:
    assert cells("id,text\r1,a\r2,b") == (["id", "text"], [["1", "a"], ["2", "b"]])


def test_no_header() -> None:
    header, rows = cells("1,Toimitus oli myöhässä.\n2,Kiitos paljon!\n")
    assert (header, len(rows)) == (["1", "2"], 2)


def test_line_separators_of_unicode_are_no_line_breaks() -> None:
    assert cells("id,text\n1,a\u2028b\x85c\x0bd\n")[1] == [["1", "a\u2028b\x85c\x0bd"]]


def test_column_by_name_case_and_number() -> None:
    with open_table(io.BytesIO(b"Id,Palaute\n1,x\n")) as table:
        assert [table.column(name) for name in ("Palaute", " palaute", "2", "id")] == [
            1,
            1,
            1,
            0,
        ]
        with pytest.raises(TableError) as error:
            table.column("muu")
        assert error.value.details["columns"] == ["Id", "Palaute"]


def test_head_takes_nothing() -> None:
    with open_table(io.BytesIO(b"id,text\n1,a\n2,b\n")) as table:
        assert [row.number for row in table.head(1)] == [1]
        assert [row.number for row in table] == [1, 2]


def test_a_file_full_of_open_quotes_stays_quick_and_whole() -> None:
    lines = [f'{i},""" auki {i}' for i in range(2001)]
    with open_table(io.BytesIO(("id,text\n" + "\n".join(lines)).encode())) as table:
        raw = b"\n".join(row.raw for row in table)
    assert raw == "\n".join(lines).encode()
