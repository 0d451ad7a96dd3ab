"""From waiting intake rows to interactions, once each."""

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from kalevi.guards.rows import any_row
from kalevi.interactions.models import Intake
from kalevi.interactions.preparing import Part, prepare
from kalevi.interactions.rows import adapt_datetime
from kalevi.interactions.storing import Entry, store
from kalevi.interactions.told import Understood, interpreter
from kalevi.interactions.versions import older_in_scopes
from kalevi.jobs import leases
from kalevi.text import Reader

BATCH = 200


def understand(
    *, reader: Reader, source: str, batch: int | None = None, after: int = 0, most: int = BATCH
) -> int:
    """Understand the next waiting intake rows of a source; return the last id taken, 0 when none waited.

    Each row is stored whole or not at all, under the token of the job that runs.
    """
    waiting = Intake.objects.filter(state=Intake.State.WAITING, source=source, id__gt=after)
    if batch is not None:
        waiting = waiting.filter(batch=batch)
    rows = list(waiting.order_by("id")[:most])
    if not rows:
        return 0
    understood = interpreter(source)(rows)
    parts = prepare(understood, reader)
    with leases.effect():
        _store(rows, understood, parts)
    return rows[-1].pk


def something_waits(*sources: str) -> bool:
    """Whether anything of these sources waits to be understood."""
    places = ", ".join(["%s"] * len(sources))
    # The state as it stands in the index, so that both databases use it.
    return any_row(
        f"SELECT 1 FROM interactions_intake WHERE state = 0 AND source IN ({places})",  # noqa: S608
        sources,
    )


def newest_waiting(source: str) -> int:
    """Return the id of the newest row that waits, 0 for none.

    Whoever goes on to it and no further leaves what comes meanwhile for the next time: many rows at once cost
    a tenth of what they cost one by one.
    """
    waiting = Intake.objects.filter(state=Intake.State.WAITING, source=source).order_by("-id")
    return waiting.values_list("id", flat=True).first() or 0


def _claim(rows: Sequence[Intake], understood: Sequence[Understood]) -> set[int]:
    """Mark rows as understood or rejected; return the ids that nobody else had understood meanwhile."""
    claimed: set[int] = set()
    groups: dict[tuple[int, str], list[int]] = {}
    for row, found in zip(rows, understood, strict=True):
        state = int(Intake.State.REJECTED if found.reason else Intake.State.UNDERSTOOD)
        groups.setdefault((state, found.reason), []).append(row.pk)
    with connection.cursor() as cursor:
        for (marked, reason), ids in groups.items():
            places = ", ".join(["%s"] * len(ids))
            cursor.execute(
                f"UPDATE interactions_intake SET state = %s, reason = %s"  # noqa: S608  only placeholders
                f" WHERE state = 0 AND id IN ({places}) RETURNING id",
                [marked, reason, *ids],
            )
            claimed.update(number for (number,) in cursor.fetchall())
    return claimed


def _store(rows: Sequence[Intake], understood: Sequence[Understood], parts: Sequence[Sequence[Part]]) -> None:
    claimed = _claim(rows, understood)
    older = older_in_scopes([(row.scope, bytes(row.identity)) for row in rows])
    entries: list[Entry] = []
    for row, own in zip(rows, parts, strict=True):
        if row.pk not in claimed:
            continue
        who = (row.scope, bytes(row.identity))
        entry = Entry(row.pk, adapt_datetime(row.received_at), row.source, own, older.get(who))
        entries.append(entry)
        if own:
            older[who] = entry.first
    store(entries, at=timezone.now())
