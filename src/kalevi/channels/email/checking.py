"""Trying out a mail server with what was typed, before or after it is kept."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext

from kalevi.channels.email import imap, smtp
from kalevi.channels.email.composing import composed, signed_address
from kalevi.channels.email.failures import MailServerError, key_of
from kalevi.channels.email.models import Outgoing, Sending, Server
from kalevi.channels.email.outbox import Purpose, answers_come_to, send
from kalevi.channels.email.sealing import SealedError, opened
from kalevi.shell.queries import company


def _password(values: dict[str, Any], stored: Server | None) -> str:
    return values["password"] or (opened(stored.password) if stored else "")


def try_mailbox(values: dict[str, Any], stored: Server | None) -> tuple[str, int]:
    """Open a mailbox; return ("", how many mails there are from the day on), or the key of what is wrong."""
    try:
        with imap.opened(
            host=values["host"],
            port=values["port"],
            security=values["security"],
            username=values["username"],
            password=_password(values, stored),
            folder=values["folder"],
        ) as folder:
            return "", sum(len(mails) for _reached, mails in folder.after(0, values["since"]))
    except (MailServerError, SealedError) as error:
        return key_of(error), 0


def try_outgoing(values: dict[str, Any], stored: Server | None, *, to: str) -> str:
    """Send a test to a colleague at once; return the key of what is wrong, or nothing."""
    ours = Outgoing(address=values["address"], name=values["name"])
    mail = Sending(
        purpose=Purpose.TEST,
        message_id=f"kalevi.{uuid4().hex}@{values['address'].rpartition('@')[2]}",
        to=to,
        subject=gettext("A test from Kalevi"),
        text=gettext("It works: mail leaves from here. %(company)s") % {"company": company().name},
        made_at=timezone.now(),
    )
    try:
        raw = composed(mail, ours, "")
        with smtp.opened(
            host=values["host"],
            port=values["port"],
            security=values["security"],
            username=values["username"],
            password=_password(values, stored),
        ) as server:
            smtp.hand_over(server, sender=values["address"], to=to, raw=raw)
    except (MailServerError, SealedError) as error:
        return key_of(error)
    except (ValueError, LookupError):
        return "content"
    return ""


def prove_signed_address() -> bool:
    """Send ourselves a mail at a signed address, once server and mailbox are kept; return whether we did."""
    box, outgoing = answers_come_to(), Outgoing.objects.filter(pk=1).first()
    if outgoing is None or not box or outgoing.signed_since is not None:
        return False
    to = signed_address(box, 0)
    if to == box:
        return False
    send(
        to=to,
        subject=gettext("Kalevi tries its own address"),
        text=gettext("Kalevi reads this by itself. Nothing needs to be done."),
        purpose=Purpose.PROBE,
        key=f"probe:{uuid4().hex}",
    )
    return True
