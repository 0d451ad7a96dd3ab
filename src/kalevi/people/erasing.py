"""Erasing: a person, or one thing they said, from every copy we hold."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kalevi.audit.actions import record
from kalevi.jobs.models import Job
from kalevi.people import holdings, ledger
from kalevi.people.models import Contact, Erasure, Reason


def erase(*, kind: str, number: int, reason: Reason, actor_id: int | None) -> Erasure:
    """Erase a contact ("contact") or another thing that a room registered an eraser for.

    Raises KeyError for a kind nobody registered, and OSError when the ledger cannot be written.
    """
    eraser = erase_person if kind == "contact" else holdings.eraser(kind)
    now = timezone.now()
    with transaction.atomic():
        erasure = Erasure.objects.create(
            at=now,
            reason=reason,
            actor_id=actor_id,
            contact_id=number if kind == "contact" else None,
            subject=f"{kind}:{number}",
        )
        eraser(number, erasure)
        Erasure.objects.filter(pk=erasure.pk).update(finished_at=timezone.now())
        record(action="people.erase", actor_id=actor_id, subject=f"{kind}:{number}", reason=str(reason))
        ledger.append(ledger.Line(kind, number, str(reason), now.isoformat(), actor_id))
        transaction.on_commit(purge_log)
    return erasure


def erase_person(number: int, erasure: Erasure) -> None:
    """Erase what every room holds of a contact, and of those merged into them; the empty row stays."""
    people, merged = [number], [number]
    while merged:
        merged = list(Contact.objects.filter(merged_into_id__in=merged).values_list("pk", flat=True))
        people += merged
    for contact_id in people:
        for holding in holdings.holdings():
            holding.erase(contact_id, erasure)


def purge_log() -> None:
    """Empty SQLite's write-ahead log, which still holds the pages as they were before.

    While somebody reads those pages it cannot be emptied: then a job tries again.
    """
    from kalevi.people.tasks import empty_log

    if log_is_empty():
        return
    waiting = Job.objects.filter(task=empty_log.module_path, state=Job.State.WAITING)
    if not waiting.exists():
        empty_log.enqueue()


def log_is_empty() -> bool:
    """Empty SQLite's write-ahead log; return False when somebody still reads from it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]


def replay() -> int:
    """Erase again what the ledger holds and a database restored from a backup does not; return how many."""
    known = set(Erasure.objects.values_list("subject", "at"))
    again = 0
    for line in ledger.lines():
        at = parse_datetime(line.at)
        if at is None or (f"{line.kind}:{line.number}", at) in known:
            continue
        eraser = erase_person if line.kind == "contact" else holdings.eraser(line.kind)
        with transaction.atomic():
            erasure = Erasure.objects.create(
                at=at,
                reason=line.reason,
                actor_id=line.actor_id,
                contact_id=line.number if line.kind == "contact" else None,
                subject=f"{line.kind}:{line.number}",
            )
            eraser(line.number, erasure)
            Erasure.objects.filter(pk=erasure.pk).update(finished_at=timezone.now())
            record(action="people.erase_again", actor_id=None, subject=f"{line.kind}:{line.number}")
        again += 1
    purge_log()
    return again
