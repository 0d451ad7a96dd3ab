"""Placeholders in the help of commands are words of the reader's language."""

import pytest

from kalevi.cli import main


@pytest.mark.parametrize(
    ("language", "command", "said", "unsaid"),
    [
        ("fi", "read", ["TIEDOSTO", "--out POLKU", "--column NIMI"], ["FILE", "NAME", "PATH"]),
        ("sv", "import", ["FIL", "--column ROLL=NAMN", "--touchpoint NYCKEL"], ["FILE", "NAME", "KEY"]),
        ("fi", "restore", ["TIEDOSTO"], ["path", "FILE"]),
        ("en", "backup", ["[FILE]"], ["path"]),
    ],
)
def test_placeholders(
    capsys: pytest.CaptureFixture[str], language: str, command: str, said: list[str], unsaid: list[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--lang", language, "--help"])
    words = capsys.readouterr().out.replace("\n", " ")
    assert [one for one in said if one not in words] == []
    assert [one for one in unsaid if f" {one} " in words] == []
