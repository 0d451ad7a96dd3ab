"""A command says what to mend in three languages, and of an error inside never the text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kalevi.commands import failing

WRONG = [
    ("KALEVI_PORT", "yes"),
    ("KALEVI_PORT", "70000"),
    ("KALEVI_PORT", "²"),
    ("KALEVI_TIME_ZONE", "Europe/Kalevala"),
    ("KALEVI_TIME_ZONE", "../../etc/passwd"),
    ("KALEVI_TIME_ZONE", "Europe"),
    ("KALEVI_LANGUAGE", "de"),
    ("KALEVI_ADDRESS", "kalevi.example.fi"),
    ("KALEVI_ADDRESS", "https://kalevi.example.fi/kalevi"),
    ("KALEVI_ADDRESS", "https://[::1"),
    ("KALEVI_HOST", "192.0.2.1"),
    ("KALEVI_DATABASE_URL", "mysql://a:secret@b/c"),
    ("KALEVI_DATABASE_URL", "postgresql://a:secret@b:port/c"),
    ("KALEVI_DATABASE_URL", "postgresql://a:secret@b"),
    ("KALEVI_DATABASE_URL", "postgresql://a:secret@127.0.0.1:9/c"),
]


def kalevi(*arguments: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KALEVI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "import sys; from kalevi.cli import main; sys.exit(main())", *arguments],
        env={**clean, "KALEVI_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_wrong_setting_is_said_plainly(tmp_path: Path, name: str, value: str) -> None:
    done = kalevi("serve", "--lang", "fi", home=tmp_path / "home", **{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize(
    ("command", "language"), [("serve", "fi"), ("doctor", "sv"), ("backup", "en"), ("demo", "fi")]
)
def test_home_that_cannot_be_used_is_said_in_three_languages(
    tmp_path: Path, command: str, language: str
) -> None:
    (tmp_path / "file").write_text("x")
    done = kalevi(command, "--lang", language, home=tmp_path / "file" / "home")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(tmp_path) in done.stderr


def test_error_inside_is_told_by_kind_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="Matti") as raised:
        int("Matti Meikäläinen said so")
    assert failing.tell(raised.value, "en") == 1
    told = capsys.readouterr().err
    assert "builtins.ValueError at test_failing.py:" in told
    assert "Matti" not in told
