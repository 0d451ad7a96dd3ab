"""Files stay small enough to be read in one go."""

from statistics import median

from tests.repository.rooms import SOURCE


def lengths() -> dict[str, int]:
    return {
        str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and path.stat().st_size > 0
    }


def test_no_file_is_over_600_lines() -> None:
    assert {name: lines for name, lines in lengths().items() if lines > 600} == {}


def test_median_file_is_under_80_lines() -> None:
    assert median(lengths().values()) < 80
