"""Rows out: JSON lines, CSV and Parquet."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kalevi.summaries.objects import json_line, plain
from kalevi.summaries.writers import WRITERS
from tests.summaries.made import SOME, empty, reading

KEYS = [
    "row",
    "text",
    "language",
    "sentiment",
    "sentiment_confidence",
    "feelings",
    "hots",
    "themes",
    "marks",
    "personal_data",
    "model",
]


def written(kind: Any, readings: Any, **options: Any) -> Any:
    out = io.BytesIO()
    writer = WRITERS[kind](out)
    for row, one in enumerate(readings, 1):
        writer.add(plain(row, one, **options))
    writer.finish()
    return out.getvalue()


def test_object_has_the_promised_keys() -> None:
    found = plain(3, SOME[0])
    assert list(found) == KEYS
    assert found["feelings"] == [{"feeling": "sadness", "intensity": 0.8, "evidence": [[0, 57]]}]
    assert found["hots"][0] == {
        "kind": "problem",
        "text": found["text"],
        "evidence": [[0, 57]],
        "confidence": 0.9,
    }
    assert plain(3, SOME[0], scores=True)["scores"] == {"joy": 0.25}


@pytest.mark.parametrize(
    "text", ["a\u2028b", "a\x85b", "a\nb\r\x0b\x0c\x1c", "a\ud800b", "\ufeffa", "😡 \u0000"]
)
def test_line_holds_no_line_break_and_gives_the_text_back(text: str) -> None:
    line = json_line(plain(1, reading(text)))
    assert len(line.decode("utf-8").splitlines()) == 1
    assert json.loads(line)["text"] == text


def test_csv_reads_back_and_runs_nothing() -> None:
    rows = list(
        csv.DictReader(io.StringIO(written("csv", [*SOME, reading("=HYPERLINK(1)")], scores=True).decode()))
    )
    assert [row["row"] for row in rows] == [str(n) for n in range(1, 8)]
    assert (rows[0]["feelings"], rows[0]["joy"], rows[5]["text"]) == ("sadness 0.80", "0.25", "")
    assert rows[6]["text"] == "'=HYPERLINK(1)"


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    long = reading("pitkä\x00\ud800" + "x" * 3_000_000)
    path.write_bytes(written("parquet", [*SOME, long], scores=True))
    rows = duckdb.sql(f"SELECT row, text, feelings[1].feeling, scores['joy'] FROM '{path}'").fetchall()
    assert rows[0] == (1, SOME[0].text, "sadness", 0.25)
    assert rows[6][1][:8] == "pitkä\u2400\ufffdx"


def test_no_rows_at_all(tmp_path: Path) -> None:
    assert written("jsonl", []) == b""
    assert written("csv", []).decode().startswith("row,text,language")
    path = tmp_path / "none.parquet"
    path.write_bytes(written("parquet", []))
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(0,)]


def test_rejected_row_is_told() -> None:
    assert plain(1, empty(), rejected="not_json")["rejected"] == "not_json"
