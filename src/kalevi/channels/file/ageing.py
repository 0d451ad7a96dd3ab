"""How many rows of a file are older than words may be kept: said before anybody says yes to them."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils import timezone

from kalevi.channels.file import uploads
from kalevi.channels.file.batches import cells_under
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.channels.file.rows import interpreter
from kalevi.channels.file.running import touchpoint_names
from kalevi.people.keeping import months_later, periods
from kalevi.shell.queries import company
from kalevi.tables import Row, TableError, open_table

# A page must not wait for a million rows; what is beyond is not looked at, and the page says so.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class TooOld:
    """Rows out of the `looked_at` first ones whose time of keeping is over already.

    `named` are those of customers of whom no row is newer, kept for `service` months from the last; `unnamed`
    those of nobody in particular, kept for `months`. `whole` is whether these were all rows of the file.
    """

    named: int
    unnamed: int
    service: int
    months: int
    looked_at: int
    whole: bool

    @property
    def rows(self) -> int:
        """How many in all."""
        return self.named + self.unnamed


def too_old(record: Import, mapping: Mapping) -> TooOld:
    """Return what of an upload would be erased after notice; of a broken file what its beginning tells."""
    months, today = periods(), timezone.localdate()
    read = interpreter(mapping, ZoneInfo(company().time_zone), touchpoint_names())
    now, looked_at, unnamed, whole = timezone.now(), 0, 0, False
    newest: dict[tuple[str, str], date] = {}
    rows: Counter[tuple[str, str]] = Counter()
    path = uploads.path_of(record.stored_as)
    with suppress(TableError, FileNotFoundError), open_table(path, **record.options) as table:
        for row in islice(table, MOST):
            looked_at += 1
            told = read(cells_under(mapping, row), b"", now).understood.told if isinstance(row, Row) else ()
            if not told:
                continue
            day = timezone.localdate(told[0].occurred_at)
            if told[0].person is None:
                unnamed += months_later(day, months["unnamed"]) < today
                continue
            who = told[0].person.identities[0]
            rows[who] += 1
            newest[who] = max(day, newest.get(who, day))
        whole = next(iter(table), None) is None
    over = [who for who, day in newest.items() if months_later(day, months["service"]) < today]
    named = sum(rows[who] for who in over)
    return TooOld(named, unnamed, months["service"], months["unnamed"], looked_at, whole)
