"""Exports we know by their column names. A new one is one more file in this folder, with a `FORMAT` in it."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache


@dataclass(frozen=True)
class Format:
    """An export of one system.

    `signatures` are sets of column names; a header that has all names of one set is this export. `columns`
    gives the role of a column by its name. Names are in lower case, in every language the system writes them.
    With `questions` the columns without a role are questions, told apart by what was answered. With
    `numbered` its row ids are unique over all its exports; else only among those with the same columns.
    """

    key: str
    name: str
    signatures: tuple[frozenset[str], ...]
    columns: Mapping[str, str]
    channel: str
    questions: bool = False
    numbered: bool = True
    first_column: frozenset[str] = frozenset()
    scale: tuple[str, float, float] | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    person_kind: str = ""
    absent: tuple[str, ...] = ()
    utc: bool = False

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header, in lower case, is of this export."""
        if self.first_column:
            return bool(header) and header[0] in self.first_column
        names = set(header)
        return any(signature <= names for signature in self.signatures)


@cache
def formats() -> dict[str, Format]:
    """Return every format by its key; those that ask for more columns come first."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    known: list[Format] = [module.FORMAT for module in modules]
    known.sort(key=lambda one: (-max(map(len, one.signatures), default=0), one.key))
    return {one.key: one for one in known}


def folded(name: str) -> str:
    """Return a column name as formats compare it."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def recognised(header: Sequence[str]) -> Format | None:
    """Return the export whose header this is, if we know it."""
    names = [folded(name) for name in header]
    return next((one for one in formats().values() if one.fits(names)), None)
