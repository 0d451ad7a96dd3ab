"""To which thread a mail belongs: by our sign in the address, by the ids it names, by who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kalevi.channels.email.mail.bounces import report_of
from kalevi.channels.email.mail.headers import Address
from kalevi.channels.email.mail.parsing import Mail
from kalevi.channels.email.mail.signs import BOUNCE, MESSAGE, signs_of
from kalevi.channels.email.models import Mailbox, Outgoing, Received, Sending
from kalevi.channels.email.sealing import bare, digest_of, signed
from kalevi.people.models import Colleague

_MOST_IDS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """What a mail is, and where it belongs: `parent` is the mail, `sending` our mail, that it answers."""

    kind: str
    parent_id: int | None
    sending: Sending | None
    may_answer: bool


def own_addresses() -> set[str]:
    """Return every address that is the company's own, in lower case."""
    found = set(Mailbox.objects.values_list("address", flat=True))
    found |= set(Outgoing.objects.values_list("address", flat=True))
    return {address.lower() for address in found if address}


def colleague_ids(addresses: Iterable[str]) -> dict[str, int]:
    """Return the ids of colleagues by address."""
    found = Colleague.objects.filter(email__in=set(addresses)).values_list("email", "pk")
    return {address.lower(): number for address, number in found}


def signed_in(addresses: Iterable[Address]) -> int | None:
    """Return the number of the sending whose sign stands in one of the addresses."""
    for one in addresses:
        local = one.email.partition("@")[0]
        if "+" in local and (number := signed(local.rpartition("+")[2])) is not None:
            return number
    return None


def place_of(mail: Mail, *, intake_id: int, scope: str, own: set[str]) -> Place:
    """Return what a mail is and where it belongs."""
    signs = signs_of(mail)
    ids = report_of(mail).ids if signs.kind == BOUNCE else mail.answered
    digests = [digest_of(one) for one in ids[:_MOST_IDS]]
    number = signed_in(mail.recipients)
    sending = Sending.objects.filter(pk=number).first() if number is not None else None
    sending = sending or _nearest_sending(digests)
    kind = signs.kind
    if mail.message_id:
        message = digest_of(mail.message_id)
        if Sending.objects.filter(message=message).exists():
            ours = Sending.objects.get(message=message)
            probe = ours.purpose == Sending.Purpose.PROBE
            return Place(Received.Kind.PROBE if probe else Received.Kind.OWN, None, ours, False)
        copies = Received.objects.filter(message=message, intake__identity=_identity(intake_id))
        if copies.exclude(pk=intake_id).exclude(intake__scope=scope).exists():
            return Place(Received.Kind.COPY, None, None, False)
    parent = _nearest_received(digests, intake_id) if kind == MESSAGE else None
    sender = mail.sender.email if mail.sender else ""
    if kind == MESSAGE and bare(sender) in {bare(one) for one in own}:
        replies_elsewhere = mail.answer_to is not None and bare(mail.answer_to.email) != bare(sender)
        if parent is None and sending is None and not replies_elsewhere:
            kind = Received.Kind.OWN
        return Place(kind, parent, sending, False)
    return Place(kind, parent, sending, signs.may_answer and parent is None and sending is None)


def _identity(intake_id: int) -> bytes:
    from kalevi.interactions.models import Intake

    return bytes(Intake.objects.values_list("identity", flat=True).get(pk=intake_id))


def _nearest_sending(digests: list[bytes]) -> Sending | None:
    known = {bytes(one.message): one for one in Sending.objects.filter(message__in=digests)}
    return next((known[one] for one in digests if one in known), None)


def _nearest_received(digests: list[bytes], intake_id: int) -> int | None:
    rows = Received.objects.filter(message__in=digests).exclude(pk=intake_id).order_by("-pk")
    known = {bytes(message): number for number, message in rows.values_list("pk", "message")}
    return next((known[one] for one in digests if one in known), None)
