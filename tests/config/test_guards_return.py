"""A start finds guards that were taken down and puts them up again, as the doctor promises."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kalevi.config import installation
from kalevi.guards import frozen

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_start_puts_guards_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setenv("KALEVI_HOME", str(tmp_path))
    monkeypatch.setattr(installation, "_static_is_old", lambda: False)
    frozen.remove(connection, [table for table in frozen.declared() if table.table == "audit_entry"])
    assert installation.bring_up_to_date() == ["guarded"]
    assert frozen.missing(connection) == []
    assert "guard_audit_entry_update" in caplog.text
    assert installation.bring_up_to_date() == []
