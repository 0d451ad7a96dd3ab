"""`kalevi demo` refuses in clear words what would harm something real."""

from pathlib import Path

import pytest

from kalevi.cli import main

pytestmark = pytest.mark.library


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    monkeypatch.setenv("KALEVI_PORT", "8000")
    monkeypatch.setenv("KALEVI_DATABASE_URL", "")


@pytest.mark.parametrize("more", [[], ["--fresh"]])
def test_a_real_home_is_neither_filled_nor_emptied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    (tmp_path / "kalevi.sqlite3").write_text("words")
    assert main(["demo", "--lang", "en", *more]) == 2
    assert capsys.readouterr().err.startswith(f"The folder {tmp_path} was not made by the demo")
    assert [path.name for path in tmp_path.iterdir()] == ["kalevi.sqlite3"]


def test_fresh_empties_no_postgresql(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KALEVI_DATABASE_URL", "postgresql://127.0.0.1/kalevi")
    assert main(["demo", "--lang", "fi", "--fresh"]) == 2
    assert capsys.readouterr().err.startswith("--fresh poistaa vain demon oman kansion.")
