"""Sending over SMTP: TLS with the certificate checked, and what a server answers said in keys."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kalevi.channels.email.failures import MailServerError, key_of
from kalevi.channels.email.models import Security

SECONDS = 20
_HERE = ("localhost", "127.0.0.1", "::1")
PERMANENT = ("recipient", "content", "too_big")


@contextmanager
def opened(*, host: str, port: int, security: str, username: str, password: str) -> Iterator[smtplib.SMTP]:
    """Open a connection. Raises MailServerError, also for what breaks while it is used."""
    try:
        server = _connected(host, port, security)
        try:
            if username:
                try:
                    server.login(username, password)
                except (smtplib.SMTPAuthenticationError, UnicodeError) as error:
                    raise MailServerError("login") from error
                except smtplib.SMTPNotSupportedError as error:
                    raise MailServerError("login") from error
            yield server
        finally:
            with suppress(Exception):
                server.quit()
    except MailServerError:
        raise
    except smtplib.SMTPResponseException as error:
        raise MailServerError("busy" if error.smtp_code < 500 else "other", _said(error)) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise MailServerError(key_of(error)) from error


def _connected(host: str, port: int, security: str) -> smtplib.SMTP:
    if security == Security.NONE:
        if host not in _HERE:
            raise MailServerError("plain_refused")
        return smtplib.SMTP(host, port, timeout=SECONDS)
    context = ssl.create_default_context()
    if security == Security.TLS:
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        server.starttls(context=context)
    except smtplib.SMTPNotSupportedError as error:
        server.close()
        raise MailServerError("no_starttls") from error
    except BaseException:
        server.close()
        raise
    return server


def hand_over(server: smtplib.SMTP, *, sender: str, to: str, raw: bytes) -> None:
    """Give one mail to the server; when this returns, the server has taken it. Raises MailServerError."""
    try:
        server.sendmail(sender, [to], raw)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()), (550, b""))
        key = "recipient" if code >= 500 else "busy"
        raise MailServerError(key, f"{code} {_text(said)}"[:300]) from error
    except smtplib.SMTPSenderRefused as error:
        raise MailServerError("sender" if error.smtp_code >= 500 else "busy", _said(error)) from error
    except smtplib.SMTPDataError as error:
        key = "busy" if error.smtp_code < 500 else "too_big" if error.smtp_code == 552 else "content"
        raise MailServerError(key, _said(error)) from error


def _said(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_text(error.smtp_error)}"[:300]


def _text(said: object) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.replace("\x00", "").split())
