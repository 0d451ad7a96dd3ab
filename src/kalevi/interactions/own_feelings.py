"""How the feeling sounds that a customer told in words of their own: good, bad, or neither plainly.

It sorts work, such as who waits; what they told is shown as they told it, and is never replaced by this.
"""

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"\w+")
# A word that turns the next one round: nobody can say how far.
_TURNED = frozenset(
    (
        "ei",
        "en",
        "emme",
        "eivät",
        "eikä",
        "ilman",
        "inte",
        "ej",
        "ingen",
        "utan",
        "aldrig",
        "not",
        "no",
        "never",
        "without",
        "nothing",
    )
)


@cache
def _beginnings() -> tuple[dict[str, str], int]:
    lines = (files(__package__) / "own_feelings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = {part: tone for tone, parts in (line.split("\t") for line in lines) for part in parts.split()}
    return found, max(map(len, found))


def tone_of(words: str) -> str:
    """Return "good", "bad", or "" for what is mixed, turned round or not known: fi, sv and en alike.

    The longest known beginning of a word decides, so that "toivottomuus" is not taken for "toivo".
    """
    heard = _WORD.findall(words.lower())
    if not _TURNED.isdisjoint(heard):
        return ""
    tones = {tone for word in heard if (tone := _tone(word))}
    return tones.pop() if len(tones) == 1 else ""


def _tone(word: str) -> str:
    known, longest = _beginnings()
    if tone := known.get(f"{word}$"):
        return tone
    for length in range(min(longest, len(word)), 1, -1):
        if tone := known.get(word[:length]):
            return tone
    return ""
