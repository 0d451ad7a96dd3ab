"""What was written down beside the backups shows a tail that was cut off, and one that was made anew."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kalevi.audit import anchor, chain
from kalevi.audit.actions import record
from kalevi.audit.tasks import drop_anchor, extend_chain
from kalevi.config import health
from kalevi.guards import frozen, lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path / "audit-heads.jsonl"


def act(count: int) -> None:
    for number in range(count):
        record(action="test.act", actor_id=1, subject=f"thing:{number}")
    extend_chain.call()


def without_guard(statement: str) -> None:
    frozen.remove(connection, [t for t in frozen.declared() if t.table == "audit_entry"])
    with connection.cursor() as cursor:
        cursor.execute(statement)
    frozen.install(connection)


def test_a_cut_tail_shows_and_the_chain_alone_would_not_tell(path: Path) -> None:
    act(3)
    assert [drop_anchor.call(), drop_anchor.call()] == [True, False]
    act(2)
    assert drop_anchor.call() is True
    assert [line["place"] for line in lines.read(path)] == [3, 5]
    assert (anchor.first_missing(), path.stat().st_mode & 0o777) == (None, 0o600)
    without_guard("DELETE FROM audit_entry WHERE place > 3")
    assert (chain.first_fault(), anchor.first_missing()) == (None, 5)
    found = {finding.key: (finding.well, finding.detail) for finding in health._audit()}
    assert found == {"audit_chain": (True, ""), "audit_anchor": (False, "5")}
    act(2)
    assert anchor.first_missing() == 5


def test_an_empty_audit_leaves_nothing_to_compare(path: Path) -> None:
    assert (drop_anchor.call(), anchor.first_missing()) == (True, None)
    path.write_bytes(b'{"place": 7, "dig')
    assert anchor.first_missing() is None
