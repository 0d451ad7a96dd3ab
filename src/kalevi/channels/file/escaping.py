"""Cells that a spreadsheet would run as a formula get an apostrophe on the way out and lose it coming in."""

import re

REASON_COLUMN = "Kalevi:"
"""How the name of the column of reasons begins, in every language: by it a mended file is known again."""
_NUMBER = re.compile(r"\d{1,18}$", re.ASCII)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def reason_column(named: str, import_id: int) -> str:
    """Return the name of the column of reasons of an import."""
    return f"{REASON_COLUMN} {named} {import_id}"


def import_of(name: str) -> int | None:
    """Return the import whose column of reasons has this name, if it says so."""
    found = _NUMBER.search(name.strip())
    return int(found[0]) if found else None


def escaped(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never runs."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescaped(cell: str) -> str:
    """Return the cell as it was before `escaped`."""
    return cell[1:] if _ESCAPED.match(cell) else cell
