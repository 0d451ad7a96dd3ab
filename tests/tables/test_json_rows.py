"""Rows of JSON Lines and of arrays."""

import io
from typing import Any

import pytest

from kalevi.tables import RejectedRow, TableError, open_table


def read(text: str | bytes) -> Any:
    with open_table(io.BytesIO(text if isinstance(text, bytes) else text.encode())) as table:
        return (
            table.format,
            table.header,
            [r.reason if isinstance(r, RejectedRow) else r.cells for r in table],
        )


def test_one_object_a_line_with_late_keys() -> None:
    assert read('{"id": 1, "text": "hyvä"}\n\n{"text": null, "n": [1, "å"], "ok": true}\n') == (
        "jsonl",
        ["id", "text", "n", "ok"],
        [["1", "hyvä", "", ""], ["", "", '[1, "å"]', "true"]],
    )


def test_strings_become_the_column_text() -> None:
    assert read('"a b"\n"c"\n') == ("jsonl", ["text"], [["a b"], ["c"]])


def test_array_over_many_lines() -> None:
    assert read('[\n {"text": "a\\nb"},\n {"text": "c",\n  "x": 2.0}]\n') == (
        "jsonl",
        ["text", "x"],
        [["a\nb", ""], ["c", "2"]],
    )


def test_pretty_printed_values_one_after_another() -> None:
    assert read('{\n "text": "a"\n}\n{\n "text": "b"\n}\n')[2] == [["a"], ["b"]]


def test_lines_that_do_not_read_are_reported() -> None:
    deep = "[" * 100_000
    assert read('{"text": "a"}\n{"text": \n' + deep + '\n{"text": "b"}')[2] == [
        ["a"], "not_json", "not_json", ["b"],
    ]  # fmt: skip


def test_array_cut_short() -> None:
    assert read('[{"text": "a"}, {"text": "b"')[2] == [["a"], "not_json"]


def test_lone_surrogate_and_line_separator() -> None:
    assert read('{"text": "a\\ud800\u2028b"}\n')[2] == [["a\ud800\u2028b"]]


def test_no_rows() -> None:
    for text in ("[]", "{}"):
        with pytest.raises(TableError):
            read(text)


def test_long_array_reads_in_little_time() -> None:
    text = "[" + ",\n".join(f'{{"text": "rivi {i}"}}' for i in range(20_000)) + "]"
    assert len(read(text)[2]) == 20_000
    assert len(read(text.replace("\n", ""))[2]) == 20_000
