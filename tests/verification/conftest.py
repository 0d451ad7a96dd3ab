"""The real servers, started once a run; tests that need one are skipped, loudly, where it is missing."""

from collections.abc import Iterator

import pytest

from tests.verification.mail_servers import ImapServer, dovecot, imap_server


@pytest.fixture(scope="session")
def imap() -> Iterator[ImapServer]:
    """A running IMAP server."""
    if dovecot() is None:
        pytest.skip("NO DOVECOT: install dovecot-imapd to check mail against a real IMAP server")
    with imap_server() as server:
        yield server


@pytest.fixture
def trusted(imap: ImapServer, monkeypatch: pytest.MonkeyPatch) -> ImapServer:
    """The server, with its certificate trusted as a system's own list would."""
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.certificate))
    return imap
