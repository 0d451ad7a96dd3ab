"""`kalevi check` tells the place of each word, and its exit status says whether it has something to tell."""

import json
from pathlib import Path

import pytest

from kalevi.cli import main


def test_a_draft_with_hints_ends_with_one_and_tells_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Hei Mari!\nTeidän olisi pitänyt lukea ehdot.\n", encoding="utf-8")
    assert main(["check", str(draft), "--lang", "sv"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first == (
        f"{draft}:2:1: ”Teidän olisi pitänyt lukea ehdot.”: Det här låter som om felet vore kundens."
    )


def test_a_good_answer_ends_with_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, words = tmp_path / "draft.txt", tmp_path / "words.txt"
    draft.write_text("Tack, det värmde! Jag hälsar till Kenneth.", encoding="utf-8")
    words.write_text("Tack till Kenneth för all hjälp!", encoding="utf-8")
    assert main(["check", str(draft), "--to", str(words), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Nothing to remark on.\n"


def test_a_file_of_answers_gives_one_object_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.jsonl"
    rows = [
        {"answer": "You should have read it.", "to": "It broke."},
        {"answer": "Thank you!", "to": "Lovely!"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert main(["check", str(path), "--json", "--lang", "en"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["line"], "blame" in [hint["key"] for hint in one["hints"]]) for one in told] == [
        (1, True),
        (2, False),
    ]


def test_a_file_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.jsonl"
    assert main(["check", str(path), "--lang", "en"]) == 2
    assert capsys.readouterr().err == "The file cannot be read. Check its name and permissions.\n"
    path.write_text("{}\n", encoding="utf-8")
    assert main(["check", str(path), "--lang", "en"]) == 2
    assert (
        capsys.readouterr().err
        == "Line 1 is not a JSON object with an answer. Mend the line and run again.\n"
    )
