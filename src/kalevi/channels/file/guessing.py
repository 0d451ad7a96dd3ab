"""What an opened table holds: an export we know, or columns guessed from their names and cells."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kalevi.channels.file.escaping import REASON_COLUMN, import_of, unescaped
from kalevi.channels.file.formats import Format, folded, recognised
from kalevi.channels.file.mapping import MANY, Mapping
from kalevi.channels.file.scores import scale_of
from kalevi.tables import Row, Table, guess_columns, month_first_in, parse_number

TABLE = "table"
SAMPLE = 200
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Guessed:
    """The format's key, the header without our own column of reasons, the mapping and sample rows.

    `mends` is the import whose rejected rows these are, mended, where the column of reasons names one.
    """

    format: str
    header: list[str]
    mapping: Mapping
    sample: list[list[str]]
    mends: int | None = None


def guess(table: Table) -> Guessed:
    """Look at the beginning of a table; its rows can still be read from the first."""
    header = list(table.header)
    rows = [row.cells for row in table.head(SAMPLE) if isinstance(row, Row)]
    mended = next((n for n, name in enumerate(header) if name.startswith(REASON_COLUMN)), None)
    mends = import_of(header[mended]) if mended is not None else None
    if mended is not None:
        header = [unescaped(name) for name in header[:mended] + header[mended + 1 :]]
        rows = [row[:mended] + row[mended + 1 :] for row in rows]
    known = recognised(header) if table.has_header else None
    mapping = _of_format(known, header, rows) if known else _of_table(header, rows)
    mapping = _checked(mapping, header, rows, known, mended)
    return Guessed(known.key if known else TABLE, header, mapping, rows, mends)


def scope(header: Sequence[str], known: Format | None) -> str:
    """Return whose rows these are: a system's, or those of tables with the same columns."""
    if known and known.numbered:
        return f"file:{known.key.removesuffix('_reviews')}"
    names = "\x1f".join(folded(name) for name in header).encode("utf-8", "surrogatepass")
    return f"file:{known.key if known else TABLE}:{hashlib.blake2b(names, digest_size=8).hexdigest()}"


def _of_format(known: Format, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    roles = ["" for _name in header]
    taken: set[str] = set()
    # The order of the format's names is the order of preference where two columns want one role.
    names = [folded(name) for name in header]
    for name, role in known.columns.items():
        for number, present in enumerate(names):
            if present == name and not roles[number]:
                free = role in MANY or role not in taken
                roles[number] = role if free else "ignore"
                taken.add(role)
    if known.questions:
        _ask(roles, header, rows)
    return Mapping(
        roles=tuple(role or "ignore" for role in roles),
        scope="",
        channel=known.channel,
        scale=known.scale,
        values=known.values,
        person_kind=known.person_kind,
        absent=known.absent,
        utc=known.utc,
    )


def _ask(roles: list[str], header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Give roles to the questions of a survey: open answers are the words, the rest by its cells."""
    open_ones = [number for number, role in enumerate(roles) if not role]
    part = guess_columns([header[n] for n in open_ones], [[row[n] for n in open_ones] for row in rows])
    for role, found in part.roles.items():
        number = open_ones[found.index]
        if role in ("rating", "email", "name", "phone", "touchpoint") and role not in roles:
            roles[number] = role
    for number in open_ones:
        if not roles[number] and _is_open_answer([row[number] for row in rows]):
            roles[number] = "text"
    text = part.index("text")
    if "text" not in roles and text is not None and roles[open_ones[text]] == "":
        roles[open_ones[text]] = "text"


def _is_open_answer(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return False
    words = [len(_WORD.findall(cell[:2000])) for cell in filled]
    varied = len(set(filled)) / len(filled)
    return sum(words) / len(words) >= 2.5 and varied >= 0.5 and max(words) >= 4


def _of_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    found = guess_columns(header, rows)
    roles = ["ignore" for _name in header]
    for role, column in found.roles.items():
        roles[column.index] = role
    if len(header) == 1 and roles[0] == "ignore":
        roles[0] = "text"
    for number, name in enumerate(header):
        # Further questions of a survey are the customer's words as well.
        asked = roles[number] == "ignore" and name.rstrip().endswith("?")
        if asked and _is_open_answer([row[number] for row in rows]):
            roles[number] = "text"
    return Mapping(roles=tuple(roles), scope="")


def _checked(
    mapping: Mapping,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    known: Format | None,
    mended: int | None,
) -> Mapping:
    """Settle what only the cells tell: the scale, the order of day and month, a score among the words."""
    roles = list(mapping.roles)
    columns = [[row[n] for row in rows] for n in range(len(header))]
    for number, role in enumerate(roles):
        if role == "text" and "rating" not in roles and _all_numbers(columns[number]):
            roles[number] = "rating"
    scale = mapping.scale
    if "rating" in roles and scale is None:
        number = roles.index("rating")
        survey = " ".join(
            cell
            for n, name in enumerate(header)
            if folded(name).endswith("survey_type") or "type" in folded(name)
            for cell in columns[n][:20]
        )
        name = "nps" if "nps" in survey.casefold() or "loyalty" in survey.casefold() else header[number]
        scale = scale_of(name, columns[number])
        if scale is None:
            roles[number] = "ignore"
    dates = [cell for number, role in enumerate(roles) if role == "date" for cell in columns[number]]
    for number, role in enumerate(roles):
        filled = [cell for cell in columns[number] if cell.strip()]
        # An id that repeats again and again names something else than the row.
        if role == "id" and not known and len(set(filled)) < 0.9 * len(filled):
            roles[number] = "ignore"
    return Mapping(
        **{
            **mapping.__dict__,
            "roles": tuple(roles),
            "scope": scope(header, known),
            "scale": scale,
            "month_first": month_first_in(dates),
            "mended": mended,
        }
    )


def _all_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(parse_number(cell) is not None for cell in filled)
