"""Mailboxes over IMAP: opened over TLS with the certificate checked, read without changing what is unread."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import NamedTuple

from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxFolderStatusError,
    MailboxLoginError,
)
from imap_tools.mailbox import BaseMailBox

from kalevi.channels.email.failures import MailServerError, key_of
from kalevi.channels.email.models import Security

SECONDS = 20
LARGEST = 40 * 1024 * 1024
KEPT_OF_LARGER = 256 * 1024
_WINDOW = 50_000
_HERE = ("localhost", "127.0.0.1", "::1")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"UID (\d+)")
_OCTETS = re.compile(rb"RFC822\.SIZE (\d+)")


class Found(NamedTuple):
    """A mail on the server: its number there and its size in bytes."""

    uid: int
    size: int


class Fetched(NamedTuple):
    """The bytes of a mail; a reason when they are not all of it."""

    raw: bytes
    reason: str


class Folder:
    """An opened folder of a mailbox."""

    def __init__(self, box: BaseMailBox, name: str, *, changing: bool) -> None:
        self._box = box
        try:
            status = box.folder.status(name, ["UIDVALIDITY", "UIDNEXT"])
            box.folder.set(name, readonly=not changing)
        except (MailboxFolderSelectError, MailboxFolderStatusError, UnicodeError) as error:
            raise MailServerError("folder") from error
        self.validity, self.next = status.get("UIDVALIDITY", 0), status.get("UIDNEXT", 0)

    def after(self, uid: int, since: date) -> Iterator[tuple[int, list[Found]]]:
        """Yield what came after a number and not before a day, ascending: (all looked at up to, mails)."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        first = uid + 1
        while first < self.next:
            last = min(first + _WINDOW, self.next) - 1
            answer = self._command("SEARCH", f"UID {first}:{last} SINCE {day}")
            words = b" ".join(line for line in answer if isinstance(line, bytes)).split()
            uids = sorted(
                uid for uid in (int(word) for word in words if word.isdigit()) if first <= uid <= last
            )
            for start in range(0, len(uids), 100):
                some = uids[start : start + 100]
                yield some[-1], self._sizes(some)
            yield last, []
            first = last + 1

    def _sizes(self, uids: Sequence[int]) -> list[Found]:
        answer = self._command("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        sizes: dict[int, int] = {}
        for line in answer:
            text = line if isinstance(line, bytes) else b" ".join(line) if isinstance(line, tuple) else b""
            if (uid := _SIZE.search(text)) and (size := _OCTETS.search(text)):
                sizes[int(uid[1])] = int(size[1])
        return [Found(uid, sizes.get(uid, 0)) for uid in uids]

    def fetch(self, found: Found) -> Fetched | None:
        """Return a mail, unread as it was; None when somebody has removed it meanwhile."""
        if found.size > LARGEST:
            return Fetched(self._body(found.uid, f"BODY.PEEK[]<0.{KEPT_OF_LARGER}>") or b"\n", "too_large")
        try:
            raw = self._body(found.uid, "BODY.PEEK[]")
        except MailServerError as error:
            if error.key != "other":
                raise
            # The server refuses this one mail: what it gives of it is kept, and the next ones are read.
            raw = b""
            with suppress(MailServerError):
                raw = self._body(found.uid, "BODY.PEEK[HEADER]") or b""
            return Fetched(raw or b"\n", "not_given")
        return None if raw is None else Fetched(raw, "")

    def _body(self, uid: int, what: str) -> bytes | None:
        answer = self._command("FETCH", str(uid), f"({what})")
        bodies = [one[1] for one in answer if isinstance(one, tuple) and len(one) > 1]
        return bodies[0] if bodies else None

    def mark_read(self, uid: int) -> None:
        """Mark a mail as read."""
        self._command("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _command(self, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        kind, answer = self._box.client.uid(*words)
        if kind != "OK":
            raise MailServerError("other")
        return [one for one in answer if one is not None]


@contextmanager
def opened(
    *, host: str, port: int, security: str, username: str, password: str, folder: str, changing: bool = False
) -> Iterator[Folder]:
    """Open a folder of a mailbox. Raises MailServerError, also for what breaks while it is used."""
    try:
        box = _connected(host, port, security)
        try:
            try:
                box.login(username, password, initial_folder=None)
            except (MailboxLoginError, imaplib.IMAP4.error, UnicodeError) as error:
                if isinstance(error, imaplib.IMAP4.abort):
                    raise
                raise MailServerError("login") from error
            yield Folder(box, folder, changing=changing)
        finally:
            with suppress(Exception):
                box.logout()
    except MailServerError:
        raise
    except (OSError, ImapToolsError, imaplib.IMAP4.error, EOFError, UnicodeError) as error:
        raise MailServerError(key_of(error)) from error


class _Box(BaseMailBox):
    """A mailbox over a client that is connected already."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._connected = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._connected


def _connected(host: str, port: int, security: str) -> BaseMailBox:
    if security == Security.NONE and host not in _HERE:
        raise MailServerError("plain_refused")
    context = ssl.create_default_context()
    if security == Security.TLS:
        return _Box(imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=SECONDS))
    client = imaplib.IMAP4(host, port, timeout=SECONDS)
    if security == Security.STARTTLS:
        try:
            client.starttls(context)
        except BaseException as error:
            # The library leaves it open.
            client.shutdown()
            if isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort):
                raise MailServerError("no_starttls") from error
            raise
    return _Box(client)
