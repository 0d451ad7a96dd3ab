"""Every night a backup, and only the newest are kept."""

from pathlib import Path

import pytest
from django.conf import settings

from kalevi.config.tasks import back_up_nightly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("nightly-20200101T010000Z", "nightly-20200102T010000Z", "before-update-20200101T010000Z"):
        (folder / f"kalevi-{name}.tar.gz").touch()
    return folder


@pytest.mark.parametrize(("kept", "nightly"), [("2", 2), ("0", 0)])
def test_the_newest_are_kept_and_others_left_alone(
    backups: Path, monkeypatch: pytest.MonkeyPatch, kept: str, nightly: int
) -> None:
    monkeypatch.setenv("KALEVI_NIGHTLY_BACKUPS", kept)
    assert back_up_nightly.call() == nightly
    names = sorted(path.name for path in backups.iterdir())
    assert len([name for name in names if "nightly" in name]) == nightly
    assert "kalevi-nightly-20200101T010000Z.tar.gz" not in names
    assert "kalevi-before-update-20200101T010000Z.tar.gz" in names
