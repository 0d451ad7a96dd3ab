"""The channel's work: running imports, undoing them, understanding what waits, cleaning up."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kalevi.channels.file import uploads
from kalevi.channels.file.models import Import
from kalevi.channels.file.running import SOURCE, reader, run
from kalevi.channels.file.undoing import undo
from kalevi.interactions.understanding import understand
from kalevi.jobs import leases

KEPT = timedelta(days=7)


@task
def run_import(import_id: int) -> dict[str, int]:
    """Bring one import to its end; return its counts."""
    return run(Import.objects.get(pk=import_id))


@task
def undo_import(import_id: int) -> int:
    """Take one import back; return how many rows were erased."""
    return undo(Import.objects.get(pk=import_id))


@task
def understand_waiting() -> int:
    """Understand rows of finished imports that wait, such as those put back to be understood again."""
    done = after = 0
    while after := understand(reader=reader(), source=SOURCE, after=after):
        done += 1
        leases.report(done=done)
    return done


@task
def clean_up() -> int:
    """Remove uploads whose sending was cut short or that nobody said yes to for a week."""
    old = timezone.now() - KEPT
    forgotten = Import.objects.filter(state=Import.State.PREVIEWED, made_at__lt=old)
    names = [record.stored_as for record in forgotten]
    forgotten.delete()
    waiting = Import.objects.filter(state__in=(Import.State.PREVIEWED, Import.State.STORING))
    known = set(waiting.values_list("stored_as", flat=True))
    names += uploads.left_over(known, timezone.now() - timedelta(days=1))
    for name in names:
        uploads.remove(name)
    return len(names)
