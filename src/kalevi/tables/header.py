"""Tells whether the first row of a table names its columns or already is data."""

from kalevi.tables.values import is_date, is_email, parse_number

_ROLE_NAMES_TRIED = 60


def has_header(rows: list[list[str]]) -> bool:
    """Whether the first of the given rows is a header. In doubt it is: most exports have one.

    It is data when a cell of it is a number, date or e-mail address like the cells below it, or when it tells
    something at length, in a sentence that is no question, and no cell of it is the usual name of a column.
    """
    from kalevi.tables.columns import known_role

    first, below = rows[0], rows[1:]
    if any(known_role(cell) for cell in first[:_ROLE_NAMES_TRIED]):
        return True
    for index, cell in enumerate(first):
        kind = _kind(cell)
        if kind and (below or kind != "number"):
            others = [row[index] for row in below if index < len(row) and row[index].strip()]
            if all(_kind(other) == kind for other in others):
                return False
    return not any(_tells(cell) for cell in first)


def _kind(cell: str) -> str:
    cell = cell.strip()
    if not cell or len(cell) > 80:
        return ""
    if parse_number(cell) is not None:
        return "number"
    if is_date(cell):
        return "date"
    return "email" if is_email(cell) else ""


def _tells(cell: str) -> bool:
    text = cell.strip()
    if text.endswith(("?", ":")) or "?" in text:
        return False
    return len(text) > 200 or (len(text.split()) >= 3 and text.endswith((".", "!", "…", ")")))
