"""A demo fills and empties only folders that a demo made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kalevi.demo.home import NotADemoError, begin

pytestmark = pytest.mark.library
FIRST = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
LATER = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)


def test_a_home_keeps_the_moment_it_was_made_for(tmp_path: Path) -> None:
    home = tmp_path / "var" / "demo"
    assert begin(home, now=FIRST) == FIRST
    (home / "kalevi.sqlite3").write_text("words")
    assert begin(home, now=LATER) == FIRST
    assert (home / "kalevi.sqlite3").read_text() == "words"
    assert home.stat().st_mode & 0o777 == 0o700


def test_fresh_begins_anew(tmp_path: Path) -> None:
    begin(tmp_path, now=FIRST)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one").write_text("x")
    assert begin(tmp_path, now=LATER, fresh=True) == LATER
    assert [path.name for path in tmp_path.iterdir()] == ["demo.json"]


@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, fresh: bool) -> None:
    (tmp_path / "kalevi.sqlite3").write_text("words")
    with pytest.raises(NotADemoError):
        begin(tmp_path, now=FIRST, fresh=fresh)
    assert [path.name for path in tmp_path.iterdir()] == ["kalevi.sqlite3"]
