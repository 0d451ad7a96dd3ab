"""What this channel holds of a person: mails we sent them, what came along with theirs, and how it came."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from kalevi.channels.email import keeping_files
from kalevi.channels.email.models import Attachment, Received, Sending
from kalevi.channels.email.sealing import bare, digest_of
from kalevi.interactions.erasing import erase_intakes
from kalevi.interactions.models import Interaction
from kalevi.people.holdings import Holding, moving
from kalevi.people.models import Contact, Erasure, Identity


def _addresses(contact_id: int) -> list[bytes]:
    known = set(Identity.objects.filter(contact_id=contact_id, kind="email").values_list("value", flat=True))
    known |= set(Contact.objects.filter(pk=contact_id).values_list("email", flat=True))
    return [digest_of(bare(one)) for one in known if one]


def _sent_to(contact_id: int) -> QuerySet[Sending]:
    return Sending.objects.filter(Q(contact_id=contact_id) | Q(recipient__in=_addresses(contact_id)))


def _received_from(contact_id: int) -> QuerySet[Received]:
    return Received.objects.filter(Q(sender__in=_addresses(contact_id)) | Q(sending__in=_sent_to(contact_id)))


def export(contact_id: int) -> dict[str, Any]:
    """Return the mails sent to a contact and what came along with theirs, oldest first, ready for JSON."""
    intakes = Interaction.objects.filter(contact_id=contact_id).values("intake_id")
    along = Attachment.objects.filter(
        Q(received_id__in=intakes) | Q(received__in=_received_from(contact_id))
    ).order_by("received_id", "number")
    return {
        "sent": [
            {
                "at": one.made_at.isoformat(),
                "to": one.to,
                "purpose": one.purpose,
                "subject": one.subject,
                "text": one.text,
                "state": one.state,
            }
            for one in _sent_to(contact_id).order_by("pk")
        ],
        "attachments": [{"name": one.name, "type": one.type, "size": one.size} for one in along],
    }


def erase(contact_id: int, erasure: Erasure) -> None:
    """Remove what was sent to them, and their mails of which no interaction was made."""
    theirs = list(_received_from(contact_id).values_list("pk", flat=True))
    alone = set(theirs) - set(
        Interaction.objects.filter(intake_id__in=theirs).values_list("intake_id", flat=True)
    )
    erase_intakes(sorted(alone), erasure)
    intakes = list(Interaction.objects.filter(contact_id=contact_id).values_list("intake_id", flat=True))
    keeping_files.forget({*theirs, *intakes})
    _sent_to(contact_id).delete()


def forget(interaction_ids: Sequence[int]) -> None:
    """Remove what came along, and mails that carried or answered words which were just erased."""
    told = Interaction.objects.filter(pk__in=interaction_ids)
    intakes = list(told.values_list("intake_id", flat=True))
    keeping_files.forget(intakes)
    Sending.objects.filter(Q(intake_id__in=intakes) | Q(interaction_id__in=interaction_ids)).delete()


def erase_machine_mail(number: int, erasure: Erasure) -> None:
    """Erase the mails of machines up to a number; the eraser of the kind "machine_mail"."""
    old = Received.objects.filter(pk__lte=number, intake__erasure__isnull=True)
    erase_intakes(list(old.exclude(kind=Received.Kind.MESSAGE).values_list("pk", flat=True)), erasure)


merge, unmerge = moving(Sending)
HOLDING = Holding(
    room="channels.email",
    models=("channels_email.Sending", "channels_email.Received", "channels_email.Attachment"),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
