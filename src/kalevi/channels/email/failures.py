"""What is wrong with a mail server, in plain words."""

import imaplib
import smtplib
import socket
import ssl

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.channels.email.sealing import SealedError

FAILURES: dict[str, str | Promise] = {
    "no_such_host": _("There is no server by this name. Check how its name is written."),
    "refused": _(
        "The server does not answer at this port. Check the port and how the connection is secured."
    ),
    "silent": _(
        "The server does not answer. Check its name and port, and whether a firewall stands between."
    ),
    "certificate": _(
        "The server’s certificate is not for this name or cannot be trusted. Use the very name your provider "
        "gives, or ask them."
    ),
    "not_tls": _(
        "The server does not speak TLS at this port. Try the other way of securing it, or another port."
    ),
    "no_starttls": _(
        "The server offers no STARTTLS here. Try TLS from the beginning, usually at another port."
    ),
    "plain_refused": _("A password is sent openly only to a server on this machine. Choose TLS or STARTTLS."),
    "login": _(
        "The server does not accept the user name and password. Some providers want a password made for "
        "programs (an app password)."
    ),
    "folder": _("There is no folder by this name in the mailbox."),
    "sender": _("The server does not let us send as this address."),
    "recipient": _("The server does not accept the recipient’s address."),
    "too_big": _("The server finds the mail too large."),
    "content": _("The server did not accept the mail."),
    "busy": _("The server asks to try again later. We do."),
    "broken": _("The connection broke off. We try again."),
    "sealed": _("The password cannot be read with the key of this installation. Give it again."),
    "other": _("The server did not do what was asked."),
}


class MailServerError(Exception):
    """A mail server that cannot be used now; `key` names why, `reply` is what it said."""

    def __init__(self, key: str, reply: str = "") -> None:
        super().__init__(key)
        self.key, self.reply = key, reply


def failure_text(key: str) -> str:
    """Return what is wrong and what to do; empty for no key."""
    return str(FAILURES.get(key, FAILURES["other"])) if key else ""


def key_of(error: Exception) -> str:
    """Return the key of what an error of the network, of TLS, IMAP or SMTP means."""
    if isinstance(error, MailServerError):
        return error.key
    for kinds, key in _KINDS:
        if isinstance(error, kinds):
            return key
    return "other"


_KINDS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((SealedError,), "sealed"),
    ((ssl.SSLCertVerificationError, ssl.CertificateError), "certificate"),
    ((ssl.SSLError,), "not_tls"),
    ((socket.gaierror, UnicodeError), "no_such_host"),
    ((TimeoutError,), "silent"),
    ((ConnectionRefusedError,), "refused"),
    ((smtplib.SMTPAuthenticationError,), "login"),
    ((smtplib.SMTPNotSupportedError,), "no_starttls"),
    ((smtplib.SMTPServerDisconnected, imaplib.IMAP4.abort, ConnectionError, EOFError), "broken"),
    ((OSError,), "silent"),
)
