"""What a mail tells: the words its sender wrote now, who they are, and to what of ours they answer."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from kalevi.channels.email.mail.headers import Address
from kalevi.channels.email.mail.parsing import Mail, parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.mail.quoting import own_words
from kalevi.channels.email.mail.signs import MESSAGE, signs_of
from kalevi.channels.email.models import Received, Sending
from kalevi.channels.email.sealing import bare
from kalevi.channels.email.threads import colleague_ids, own_addresses
from kalevi.interactions.models import Channel, Intake, Interaction, Kind
from kalevi.interactions.told import Told, Understood
from kalevi.people.models import Contact
from kalevi.people.recognition import Person

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Return what each mail tells: nothing when no person wrote it, a reason when it cannot be read."""
    seen = {
        one.pk: one
        for one in Received.objects.filter(pk__in=[row.pk for row in rows]).select_related("sending")
    }
    own = own_addresses()
    return [_understood(row, seen.get(row.pk), own) for row in rows]


def _understood(row: Intake, seen: Received | None, own: set[str]) -> Understood:
    try:
        mail = parse(bytes(row.raw or b""))
    except UnreadableError as error:
        return Understood(reason=error.reason)
    kind = seen.kind if seen else signs_of(mail).kind
    if kind != MESSAGE:
        return Understood()
    sender = mail.sender
    answered = answered_by(seen)
    words = own_words(mail.text).own or mail.subject or None
    told = Told(
        occurred_at(mail, row.received_at),
        words,
        channel=Channel.EMAIL.value,
        kind=Kind.MESSAGE.value,
        reference=mail.message_id or None,
        answers=answered,
    )
    if sender is None:
        return Understood((told,))
    ours = bare(sender.email) in {bare(one) for one in own}
    colleague = colleague_ids([sender.email]).get(sender.email)
    if ours and mail.answer_to is not None and bare(mail.answer_to.email) != bare(sender.email):
        # A form on the company's own pages: the customer stands where the answer goes.
        return Understood((told._replace(person=person_of(mail.answer_to), answers=None),))
    if ours or colleague is not None:
        return Understood((_from_us(told, mail, seen, colleague, own),))
    return Understood((told._replace(person=_person(sender, answered)),))


def _from_us(told: Told, mail: Mail, seen: Received | None, colleague: int | None, own: set[str]) -> Told:
    """Return a colleague's own mail: an answer in a known thread, else something they pass on."""
    asked = _first_interaction(seen.parent_id) if seen and seen.parent_id else None
    if asked is None and seen and seen.sending:
        asked = seen.sending.interaction_id
    if asked is not None:
        return told._replace(outbound=True, answers=asked, told_by_colleague_id=colleague)
    return told._replace(
        verbatim=mail.text.strip() or told.verbatim, answers=None, told_by_colleague_id=colleague
    )


def person_of(sender: Address) -> Person:
    """Return who writes from an address."""
    name = "" if "@" in sender.name else sender.name
    return Person((("email", sender.email),), name, sender.email)


def _person(sender: Address, answered: int | None) -> Person | None:
    """Return who it is; None for the one we wrote to, who answers from another address by the same name."""
    if answered is None or not sender.name:
        return person_of(sender)
    asked = Contact.objects.filter(interactions=answered).values_list("name", "email").first()
    known = Contact.objects.filter(identities__kind="email", identities__value=sender.email).exists()
    if asked and not known and asked[0].casefold() == sender.name.casefold():
        return None
    return person_of(sender)


def occurred_at(mail: Mail, received_at: datetime) -> datetime:
    """Return when it was written; when it reached us where it says no time that can be true."""
    sent = mail.sent_at
    if sent is None or not EARLIEST <= sent <= received_at + timedelta(minutes=1):
        return received_at
    return sent


def answered_by(seen: Received | None) -> int | None:
    """Return what of ours a mail answers. A second mail of a customer does not answer their first."""
    if seen is None:
        return None
    if seen.sending and seen.sending.purpose == Sending.Purpose.ANSWER:
        return _first_interaction(seen.sending.intake_id)
    if seen.parent_id:
        return _first_interaction(seen.parent_id, outbound=True)
    return None


def _first_interaction(intake_id: int | None, *, outbound: bool | None = None) -> int | None:
    if intake_id is None:
        return None
    found = Interaction.objects.filter(intake_id=intake_id)
    if outbound is not None:
        found = found.filter(outbound=outbound)
    return found.order_by("pk").values_list("pk", flat=True).first()
