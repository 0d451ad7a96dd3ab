"""Colleagues' first names as customers write them: "kiitos Tuulalle", "Pekan ansiosta", "Bos kollega"."""

import re
from collections.abc import Iterable
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:[-’':][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?…:\n]|[-–•*]\s)\s*[\"”»(]*$")
_CASES = (
    "n", "a", "ä", "ta", "tä", "lle", "lla", "llä", "lta", "ltä", "ssa", "ssä", "sta", "stä", "ksi", "na",
    "nä", "s",
)  # fmt: skip
_CLITICS = ("", "kin", "kaan", "kään", "han", "hän")
_VOWELS = "aeiouyåäö"
# Names that are words too: at the beginning of a sentence a capital tells nothing ("Toivon, että …").
_WORDS_TOO = frozenset(
    (
        *(
            "aimo",
            "aino",
            "armas",
            "arvo",
            "hilja",
            "ilo",
            "ilona",
            "impi",
            "into",
            "kielo",
            "kukka",
            "lahja",
        ),
        *("lempi", "lilja", "lumi", "marja", "meri", "oiva", "onni", "pilvi", "päivi", "rauha", "ruusu"),
        *("sade", "satu", "sini", "sisu", "suvi", "säde", "taimi", "talvi", "toive", "toivo", "tuuli"),
        *("tyyne", "urho", "usko", "vieno", "voitto", "bo", "björn", "liv", "rose", "sten", "stig", "ulf"),
        *("will", "mark", "may", "bill", "hope", "joy", "grace", "faith", "art", "sue", "pat"),
    )
)


@cache
def forms(name: str) -> frozenset[str]:
    """Return the written forms of a first name in Finnish and Swedish, in lower case."""
    low = name.casefold()
    stems = {low}
    if len(low) > 3 and low[-1] in _VOWELS:
        if low[-3:-1] in ("kk", "pp", "tt"):
            stems.add(low[:-2] + low[-1])
        if low[-2] == "t" and low[-3] in _VOWELS:
            stems.add(low[:-2] + "d" + low[-1])
        if low[-1] == "i":
            stems.add(low[:-1] + "e")
    elif low[-1:] not in _VOWELS and len(low) > 1:
        stems.add(low + "i")
        if low.endswith("s"):
            stems |= {low[:-1] + "kse", low[:-1] + low[-2:-1]}
        if low.endswith("nen"):
            stems.add(low[:-3] + "se")
    endings = {""} | {case + clitic for case in _CASES for clitic in _CLITICS} | set(_CLITICS)
    found = {stem + ending for stem in stems for ending in endings if stem == low or ending}
    # Into them: Pekkaan, Mattiin.
    found |= {stem + stem[-1] + "n" for stem in stems if stem[-1:] in _VOWELS}
    return frozenset(found)


def named_in(text: str, names: Iterable[str]) -> frozenset[str]:
    """Return those of the first names that a text holds, with a capital and in any inflection."""
    wanted = {name for name in names if len(name) > 1}
    found = set()
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper():
            continue
        low = word.casefold().replace("’", "'")
        bare = re.split(r"[:']", low, maxsplit=1)[0]
        first = _BEGINS.search(text[max(0, match.start() - 8) : match.start()]) is not None
        for name in wanted:
            if first and name.casefold() in _WORDS_TOO:
                continue
            if low in forms(name) or (bare != low and bare == name.casefold()):
                found.add(name)
    return frozenset(found)
