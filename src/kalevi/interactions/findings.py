"""Small numbers for what a reading finds, and for the channel, so that a million can be filtered fast.

The numbers are stored: they are never given a new meaning. New keys are added at the end of a list.
"""

from kalevi.text.reading import Reading
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, LANGUAGES, MARKS, SENTIMENTS, THEMES

# Those of `models.Channel`, in the order in which they came.
CHANNELS = (
    "email",
    "phone",
    "counter",
    "survey",
    "web_form",
    "chat",
    "social_media",
    "review",
    "post",
    "system",
    "other",
    "word_of_mouth",
)
KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "feeling": (1, tuple(FEELINGS)),
    "sentiment": (20, tuple(SENTIMENTS)),
    "hot": (30, tuple(HOT_KINDS)),
    "language": (40, tuple(LANGUAGES)),
    "theme": (100, tuple(THEMES)),
    "mark": (200, tuple(MARKS)),
    "channel": (300, CHANNELS),
}
# The company's own themes (`own_theme_models.OwnTheme`) by their numbers; no number comes twice.
OWN_FIRST, MOST_OWN = 1000, 1000
_OWN = "own_"
_CODES = {
    (kind, key): first + place for kind, (first, keys) in KINDS.items() for place, key in enumerate(keys)
} | {("theme", f"{_OWN}{number}"): OWN_FIRST + number for number in range(1, MOST_OWN)}
_NAMES = {number: pair for pair, number in _CODES.items()}


def code(kind: str, key: str) -> int:
    """Return the number of a finding, such as ("feeling", "joy"). Raises KeyError for an unknown one."""
    return _CODES[kind, key]


def name(number: int) -> tuple[str, str]:
    """Return (kind, key) of a number. Raises KeyError for an unknown one."""
    return _NAMES[number]


def own_key(number: int) -> str:
    """Return the key of an own theme, as readings, addresses and exports say it."""
    return f"{_OWN}{number}"


def all_codes() -> tuple[int, ...]:
    """Return every number in use but those of own themes."""
    return tuple(number for number in _NAMES if number < OWN_FIRST)


def codes(reading: Reading) -> list[int]:
    """Return the numbers of everything a reading found, sorted, each once."""
    found = {_CODES["sentiment", reading.sentiment], _CODES["language", reading.language]}
    for feeling in reading.feelings:
        found.add(_CODES.get(("feeling", feeling.feeling), 0))
    for hot in reading.hots:
        found.add(_CODES.get(("hot", hot.kind), 0))
    for theme in reading.themes:
        found.add(_CODES.get(("theme", theme.key), 0))
    for mark in reading.marks:
        found.add(_CODES.get(("mark", mark.mark), 0))
    found.discard(0)
    return sorted(found)
