"""Walking back through lists of ids that all end at the newest: which ids stand in every one of them.

Each filter is such a list. The list that reaches furthest back with its next `SAMPLE` ids is the rarest
just there and leads; the others are asked id by id. However rarely two common lists meet, one walk looks at
`WINDOW` ids at most and says how far it came, so that a page costs the same among a million interactions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

WINDOW, SAMPLE = 50_000, 5_000
# Asking the full-text index for one id costs about as much as twenty steps along its list.
FEW = 1_000
LEAST, MOST = -(2**63) + 1, 2**63 - 1
WORDS = (40, 41, 42, 43)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: a table with a column of ids, and the condition that picks its rows."""

    table: str
    column: str
    condition: str
    parameters: tuple[str | int, ...]

    @property
    def is_search(self) -> bool:
        """Whether this is the full-text index, which is cheap to walk and dear to ask."""
        return self.table == "interactions_search"

    def source(self, alias: str) -> str:
        """Return the table as it stands in FROM; the full-text table keeps its own name."""
        return self.table if self.is_search else f"{self.table} {alias}"

    def where(self, alias: str) -> str:
        """Return the condition over the table as named by `source`."""
        return self.condition.format(self.table if self.is_search else alias)

    def ids(self, alias: str) -> str:
        """Return the column of ids over the table as named by `source`."""
        return f"{self.table if self.is_search else alias}.{self.column}"


def found(code: int) -> Listing:
    """Return the list of interactions with one finding."""
    return Listing("interactions_found", "interaction_id", "{0}.code = %s", (code,))


def worded() -> Listing:
    """Return the list of interactions with a customer's words: each of them has one language."""
    marks = ", ".join(["%s"] * len(WORDS))
    return Listing("interactions_found", "interaction_id", "{0}.code IN (" + marks + ")", WORDS)


def at_touchpoint(touchpoint_id: int) -> Listing:
    """Return the list of what happened at a touchpoint."""
    return Listing("interactions_interaction", "id", "{0}.touchpoint_id = %s", (touchpoint_id,))


@dataclass(frozen=True, slots=True)
class Walk:
    """The ids met, newest first, and where the walk stopped before the end: None when it came to the end."""

    ids: tuple[int, ...]
    reached: int | None = None


def walk(lists: Sequence[Listing], *, above: int | None, below: int | None, most: int) -> Walk:
    """Return at most `most` ids that stand in every list, strictly between `above` and `below`."""
    low, high = LEAST if above is None else above, MOST if below is None else below
    if not lists:
        return Walk(_newest_words(low, high, most))
    if len(lists) == 1:
        return Walk(_meet(lists[0], [], low, high, most))
    leading, floor = _leading(lists, low, high)
    others = [other for other in lists if other is not leading]
    ids = _meet(leading, others, low if floor is None else floor - 1, high, most)
    return Walk(ids, None if floor is None or len(ids) == most else floor)


def _leading(lists: Sequence[Listing], low: int, high: int) -> tuple[Listing, int | None]:
    """Return the list that leads, and the id at which its window ends, if it does not end before."""
    leaders = [one for one in lists if len(one.parameters) == 1]
    search = next((one for one in leaders if one.is_search), None)
    plain = [one for one in leaders if not one.is_search]
    # PostgreSQL sorts NULLs its own way, so ends are compared here.
    if search:
        *short, end = _ends([*((one, FEW) for one in plain), (search, WINDOW)], low, high)
        few = next((one for one, reach in zip(plain, short, strict=True) if reach is None), None)
        return (few, None) if few is not None else (search, end)
    reached = [LEAST if end is None else end for end in _ends([(one, SAMPLE) for one in plain], low, high)]
    furthest = min(reached)
    leading = plain[reached.index(furthest)]
    return leading, None if furthest == LEAST else _ends([(leading, WINDOW)], low, high)[0]


def _ends(asked: Sequence[tuple[Listing, int]], low: int, high: int) -> list[int | None]:
    columns: list[str] = []
    parameters: list[str | int] = []
    for one, count in asked:
        columns.append(
            f"(SELECT {one.ids('d')} FROM {one.source('d')} WHERE {one.where('d')} AND {one.ids('d')} > %s"  # noqa: S608
            f" AND {one.ids('d')} < %s ORDER BY {one.ids('d')} DESC LIMIT 1 OFFSET %s)"
        )
        parameters += [*one.parameters, low, high, count]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", parameters)
        return list(cursor.fetchone())


def _meet(leading: Listing, others: Sequence[Listing], low: int, high: int, most: int) -> tuple[int, ...]:
    tables, conditions = [leading.source("d")], [leading.where("d")]
    parameters: list[str | int] = [*leading.parameters]
    for place, other in enumerate(others):
        alias = f"o{place}"
        tables.append(other.source(alias))
        conditions.append(f"{other.where(alias)} AND {other.ids(alias)} = {leading.ids('d')}")
        parameters += other.parameters
    # SQLite keeps the order of a CROSS JOIN: the leading list stays the outer loop, already in order.
    statement = (
        f"SELECT {leading.ids('d')} FROM {' CROSS JOIN '.join(tables)} WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" AND {leading.ids('d')} > %s AND {leading.ids('d')} < %s ORDER BY {leading.ids('d')} DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, low, high, most])
        return tuple(number for (number,) in cursor.fetchall())


def _newest_words(low: int, high: int, most: int) -> tuple[int, ...]:
    one = (
        "SELECT * FROM (SELECT interaction_id FROM interactions_found WHERE code = %s AND interaction_id > %s"
        " AND interaction_id < %s ORDER BY interaction_id DESC LIMIT %s) AS part"
    )
    statement = " UNION ALL ".join([one] * len(WORDS)) + " ORDER BY 1 DESC LIMIT %s"
    parameters = [value for code in WORDS for value in (code, low, high, most)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, most])
        return tuple(number for (number,) in cursor.fetchall())
