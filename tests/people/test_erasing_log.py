"""Erased words leave the write-ahead log too, if need be once nobody reads the old pages any more."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pysqlite3 import dbapi2 as sqlite

from kalevi.jobs import worker
from kalevi.jobs.models import Job
from kalevi.people import erasing
from kalevi.people.models import Contact, Reason

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'"),
]


def test_words_leave_the_log_once_nobody_reads_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    contact = Contact.objects.create(name="Ainokainen", created_at=datetime(2026, 11, 22, tzinfo=UTC))
    path = str(connection.settings_dict["NAME"])
    reader = sqlite.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people_contact").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        erasing.erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    finally:
        reader.close()
    assert b"Ainokainen" in Path(f"{path}-wal").read_bytes()
    assert Job.objects.get().task == "kalevi.people.tasks.empty_log"
    assert worker.run_next() is True
    assert Job.objects.get().state == Job.State.DONE
    assert b"Ainokainen" not in Path(f"{path}-wal").read_bytes() + Path(path).read_bytes()
