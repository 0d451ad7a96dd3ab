"""The word lists beside this file, read once."""

import re
from collections.abc import Iterable
from functools import cache

from kalevi.text.beside import text_beside

WORD = re.compile(r"\w+")
NO_NAME = frozenset(("Even", "Bos", "Torin"))
"""Forms of names that are nearly always another word."""
BACK_VOWELS = frozenset("aouAOU")


def _rows(name: str) -> list[list[str]]:
    text = text_beside(__file__, name)
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The lower-case words, or phrases where the set holds `|`, of one set of `words.tsv`."""
    (line,) = [row[1] for row in _rows("words.tsv") if row[0] == name]
    pairs = name == "brand"
    return frozenset(line.split() if pairs or "|" not in line else line.split("|"))


@cache
def surnames() -> frozenset[str]:
    """Common surnames in all their forms, capitalised."""
    return frozenset(form for (name,) in _rows("surnames.txt") for form in forms_of_name(name))


@cache
def first_names() -> dict[str, tuple[str, bool]]:
    """Every form of a first name -> (plain, word or cue; whether the form is inflected)."""
    found: dict[str, tuple[str, bool]] = {}
    for name, _, kind in _rows("first_names.tsv"):
        for form in forms_of_name(name):
            if form in NO_NAME:
                continue
            if form == name or form not in found:
                found[form] = (kind, form != name)
    return found


def first_parts(phrases: Iterable[str]) -> frozenset[str]:
    """The first run of letters of each, in lower case: "anna" of "Anna-Maija"."""
    return frozenset(part[0].lower() for phrase in phrases if (part := WORD.match(phrase)))


def forms_of_name(name: str) -> list[str]:
    """A name with its Finnish case endings and the genitives of Swedish and English."""
    a = "a" if not BACK_VOWELS.isdisjoint(name) else "ä"
    strong = weak = name
    if name.endswith("nen"):
        strong = weak = name[:-3] + "se"
        partitive = name[:-3] + "st" + a
    elif name.endswith(("as", "es", "is", "os", "us", "ys")):
        strong = weak = name[:-1] + "kse"
        partitive = name + "t" + a
    elif name[-1] not in "aeiouyäöé":
        strong = weak = name + "i"
        partitive = name + "i" + a
    else:
        partitive = name + a
        if name[-3:-1] in ("kk", "pp", "tt"):
            weak = name[:-2] + name[-1]
    endings = ["n", f"ll{a}", f"lt{a}", "lle", f"ss{a}", f"st{a}"]
    inflected = [weak + ending for ending in endings]
    return [name, partitive, strong + strong[-1] + "n", *inflected, name + "s", name + "'s", name + "’s"]
