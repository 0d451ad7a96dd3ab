"""Why a whole file could not be read, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAILURES: dict[str, str | Promise] = {
    "empty_file": _("The file is empty. Export it again and check that the rows came along."),
    "not_a_table": _("This is not a table. Kalevi reads CSV, XLSX and JSONL files."),
    "old_workbook": _("This is an old Excel file (.xls). Save it as .xlsx and send it again."),
    "broken_workbook": _(
        "The workbook is damaged. Open it in a spreadsheet, save it anew and send it again."
    ),
    "too_large_inside": _("The workbook grows far too large when opened. Export the same rows as CSV."),
    "too_large": _("The file is larger than 1 GB. Divide it; rows that come twice are known again."),
    "no_such_sheet": _("The workbook has no such sheet."),
    "missing_file": _("The file is gone. Please send it again."),
    "unreadable_file": _("The file could not be read. Please send it again."),
    "unknown_encoding": _("The encoding is not known."),
    "bad_separator": _("The separator is not one character."),
}


def failure_text(reason: str) -> str:
    """Return why a file could not be read; empty for no reason."""
    return str(FAILURES.get(reason, _("The file could not be read."))) if reason else ""
