"""The ledger keeps every line, also after one that a power failure cut short."""

from pathlib import Path

import pytest
from django.conf import settings

from kalevi.people import ledger
from kalevi.people.ledger import Line

ONE = Line("contact", 1, "request", "2026-11-22T09:05:00+00:00", None)
TWO = Line("contact", 2, "request", "2026-11-22T09:06:00+00:00", 3)


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path / "erasures.jsonl"


@pytest.mark.parametrize(
    "torn", [b'{"kind": "con', b'{"kind": "contact", "number": 9, "rea\xc3', b"\x00\x00\x00", b"7"]
)
def test_a_torn_line_takes_no_other_with_it(path: Path, torn: bytes) -> None:
    ledger.append(ONE)
    with path.open("ab") as file:
        file.write(torn)
    ledger.append(TWO)
    assert list(ledger.lines()) == [ONE, TWO]


def test_it_is_private(path: Path) -> None:
    assert list(ledger.lines()) == []
    ledger.append(ONE)
    assert path.stat().st_mode & 0o777 == 0o600
