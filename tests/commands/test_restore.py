"""A restore says what a home of its own lacks."""

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings

from kalevi.commands import restore
from kalevi.config import backup, installation
from kalevi.people.models import Colleague

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lived_in", [False, True])
def test_it_asks_for_the_list_of_erasures_in_a_home_that_is_new(
    lived_in: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    for where, name in (
        (installation, "set_up_django"),
        (installation, "bring_up_to_date"),
        (backup, "check"),
    ):
        monkeypatch.setattr(where, name, lambda *_given: None)
    monkeypatch.setattr(installation, "alone", nullcontext)
    monkeypatch.setattr(backup, "write", lambda path: path)
    monkeypatch.setattr(backup, "restore", lambda _path: 0)
    if lived_in:
        Colleague.objects.create_user("t@example.fi", name="Tuula")
    assert restore.run(Namespace(path=tmp_path / "b.tar.gz", lang="en")) == 0
    assert ("erasures.jsonl" in capsys.readouterr().out) is not lived_in
