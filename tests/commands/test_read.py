"""`kalevi read`, from the shell's side."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kalevi import cli
from kalevi.commands.language import chosen_language
from kalevi.commands.read import FORMATS, batches
from kalevi.tables import open_table
from tests.tables.test_hostile import hostile

KEYS = [
    *("row", "text", "language", "sentiment", "sentiment_confidence", "feelings", "hots", "themes"),
    *("marks", "personal_data", "model"),
]
TEXTS = [
    "Tilaus tuli kaksi viikkoa myöhässä, eikä kukaan vastannut puhelimeen.",
    "",
    "Jättebra service, tack!",
    "Please call me back today, the invoice is wrong.",
    "rivi\u2028yksi\x85kaksi\nkolme",
]


@pytest.fixture
def comments(tmp_path: Path) -> Any:
    path = tmp_path / "palautteet.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "palaute"])
        rows.writerows((number, text) for number, text in enumerate(TEXTS, 100))
    return path


@pytest.fixture
def kalevi(capfdbinary: Any) -> Any:
    def run(*arguments: Any) -> Any:
        try:
            code: Any = cli.main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
        done = capfdbinary.readouterr()
        return code, done.out, done.err.decode()

    return run


def lines(out: Any) -> Any:
    return [json.loads(line) for line in out.decode("utf-8").split("\n") if line]


def test_one_object_for_every_row_in_order(kalevi: Any, comments: Any) -> None:
    code, out, err = kalevi("read", comments, "--format", "jsonl")
    found = lines(out)
    assert (code, err) == (0, "")
    assert [(one["row"], one["text"]) for one in found] == list(enumerate(TEXTS, 1))
    assert [list(one) for one in found] == [KEYS] * 5
    assert found[1]["language"] == "und"
    assert out.count(b"\n") == len(out.decode("utf-8").splitlines()) == 5


def test_scores(kalevi: Any, comments: Any) -> None:
    found = lines(kalevi("read", comments, "--format", "jsonl", "--scores")[1])
    wanted = {
        "anger",
        "joy",
        "trust",
        "negative",
        "neutral",
        "positive",
        "dream",
        "problem",
        "need",
        "delivery",
    }
    assert wanted - set(found[0]["scores"]) == set()
    assert all(0 <= score <= 1 for one in found for score in one["scores"].values())


def test_same_words_from_csv_xlsx_jsonl_and_a_pipe(
    kalevi: Any, comments: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, spread = openpyxl.Workbook(), tmp_path / "a.xlsx"
    json_file = tmp_path / "a.jsonl"
    rows = [{"id": str(n), "palaute": text.replace("\x85", " ")} for n, text in enumerate(TEXTS)]
    for row in [["id", "palaute"], *(list(row.values()) for row in rows)]:
        book.active.append(row)
    book.save(spread)
    json_file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    comments.write_text(comments.read_text("utf-8").replace("\x85", " "), "utf-8")
    found = [kalevi("read", path, "--format", "jsonl")[1] for path in (comments, spread, json_file)]
    with comments.open(encoding="utf-8") as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        found.append(kalevi("read", "-", "--format", "jsonl")[1])
    assert [one == found[0] for one in found] == [True] * 4


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_goes_to_a_file(kalevi: Any, comments: Any, tmp_path: Path, kind: Any) -> None:
    out = tmp_path / f"tulos.{kind}"
    assert kalevi("read", comments, "--format", kind, "--out", out, "--lang", "fi")[:2] == (0, b"")
    beginnings = {
        "parquet": b"PAR1",
        "html": b"<!doctype html>",
        "pdf": b"%PDF",
        "jsonl": b"{",
        "csv": b"row,",
    }
    assert out.read_bytes().startswith(beginnings.get(kind, b"\nMit"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Mitä asiakkaat"), ("sv", "Vad kunderna"), ("en", "What customers")]
)
def test_summary_in_each_language(kalevi: Any, comments: Any, language: str, title: Any) -> None:
    code, out, _ = kalevi("read", comments, "--lang", language)
    assert (code, title in out.decode()) == (0, True)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("arguments", [[], ["read"]])
def test_help_in_each_language(kalevi: Any, language: str, arguments: Any) -> None:
    code, out, _ = kalevi(*arguments, "--help", "--lang", language)
    beginning = {"fi": "käyttö: ", "sv": "användning: ", "en": "usage: "}[language]
    assert (code, out.decode().startswith(beginning)) == (0, True)


def broken(tmp_path: Path) -> Any:
    files = {
        "puuttuu.csv": None,
        "tyhja.csv": b"",
        "kuva.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "sivu.csv": b"<!DOCTYPE html><html></html>",
        "luvut.csv": b"a,b\n1,2\n3,4\n",
        "vanha.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "rikki.xlsx": b"PK\x03\x04rikki",
    }
    for name, data in files.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    return list(files)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_mistakes_get_one_clear_sentence(kalevi: Any, tmp_path: Path, language: str) -> None:
    for name in broken(tmp_path):
        code, out, err = kalevi("read", tmp_path / name, "--lang", language)
        assert (name, code, out, err.count("\n"), "Traceback" in err) == (name, 2, b"", 1, False)
        assert name in err


def test_wrong_arguments(kalevi: Any, comments: Any, tmp_path: Path) -> None:
    for arguments in (
        ["read"],
        ["read", comments, "--format", "doc"],
        ["read", comments, "--nonsense"],
        ["read", comments, "--column", "muu"],
        ["read", comments, "--encoding", "klingon"],
        ["read", comments, "--out", tmp_path],
        ["read", comments, "--out", tmp_path / "ei" / "ole.csv"],
        ["read", comments, "--out", comments],
        ["read", tmp_path],
    ):
        code, out, err = kalevi(*arguments)
        assert (arguments, code, out, bool(err)) == (arguments, 2, b"", True)
    assert comments.stat().st_size > 0


def test_two_hundred_hostile_files(kalevi: Any, tmp_path: Path) -> None:
    path, codes = tmp_path / "vihamielinen", []
    for seed in range(1000, 1200):
        path.write_bytes(hostile(seed))
        code, out, err = kalevi("read", path, "--format", "jsonl")
        codes.append(code)
        if code == 2:
            assert (seed, out, err.count("\n")) == (seed, b"", 1)
            continue
        assert (seed, code, err) == (seed, 0, "")
        assert [one["row"] for one in lines(out)] == list(range(1, out.count(b"\n") + 1)), seed
    assert codes.count(0) > 80


def test_batches_are_bounded_by_rows_and_by_characters() -> None:
    data = b"text\n" + b"a\n" * 1000 + (b"x" * 1_500_000 + b"\n") * 4
    with open_table(io.BytesIO(data)) as table:
        assert [len(batch) for batch in batches(table.rows(), 0)] == [512, 490, 2]


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "sv"], {"KALEVI_LANG": "fi"}, "sv"),
        (["--lang=en"], {"LANG": "fi_FI.UTF-8"}, "en"),
        ([], {"KALEVI_LANG": "fi", "LANG": "en_US.UTF-8"}, "fi"),
        ([], {"LC_ALL": "sv_FI.UTF-8", "LANG": "fi_FI.UTF-8"}, "sv"),
        ([], {"LANG": "fi_FI.UTF-8"}, "fi"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {}, "en"),
    ],
)
def test_language(arguments: Any, environment: Any, language: str) -> None:
    assert chosen_language(arguments, environment) == language


def test_reading_a_file_imports_no_django(comments: Any) -> None:
    code = (
        "import sys; from kalevi.cli import main; main(['read', sys.argv[1], '--format', 'jsonl']);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(comments)], capture_output=True, check=False)
    assert (done.returncode, done.stdout.count(b"\n")) == (0, 5)


def test_output_that_nobody_reads(comments: Any) -> None:
    code = f"{sys.executable} -c 'from kalevi.cli import main; main()' read {comments} --format jsonl | true"
    done = subprocess.run(code, shell=True, capture_output=True, check=False)
    assert done.stderr == b""


def test_own_themes_come_from_a_file(kalevi: Any, comments: Any, tmp_path: Path) -> None:
    themes = tmp_path / "themes.txt"
    themes.write_text("# ours\n\nSoitto takaisin: puhelin, call me back\n", encoding="utf-8")
    code, out, _said = kalevi("read", comments, "--format", "jsonl", "--themes", themes)
    found = [row["themes"] for row in lines(out)]
    assert (code, ["Soitto takaisin" in keys for keys in found]) == (0, [True, False, False, True, False])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("sauna", "Line 1 of"),
        ("ours: a1\nprice: cheap", "Line 2 of"),
        ("# nothing\n", "There is no theme"),
        (None, "cannot be read"),
    ],
)
def test_a_file_of_themes_that_is_none_is_refused(
    kalevi: Any, comments: Any, tmp_path: Path, written: str | None, said: str
) -> None:
    themes = tmp_path / "themes.txt"
    if written is not None:
        themes.write_text(written, encoding="utf-8")
    code, _out, told = kalevi("read", comments, "--lang", "en", "--themes", themes)
    assert (code, said in told) == (2, True)
