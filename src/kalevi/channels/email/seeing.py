"""What is noted of a mail before its words are understood: its kind, its thread, what came along with it.

Once a mail, in one transaction with what follows from it: a bounce marks our mail, a test proves the signed
address, a first mail is thanked for.
"""

from collections.abc import Sequence

from django.db import IntegrityError
from django.utils import timezone

from kalevi.channels.email import acknowledging, keeping_files
from kalevi.channels.email.mail.bounces import Report, report_of
from kalevi.channels.email.mail.parsing import Mail, parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.models import Attachment, Mailbox, Outgoing, Received, Sending
from kalevi.channels.email.receiving import SOURCE
from kalevi.channels.email.sealing import bare, digest_of
from kalevi.channels.email.threads import Place, own_addresses, place_of
from kalevi.interactions.models import Intake
from kalevi.jobs import leases


def see(rows: Sequence[Intake]) -> None:
    """Note what is to be noted of rows that have not been seen."""
    seen = set(Received.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    own = own_addresses()
    for row in rows:
        if row.pk not in seen and row.source == SOURCE:
            try:
                mail = parse(bytes(row.raw or b""))
            except UnreadableError:
                continue
            _see(row, mail, own)


def _see(row: Intake, mail: Mail, own: set[str]) -> None:
    try:
        with keeping_files.FILES.alone(), leases.effect():
            place = place_of(mail, intake_id=row.pk, scope=row.scope, own=own)
            received = Received.objects.create(
                intake=row,
                mailbox=Mailbox.objects.filter(pk=_mailbox(row.scope)).first(),
                kind=place.kind,
                message=digest_of(mail.message_id),
                sender=digest_of(bare(mail.sender.email) if mail.sender else ""),
                parent_id=place.parent_id,
                sending=place.sending,
                seen_at=timezone.now(),
            )
            if place.kind == Received.Kind.MESSAGE:
                Attachment.objects.bulk_create(keeping_files.kept(received, mail.along))
            _follow(row, mail, place)
    except IntegrityError:
        if not Received.objects.filter(pk=row.pk).exists():
            raise


def _mailbox(scope: str) -> int:
    number = scope.partition(":")[2]
    return int(number) if number.isdecimal() else 0


def _follow(row: Intake, mail: Mail, place: Place) -> None:
    if place.kind == Received.Kind.BOUNCE and place.sending is not None:
        report(place.sending, report_of(mail))
    elif place.kind == Received.Kind.PROBE:
        Outgoing.objects.filter(pk=1, signed_since__isnull=True).update(signed_since=timezone.now())
    elif place.kind == Received.Kind.MESSAGE and place.may_answer:
        acknowledging.thank(row, mail)


def report(sending: Sending, found: Report) -> None:
    """Mark what became of a mail of ours; that it failed outranks that it arrived."""
    if found.action == "delayed" or sending.state == Sending.State.BOUNCED:
        return
    failed = found.action == "failed"
    Sending.objects.filter(pk=sending.pk).update(
        state=Sending.State.BOUNCED if failed else Sending.State.DELIVERED,
        failure="bounced" if failed else "",
        reply=" ".join([found.status, found.reason]).strip()[:300] if failed else "",
        sent_at=sending.sent_at or timezone.now(),
        ended_at=timezone.now(),
    )
