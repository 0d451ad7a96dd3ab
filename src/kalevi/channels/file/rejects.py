"""Rows that need a look: why each does, and the file in which they can be mended and sent again."""

import csv
import io
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kalevi.channels.file.escaping import escaped, reason_column
from kalevi.channels.file.models import Import
from kalevi.channels.file.rows import cells_of
from kalevi.interactions.models import Intake

REASONS: dict[str, str | Promise] = {
    "empty_row": _("The row is empty."),
    "nothing_said": _("Nobody says anything on this row: no words, no score, no feeling."),
    "unreadable_date": _("The date cannot be read. Write it as 22.11.2026 or 2026-11-22."),
    "date_too_old": _("The date is before the year 1800."),
    "date_in_future": _("The date is in the future."),
    "unbalanced_quote": _("A quotation mark opens on this row and never closes."),
    "row_too_long": _("The row is too long. Only its beginning was kept."),
    "not_json": _("The row is not whole JSON."),
    "broken_row": _("The columns of the row could not be told apart."),
    "broken_workbook": _("The workbook is damaged from here on."),
    "no_words": _("There are no words on this row."),
}
BYTE_ORDER_MARK = "\ufeff"


def reason_text(key: str) -> str:
    """Return why a row needs a look, in the reader's language."""
    return str(REASONS.get(key, _("The row could not be understood.")))


def rejects_file(record: Import) -> Iterator[str]:
    """Yield a CSV of the rows that need a look, as spreadsheets of the reader's language open it."""
    separator = "," if (get_language() or "en").startswith("en") else ";"
    reasons = {key: reason_text(key) for key in REASONS}
    other = reason_text("")
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=separator, lineterminator="\r\n")
    named = gettext("reason")
    writer.writerow([*map(escaped, record.header), reason_column(named, record.pk)])
    yield BYTE_ORDER_MARK + _taken(line)
    rows = Intake.objects.filter(batch=record.pk, state=Intake.State.REJECTED).order_by("row")
    width = len(record.header)
    for raw, reason in rows.values_list("raw", "reason").iterator(chunk_size=500):
        whole = bytes(raw or b"")
        cells = cells_of(whole) or [whole.decode("utf-8", "replace")]
        cells = cells[:width] + [""] * (width - len(cells))
        writer.writerow([*map(escaped, cells), reasons.get(reason, other)])
        yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue().encode("utf-8", "replace").decode("utf-8")
    line.seek(0)
    line.truncate()
    return text
