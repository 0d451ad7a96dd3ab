"""A row of the outbox as the bytes that go out: the same each time it is tried."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.utils import timezone

from kalevi.channels.email.models import Outgoing, Sending
from kalevi.channels.email.sealing import sign

_AUTOMATIC = (Sending.Purpose.ACKNOWLEDGEMENT, Sending.Purpose.PROBE)


def signed_address(address: str, number: int) -> str:
    """Return an address with our sign in it; as it is where the sign does not fit."""
    local, _at, domain = address.rpartition("@")
    signed = f"{local}+{sign(number)}"
    return f"{signed}@{domain}" if len(signed) <= 64 and "+" not in local else address


def composed(sending: Sending, outgoing: Outgoing, answers_come_to: str) -> bytes:
    """Return the mail, ready for SMTP."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(outgoing.name, outgoing.address)
    mail["To"] = _address("", sending.to)
    if answers_come_to and sending.purpose != Sending.Purpose.PROBE:
        back = signed_address(answers_come_to, sending.pk) if outgoing.signed_since else answers_come_to
        if back.lower() != outgoing.address.lower():
            mail["Reply-To"] = _address(outgoing.name, back)
    mail["Subject"] = sending.subject
    mail["Date"] = format_datetime(timezone.localtime(sending.made_at))
    mail["Message-ID"] = f"<{sending.message_id}>"
    if sending.in_reply_to:
        mail["In-Reply-To"] = f"<{sending.in_reply_to}>"
        mail["References"] = sending.references
    if sending.language:
        mail["Content-Language"] = sending.language
    if sending.purpose in _AUTOMATIC:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    if sending.unsubscribe:
        mail["List-Unsubscribe"] = f"<{sending.unsubscribe}>"
        if sending.unsubscribe.startswith("https://"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(sending.text, charset="utf-8", cte="quoted-printable")
    if sending.html:
        mail.add_alternative(sending.html, subtype="html", charset="utf-8", cte="quoted-printable")
        mail.set_boundary(
            f"kalevi-{sending.message.hex() if isinstance(sending.message, bytes) else sending.pk}"
        )
    return mail.as_bytes()


def _address(name: str, address: str) -> Address:
    local, _at, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)
