"""What is done to mailboxes, the server that sends, and mail that needs a look; each writes its audit row."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.email import keeping_files
from kalevi.channels.email.models import Attachment, Mailbox, Outgoing, Received, Sending
from kalevi.channels.email.receiving import SOURCE
from kalevi.channels.email.sealing import sealed
from kalevi.channels.email.tasks import read_mailboxes, understand_waiting
from kalevi.interactions.models import Intake, Interaction

_ANEW = ("host", "username", "folder", "since")


@transaction.atomic
def keep_mailbox(*, mailbox: Mailbox | None, values: dict[str, Any], actor_id: int | None) -> Mailbox:
    """Store a mailbox. Another server, user, folder or first day: all mail is looked at anew."""
    kept = mailbox or Mailbox(made_at=timezone.now())
    anew = mailbox is None or any(getattr(mailbox, name) != values[name] for name in _ANEW)
    _fill(kept, values)
    if anew:
        kept.uid_validity, kept.last_uid = None, 0
    kept.failure, kept.failing_since, kept.failures, kept.next_check_at = "", None, 0, None
    kept.save()
    record(action="email.keep_mailbox", actor_id=actor_id, subject=f"mailbox:{kept.pk}", active=kept.active)
    if kept.active:
        read_mailboxes.enqueue()
    return kept


@transaction.atomic
def remove_mailbox(*, mailbox: Mailbox, actor_id: int | None) -> None:
    """Forget a mailbox and its password; the mails that came from it stay."""
    record(action="email.remove_mailbox", actor_id=actor_id, subject=f"mailbox:{mailbox.pk}")
    mailbox.delete()


@transaction.atomic
def keep_outgoing(*, values: dict[str, Any], actor_id: int | None) -> Outgoing:
    """Store the server that sends. Another address has to prove anew that signed ones arrive."""
    kept = Outgoing.objects.filter(pk=1).first() or Outgoing(pk=1)
    if kept.address.lower() != values["address"].lower():
        kept.signed_since = None
    _fill(kept, values)
    kept.failure, kept.failing_since, kept.changed_at = "", None, timezone.now()
    kept.save()
    Sending.objects.filter(state=Sending.State.WAITING).update(next_at=timezone.now())
    record(
        action="email.keep_outgoing", actor_id=actor_id, subject="outgoing:1", acknowledge=kept.acknowledge
    )
    return kept


def _fill(server: Mailbox | Outgoing, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name != "password":
            setattr(server, name, value)
    if values["password"]:
        server.password = sealed(values["password"])


@transaction.atomic
def read_again(*, row: Intake, actor_id: int | None) -> bool:
    """Put a mail that needed a look back to be understood; return False when there is nothing to do again."""
    if row.source != SOURCE or Interaction.objects.filter(intake=row).exists():
        return False
    states = (Intake.State.REJECTED, Intake.State.UNDERSTOOD)
    if not Intake.objects.filter(pk=row.pk, state__in=states).update(state=Intake.State.WAITING, reason=""):
        return False
    keeping_files.forget([row.pk])
    Attachment.objects.filter(received_id=row.pk).delete()
    Received.objects.filter(pk=row.pk).delete()
    record(action="email.read_again", actor_id=actor_id, subject=f"intake:{row.pk}")
    understand_waiting.enqueue()
    return True
