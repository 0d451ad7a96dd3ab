"""Words that a reader failed on are kept and found; here they are read again."""

from collections.abc import Callable, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kalevi.interactions import search_index
from kalevi.interactions.grades import grade
from kalevi.interactions.models import Found, Interaction, Reading
from kalevi.interactions.preparing import UNREAD, read_safely
from kalevi.interactions.readers import company_reader
from kalevi.interactions.storing import store_readings
from kalevi.jobs import leases
from kalevi.text import Reader

BATCH = 200
_SCORE = ("score_kind", "score", "score_low", "score_high")
_SAID = ("pk", "verbatim", "language", "occurred_at", *_SCORE)
_read_listeners: list[Callable[[Sequence[int]], None]] = []


def when_words_are_read(listener: Callable[[Sequence[int]], None]) -> None:
    """Call a room below, in the same transaction, with the ids of words that could not be read before."""
    _read_listeners.append(listener)


def default_reader() -> Reader:
    """Return the reader of this installation."""
    return company_reader()


def read_next(reader: Reader, *, before: int | None = None) -> tuple[int, int | None]:
    """Read the newest unread words before an id; return how many now are, and the id to go on from."""
    ids = _unread(before)
    if not ids:
        return 0, None
    words = Interaction.objects.filter(pk__in=ids, outbound=False, verbatim__isnull=False).exclude(
        verbatim=""
    )
    said = list(words.only(*_SAID))
    rows = [(one.pk, one.verbatim or "", one.language or "und", one.occurred_at) for one in said]
    grades = [grade(one.score_kind, one.score, one.score_low, one.score_high) for one in said]
    readings = read_safely(reader, [row[1] for row in rows], [row[3] for row in rows], grades)
    read = {row[0]: reading for row, reading in zip(rows, readings, strict=True) if reading is not None}
    with leases.effect():
        # Words erased or read by somebody else meanwhile are left alone.
        still = set(
            Interaction.objects.filter(
                pk__in=read, verbatim__isnull=False, readings__isnull=True
            ).values_list("pk", flat=True)
        )
        kept = [row for row in rows if row[0] in still]
        search_index.remove([(number, search_index.keys(text, told)) for number, text, told, _at in kept])
        store_readings([(row[0], read[row[0]]) for row in kept], at=timezone.now())
        search_index.add(
            sorted(
                (number, search_index.keys(text, read[number].language)) for number, text, _told, _at in kept
            )
        )
        for listener in _read_listeners:
            listener([row[0] for row in kept])
    return len(kept), ids[-1]


def _unread(before: int | None) -> list[int]:
    unread = Found.objects.filter(
        ~Exists(Reading.objects.filter(interaction=OuterRef("interaction_id"))), code__in=UNREAD
    ).order_by("-interaction_id")
    if before is not None:
        unread = unread.filter(interaction_id__lt=before)
    return list(unread.values_list("interaction_id", flat=True)[:BATCH])
