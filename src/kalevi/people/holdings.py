"""What every room holds of a person: the registry through which people are exported, erased and merged.

Rooms below register themselves in `config.wiring`; a test proves that no model with personal data is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kalevi.people.models import Erasure


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


_holdings: dict[str, Holding] = {}
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


def eraser(kind: str) -> Callable[[int, Erasure], None]:
    """Return how a kind of thing is erased. Raises KeyError for an unknown kind."""
    return _erasers[kind]
