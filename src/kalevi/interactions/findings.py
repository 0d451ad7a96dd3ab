"""Small numbers for what a reading finds, and for the channel, so that a million can be filtered fast.

The numbers are stored: they are never given a new meaning. New keys are added at the end of a list.
"""

from kalevi.text.listed import Listed
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
_by_key: dict[str, dict[str, int]] = {}
for (_kind, _key), _number in _CODES.items():
    _by_key.setdefault(_kind, {})[_key] = _number
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


def codes(listed: Listed) -> list[set[int]]:
    """Return the numbers of everything that was found in each text."""
    sentiment, language = _by_key["sentiment"], _by_key["language"]
    found = [
        {sentiment[mood], language[tongue]}
        for mood, tongue in zip(listed.sentiments, listed.languages, strict=True)
    ]
    for kind, these in (
        ("feeling", listed.feelings),
        ("hot", listed.hots),
        ("theme", listed.themes),
        ("mark", listed.marks),
    ):
        numbers = _by_key[kind]
        for one in these:
            if number := numbers.get(one[1]):
                found[one[0]].add(number)
    return found
