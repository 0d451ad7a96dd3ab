"""Taking an import back whole: every word it brought is erased, and what other imports brought stays."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kalevi.channels.file.models import Import
from kalevi.interactions.erasing import erase_intakes
from kalevi.interactions.models import Intake, Interaction
from kalevi.jobs import leases
from kalevi.people import ledger
from kalevi.people.erasing import purge_log
from kalevi.people.models import Contact, Erasure, Identity, Reason

CHUNK = 200
KIND = "import"


def undo(record: Import) -> int:
    """Erase what an import brought, in steps that can be cut short; return how many rows were erased."""
    if record.state != Import.State.UNDOING:
        return 0
    erasure = _erasure(record)
    erased = 0
    while rows := _next(record):
        with leases.effect():
            erased += _erase(rows, record, erasure)
            leases.report(done=erased, total=record.stored + record.rejected)
    with leases.effect():
        Erasure.objects.filter(pk=erasure.pk, finished_at__isnull=True).update(finished_at=timezone.now())
        record.state, record.undone_at = Import.State.UNDONE, timezone.now()
        record.save()
        transaction.on_commit(purge_log)
    return erased


def erase_import(number: int, erasure: Erasure) -> None:
    """Erase what an import brought, in the caller's transaction; the eraser of the kind "import"."""
    record = Import.objects.filter(pk=number).first()
    if record is None:
        return
    while rows := _next(record):
        _erase(rows, record, erasure)
    Import.objects.filter(pk=number).update(
        state=Import.State.UNDONE, undone_at=timezone.now(), erasure=erasure
    )


def _erase(rows: list[int], record: Import, erasure: Erasure) -> int:
    told = Interaction.objects.filter(intake_id__in=rows, contact__isnull=False)
    people = {number for number in told.values_list("contact_id", flat=True) if number}
    erased = erase_intakes(rows, erasure)
    _forget(people, record, erasure)
    return erased


def _next(record: Import) -> list[int]:
    rows = Intake.objects.filter(batch=record.pk, erasure__isnull=True).order_by("row")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


def _erasure(record: Import) -> Erasure:
    if record.erasure is None:
        with leases.effect():
            record.erasure = Erasure.objects.create(
                at=timezone.now(),
                reason=Reason.UNDONE_IMPORT,
                actor_id=record.actor_id,
                subject=f"import:{record.pk}",
            )
            record.save()
            # Before the first word goes: a backup from the middle of it must not bring the rest back.
            made = record.erasure
            ledger.append(ledger.Line(KIND, record.pk, made.reason, made.at.isoformat(), made.actor_id))
    return record.erasure


def _forget(people: set[int], record: Import, erasure: Erasure) -> None:
    """Blank those contacts whom this import made and of whom nothing else is told."""
    alive = Interaction.objects.filter(contact=OuterRef("pk"), erasure__isnull=True)
    alone = Contact.objects.filter(
        ~Exists(alive),
        pk__in=people,
        created_at__gte=record.started_at or record.made_at,
        created_at__lte=record.finished_at or timezone.now(),
        merged_into__isnull=True,
        merged__isnull=True,
        erasure__isnull=True,
        aims__isnull=True,
        consents__isnull=True,
    ).values_list("pk", flat=True)
    ids = list(alone)
    Identity.objects.filter(contact_id__in=ids).delete()
    Contact.objects.filter(pk__in=ids).update(name="", email="", phone="", account=None, erasure=erasure)
