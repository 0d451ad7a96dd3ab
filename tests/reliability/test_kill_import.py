"""Killing web and worker at any moment of an import loses nothing and doubles nothing."""

import pytest

from bench.kill_import import killed


@pytest.mark.reliability
def test_killed_imports_lose_nothing_and_double_nothing(on_postgresql: bool) -> None:
    found = killed(
        database="postgresql" if on_postgresql else "sqlite", kills=4, rows=4_000, seed=4, most_seconds=1.5
    )
    assert found == {
        "kills": 4,
        "rows_sent": found["rows_sent"],
        "lost": 0,
        "doubled": 0,
        "counts_wrong": 0,
    }
