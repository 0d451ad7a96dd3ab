"""The channel's work: reading mailboxes, understanding what came, sending, tidying."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone
from django_tasks import task

from kalevi.channels.email import keeping_files, polling
from kalevi.channels.email.answering import SENT
from kalevi.channels.email.mail.parsing import parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.models import Attachment, Received, Sending
from kalevi.channels.email.outbox import deliver
from kalevi.channels.email.receiving import SOURCE
from kalevi.channels.email.sealing import digest_of
from kalevi.channels.email.seeing import see
from kalevi.interactions.models import Intake
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.jobs import leases
from kalevi.jobs.watches import INWARD
from kalevi.people.erasing import erase
from kalevi.people.models import Reason

AT_ONCE, BYTES_AT_ONCE = 25, 40 * 1024 * 1024
WORDS_KEPT, MACHINES_KEPT = timedelta(days=90), timedelta(days=90)
KIND = "machine_mail"


@task(queue_name=INWARD)
def read_mailboxes() -> dict[str, int]:
    """Store what came to the mailboxes, then understand it; go on at once where there is more."""
    polled = polling.poll_due()
    if polled.more:
        read_mailboxes.enqueue()
    return {"stored": polled.stored, "understood": understand_mail()}


@task(queue_name=INWARD)
def understand_waiting() -> int:
    """Understand mails that wait, such as those put back from the quarantine."""
    done = understand_mail()
    while understand(reader=default_reader(), source=SENT):
        pass
    return done


def understand_mail() -> int:
    """Understand every mail that waits, the oldest first; return how many there were."""
    done = after = 0
    while rows := _next(after):
        see(rows)
        after = understand(reader=default_reader(), source=SOURCE, after=after, most=len(rows))
        done += len(rows)
        leases.report(done=done)
        if not after:
            break
    return done


def _next(after: int) -> list[Intake]:
    """Return the next waiting mails: not too much at once, and none that answers another of them."""
    waiting = Intake.objects.filter(state=Intake.State.WAITING, source=SOURCE, id__gt=after)
    sizes = waiting.order_by("id").annotate(size=Length("raw")).values_list("id", "size")[:AT_ONCE]
    ids: list[int] = []
    together = 0
    for number, size in sizes:
        together += size or 0
        if ids and together > BYTES_AT_ONCE:
            break
        ids.append(number)
    rows = list(Intake.objects.filter(pk__in=ids).order_by("id"))
    names: set[bytes] = set()
    for place, row in enumerate(rows):
        try:
            mail = parse(bytes(row.raw or b""))
        except UnreadableError:
            continue
        if place and any(digest_of(one) in names for one in mail.answered):
            return rows[:place]
        names.add(digest_of(mail.message_id))
    return rows


@task
def clean_up() -> int:
    """Blank the texts of mails sent long ago, erase old mails of machines, remove files nobody speaks of."""
    now = timezone.now()
    ended = Sending.objects.exclude(state=Sending.State.WAITING).filter(made_at__lt=now - WORDS_KEPT)
    ended.exclude(text="", html="", subject="").update(text="", html="", subject="", reply="")
    machines = Received.objects.exclude(kind=Received.Kind.MESSAGE).filter(
        seen_at__lt=now - MACHINES_KEPT, intake__erasure__isnull=True
    )
    if last := machines.order_by("-pk").values_list("pk", flat=True).first():
        erase(kind=KIND, number=last, reason=Reason.END_DATE, actor_id=None)
    gone = Attachment.objects.filter(received__intake__erasure__isnull=False)
    with transaction.atomic():
        keeping_files.forget(list(gone.values_list("received_id", flat=True).distinct()))
    return keeping_files.FILES.tidy()


__all__ = ["clean_up", "deliver", "read_mailboxes", "understand_mail", "understand_waiting"]
