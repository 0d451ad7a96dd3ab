"""Small numbers for what a reading finds, so that a million findings can be filtered fast.

The numbers are stored: they are never given a new meaning. New keys are added at the end of a list.
"""

from kalevi.text.reading import Reading
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, LANGUAGES, MARKS, SENTIMENTS, THEMES

KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "feeling": (1, tuple(FEELINGS)),
    "sentiment": (20, tuple(SENTIMENTS)),
    "hot": (30, tuple(HOT_KINDS)),
    "language": (40, tuple(LANGUAGES)),
    "theme": (100, tuple(THEMES)),
    "mark": (200, tuple(MARKS)),
}
_CODES = {
    (kind, key): first + place for kind, (first, keys) in KINDS.items() for place, key in enumerate(keys)
}
_NAMES = {number: pair for pair, number in _CODES.items()}


def code(kind: str, key: str) -> int:
    """Return the number of a finding, such as ("feeling", "joy"). Raises KeyError for an unknown one."""
    return _CODES[kind, key]


def name(number: int) -> tuple[str, str]:
    """Return (kind, key) of a number. Raises KeyError for an unknown one."""
    return _NAMES[number]


def all_codes() -> tuple[int, ...]:
    """Return every number in use."""
    return tuple(_NAMES)


def codes(reading: Reading) -> list[int]:
    """Return the numbers of everything a reading found, sorted, each once; own themes have none."""
    pairs: list[tuple[str, str]] = [("sentiment", reading.sentiment), ("language", reading.language)]
    pairs += [("feeling", found.feeling) for found in reading.feelings]
    pairs += [("hot", found.kind) for found in reading.hots]
    pairs += [("theme", found.key) for found in reading.themes]
    pairs += [("mark", found.mark) for found in reading.marks]
    return sorted({_CODES[pair] for pair in pairs if pair in _CODES})
