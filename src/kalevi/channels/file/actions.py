"""What is done to imports; each writes its audit row."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record as audit
from kalevi.channels.file import uploads
from kalevi.channels.file.guessing import Guessed, guess
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.channels.file.tasks import run_import, undo_import
from kalevi.tables import TableError, open_table


def take_file(
    *, name: str, chunks: Iterable[bytes], actor_id: int | None, options: dict[str, object] | None = None
) -> Import:
    """Keep an uploaded file and guess its columns. Raises TooLargeError, and TableError for no table."""
    return take_upload(name=name, upload=uploads.keep(chunks), actor_id=actor_id, options=options)


def take_upload(
    *, name: str, upload: uploads.Upload, actor_id: int | None, options: dict[str, object] | None = None
) -> Import:
    """Guess the columns of a file that is kept; it is removed again when it is no table (TableError)."""
    try:
        with open_table(uploads.path_of(upload.stored_as), **(options or {})) as table:  # type: ignore[arg-type]
            guessed = _as_before(guess(table))
    except TableError:
        uploads.remove(upload.stored_as)
        raise
    with transaction.atomic():
        made = Import.objects.create(
            name=name[-255:].replace("\x00", ""),
            stored_as=upload.stored_as,
            size=upload.size,
            digest=upload.digest,
            format=guessed.format,
            header=[storable_name(name) for name in guessed.header],
            mapping=guessed.mapping.to_json() | {"open": options or {}},
            actor_id=actor_id,
            made_at=timezone.now(),
        )
        audit(action="import.upload", actor_id=actor_id, subject=f"import:{made.pk}")
    return made


def _as_before(guessed: Guessed) -> Guessed:
    """Give mended rows the columns that somebody chose for them when they came first."""
    before = Import.objects.filter(pk=guessed.mends).first() if guessed.mends is not None else None
    if before is None or before.header != [storable_name(name) for name in guessed.header]:
        return guessed
    mapping = replace(Mapping.from_json(before.mapping), mended=guessed.mapping.mended)
    return replace(guessed, format=before.format, mapping=mapping)


def storable_name(name: str) -> str:
    """Return the name of a column as both databases can hold it."""
    return name[:2000].replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


@transaction.atomic
def choose(*, record: Import, mapping: Mapping, actor_id: int | None) -> Import:
    """Keep what was chosen in the preview."""
    record.mapping = mapping.to_json() | {"open": record.options}
    record.save(update_fields=["mapping"])
    audit(action="import.choose", actor_id=actor_id, subject=f"import:{record.pk}")
    return record


@transaction.atomic
def begin(*, record: Import, actor_id: int | None, queue: str = "default") -> Import:
    """Say yes to a previewed import: its job is there exactly when this commits."""
    if Import.objects.filter(pk=record.pk, state=Import.State.PREVIEWED).update(state=Import.State.STORING):
        result = run_import.using(queue_name=queue).enqueue(record.pk)
        Import.objects.filter(pk=record.pk).update(job_id=int(result.id))
        audit(action="import.begin", actor_id=actor_id, subject=f"import:{record.pk}")
    record.refresh_from_db()
    return record


@transaction.atomic
def undo(*, record: Import, actor_id: int | None) -> Import:
    """Take a finished import back; the work is a job."""
    if Import.objects.filter(pk=record.pk, state=Import.State.DONE).update(state=Import.State.UNDOING):
        result = undo_import.enqueue(record.pk)
        Import.objects.filter(pk=record.pk).update(job_id=int(result.id))
        audit(action="import.undo", actor_id=actor_id, subject=f"import:{record.pk}")
    record.refresh_from_db()
    return record


def discard(*, record: Import, actor_id: int | None) -> bool:
    """Remove a previewed import and its file; return False when it has begun."""
    with transaction.atomic():
        gone, _each = Import.objects.filter(pk=record.pk, state=Import.State.PREVIEWED).delete()
        if gone:
            audit(action="import.discard", actor_id=actor_id, subject=f"import:{record.pk}")
    if gone:
        uploads.remove(record.stored_as)
    return bool(gone)
