"""Scores by name, kept as small as a stream of readings needs them."""

import struct
from collections.abc import Iterator, Mapping

from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, SENTIMENTS, THEMES

NAMES = (*FEELINGS, *SENTIMENTS, *HOT_KINDS, *THEMES, "suggestion")
_DOUBLE = struct.Struct("d")
SIZE = len(NAMES) * _DOUBLE.size
_PLACES = {name: place for place, name in enumerate(NAMES)}


class Scores(Mapping[str, float]):
    """A frozen mapping from each output's name to its score between 0 and 1."""

    __slots__ = ("_values",)

    def __init__(self, values: bytes) -> None:
        """`values` are the scores in the order of NAMES, as doubles of this machine."""
        self._values = values

    def __getitem__(self, name: str) -> float:
        (value,) = _DOUBLE.unpack_from(self._values, _PLACES[name] * _DOUBLE.size)
        return float(value)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __repr__(self) -> str:
        return f"Scores({dict(self)})"
