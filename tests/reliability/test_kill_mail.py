"""Killing the worker at any moment of reading a mailbox loses nothing and doubles nothing."""

import pytest

from bench.kill_mail import killed
from tests.verification.mail_servers import dovecot


@pytest.mark.reliability
@pytest.mark.skipif(
    dovecot() is None, reason="NO DOVECOT: install dovecot-imapd to kill a worker while it reads"
)
def test_killed_workers_lose_no_mail_and_double_none(on_postgresql: bool) -> None:
    found = killed(
        database="postgresql" if on_postgresql else "sqlite", kills=3, mails=120, seed=3, most_seconds=1.2
    )
    assert found == {
        "kills": 3,
        "mails_sent": found["mails_sent"],
        "lost": 0,
        "doubled": 0,
        "attachments_missing": 0,
        "undone": 0,
    }
