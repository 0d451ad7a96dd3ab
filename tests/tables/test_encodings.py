"""The same words in every encoding that exports come in."""

import io
from typing import Any

import pytest

from kalevi.tables import Row, TableError, open_table

WORDS = "id;palaute\r\n1;Hyvää yötä – ”kiitos” 5 €\r\n2;åäö ÅÄÖ\r\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_encoding_is_found(encoding: Any) -> None:
    with open_table(io.BytesIO(WORDS.encode(encoding))) as table:
        assert table.header == ["id", "palaute"]
        assert [row.cells[1] for row in table] == [
            "Hyvää yötä – ”kiitos” 5 €",
            "åäö ÅÄÖ",
        ]


def test_encoding_can_be_told() -> None:
    with open_table(io.BytesIO("id,text\n1,\u0161\n".encode("iso8859-4")), encoding="iso8859-4") as table:
        assert [row.cells for row in table] == [["1", "š"]]


def test_unknown_encoding() -> None:
    for name in ("klingon", "rot13", "base64"):
        with pytest.raises(TableError) as error:
            open_table(io.BytesIO(b"a"), encoding=name)
        assert error.value.reason == "unknown_encoding"


def test_one_line_in_another_encoding_costs_nothing_to_the_rest() -> None:
    data = "id,text\n1,hyvä\n".encode() + "2,hyvä\n".encode("cp1252") + "3,hyvä\n".encode()
    with open_table(io.BytesIO(data)) as table:
        assert [row.cells[1] for row in table] == ["hyvä", "hyvä", "hyvä"]


def test_faulty_bytes_can_be_told_from_the_raw_row() -> None:
    line = "1,hyvää yötä ".encode() + b"\xc3"
    with open_table(io.BytesIO(b"id,text\n" + line + b"\n")) as table:
        assert list(table) == [Row(1, ["1", "hyvää yötä \udcc3"], line)]


def test_lone_surrogates_pass_through() -> None:
    data = "id,text\n1,a\ud800b\n"
    for encoding in ("utf-8", "utf-16"):
        with open_table(io.BytesIO(data.encode(encoding, "surrogatepass"))) as table:
            assert [row.cells[1] for row in table] == ["a\ud800b"]


def test_long_file_whose_first_special_character_comes_late() -> None:
    data = b"id,text\n" + b"1,plain\n" * 30_000 + "2,käyttö\n".encode("cp1252")
    with open_table(io.BytesIO(data)) as table:
        assert list(table)[-1].cells[1] == "käyttö"
