"""What every room holds of a person: the registry through which people are exported, erased and merged.

Rooms below register themselves in `config.wiring`; a test proves that no model with personal data is missing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from kalevi.people.models import Erasure

# A query names so many ids at most: databases allow only so many values in one.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Holding:
    """What one room holds of a contact.

    `models` names the tables, as "app.Model". `export` returns everything, ready for JSON. `erase` removes
    or blanks it under an erasure. `merge(kept, gone)` moves it and returns what was moved (JSON);
    `unmerge(kept, gone, moved)` moves that back.
    """

    room: str
    models: tuple[str, ...]
    export: Callable[[int], Any]
    erase: Callable[[int, Erasure], None]
    merge: Callable[[int, int], Any]
    unmerge: Callable[[int, int, Any], None]


def moving(
    model: type[Model],
) -> tuple[Callable[[int, int], list[str]], Callable[[int, int, list[str]], None]]:
    """Return `merge` and `unmerge` of rows that name their contact and need nothing else when they move.

    What was moved are their ids, as text: some pass the integers that are safe in JSON.
    """
    rows = model._default_manager

    def merge(kept: int, gone: int) -> list[str]:
        moved = [str(number) for number in rows.filter(contact_id=gone).values_list("pk", flat=True)]
        _move(moved, gone, kept)
        return moved

    def unmerge(kept: int, gone: int, moved: list[str]) -> None:
        _move(moved, kept, gone)

    def _move(numbers: list[str], come_from: int, go_to: int) -> None:
        for start in range(0, len(numbers), _AT_ONCE):
            rows.filter(pk__in=numbers[start : start + _AT_ONCE], contact_id=come_from).update(
                contact_id=go_to
            )

    return merge, unmerge


_holdings: dict[str, Holding] = {}
_ids: dict[str, tuple[str, Callable[[int], int]]] = {}
_erasers: dict[str, Callable[[int, Erasure], None]] = {}


def register(holding: Holding) -> None:
    """Add what a room holds; a room registers once."""
    _holdings[holding.room] = holding


def holdings() -> tuple[Holding, ...]:
    """Return every holding, by room."""
    return tuple(_holdings[room] for room in sorted(_holdings))


def register_eraser(kind: str, eraser: Callable[[int, Erasure], None]) -> None:
    """Say how a thing of this kind (such as "interaction" or "import") is erased, by its id."""
    _erasers[kind] = eraser


def register_ids(kind: str, table: str, row_id: Callable[[int], int] = lambda number: number) -> None:
    """Say in which table things of this kind get their ids; `row_id` makes the row's out of the thing's."""
    _ids[kind] = (table, row_id)


def given_ids(numbers: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Table -> the highest id that was given out in it, as far as these (kind, number) tell."""
    highest: dict[str, int] = {}
    for kind, number in numbers:
        if kind in _ids:
            table, row_id = _ids[kind]
            highest[table] = max(highest.get(table, 0), row_id(number))
    return highest


def eraser(kind: str) -> Callable[[int, Erasure], None]:
    """Return how a kind of thing is erased. Raises KeyError for an unknown kind."""
    return _erasers[kind]
