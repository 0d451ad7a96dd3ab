"""`kalevi train` makes a model from confirmed readings, says why not, and goes back."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kalevi.audit.models import Entry
from kalevi.commands import train as command
from kalevi.config import training
from kalevi.interactions.readers import company_reader
from kalevi.text import read
from kalevi.text.refitting import choosing, frozen_comments
from tests.text.refitting.test_refitting import lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    few = frozen_comments()[::4]
    monkeypatch.setattr(choosing, "frozen_comments", lambda: few)
    return tmp_path


def run(language: str = "en", **given: bool) -> int:
    options = {"dry_run": False, "rollback": False, "lang": language} | given
    return command.run(argparse.Namespace(**options))


def test_it_starts_by_itself(tmp_path: Path) -> None:
    environment = {**os.environ, "KALEVI_HOME": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("KALEVI_DATABASE_URL", None)
    script = (
        "import sys; from kalevi.cli import main; sys.exit(main(['--lang', 'en', 'train', '--rollback']))"
    )
    started = [sys.executable, "-c", script]
    done = subprocess.run(started, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(":")[0]) == (1, "There is nothing to go back from")


def test_too_few_readings_are_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 1
    assert capsys.readouterr().out == (
        "Confirmed readings: 0\n"
        "Too few: at least 20 confirmed readings are needed. The model stays as it is.\n"
    )
    assert list(home.iterdir()) == []


def test_a_model_is_made_used_and_taken_back(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "lessons_for_training", lambda: lessons("premises"))
    shipped = read(["Hei"])[0].model.version
    assert run(dry_run=True) == 0
    assert "Nothing was kept." in capsys.readouterr().out
    assert company_reader().model.version == shipped
    assert run("fi") == 0
    told = capsys.readouterr().out
    made = company_reader().model.version
    assert f"Malli {made} lukee tästä lähtien." in told
    assert "aiheet: 0," in told
    card = (home / "models" / made / "card.md").read_text(encoding="utf-8")
    assert card.startswith(f"# Model {made}\n")
    assert "kiukamo" not in card.lower()
    assert run("sv", rollback=True) == 0
    assert capsys.readouterr().out == f"Modellen {made} är ur bruk. Orden läses nu av {shipped}.\n"
    assert company_reader().model.version == shipped
    assert run(rollback=True) == 1
    assert list(Entry.objects.order_by("pk").values_list("action", "subject")) == [
        ("interactions.train_reader", f"model:{made}"),
        ("interactions.roll_reader_back", f"model:{made}"),
    ]


def test_a_model_that_cannot_be_read_is_stepped_over(home: Path) -> None:
    from kalevi.text.refitting import use
    from kalevi.text.refitting.keeping import shipped_version

    broken = home / "models" / f"{shipped_version()}+broken"
    broken.mkdir(parents=True)
    (broken / "settings.json").write_text("{}")
    use(home / "models", broken.name)
    assert company_reader().model.version == shipped_version()
