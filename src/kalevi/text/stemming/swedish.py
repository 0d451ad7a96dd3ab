"""One coarse key per Swedish word, equal over its inflected forms.

Nouns in -ning and -ion are led back to their bare form first: "beställningarna" and "beställning" meet, and
where enough is left before -ning so does the verb, "beställa"; "tidning" stays apart from "tid".
"""

import re

from kalevi.text.stemming.irregular import irregular_words

GROUPS = (
    "heterna heternas heten hetens heter arnas ornas ernas arna erna orna enas ena",
    "andet andets anden andens ande ades ade des de dde tt at ats are aren arens ars ar er ers or ors ert",
    "en ens et ets an as es s a e n t i te ad",
)
ENDINGS = frozenset(ending for group in GROUPS for ending in group.split())
LONGEST = max(map(len, ENDINGS))
VOWELS = frozenset("aeiouyåäö")
NOUN = re.compile(r"(.{2,})(ning|ering|ion)(?:s|ens?|ar|ars|arnas?|er|ers|ernas?)?")
VERB_LEFT = 5  # letters before -ning that are surely a verb's
# An e that comes and goes: lager and lagret, vatten and vattnet.
FLEETING = ("tr", "dr", "br", "kr", "gr", "fr", "tn", "pn", "ckn")
IRREGULAR = irregular_words("sv")
INS = ("ti", "ri", "gi")
# To be, and goods.
TWO = {"vara": ("vara", "var")}


def swedish_keys(word: str) -> tuple[str, ...]:
    """The key of a lower-case word, or two where it may be two words."""
    if word in TWO:
        return TWO[word]
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    if noun := NOUN.fullmatch(word):
        rest, kind = noun.groups()
        if kind == "ering" and len(rest) > 2:
            return (f"{rest}er",)
        if kind == "ning" and len(rest) >= VERB_LEFT:
            return (_levelled(rest),)
        if kind != "ering":
            return (rest + kind,)
    return (_levelled(_without_ending(word)),)


def _without_ending(word: str) -> str:
    for length in range(min(LONGEST, len(word) - 3), 0, -1):
        ending, rest = word[-length:], word[:-length]
        if ending not in ENDINGS or VOWELS.isdisjoint(rest):
            continue
        # A bare n is the article of varan, nyckeln, garantin; it is the word's own in kran and maskin.
        if ending == "n" and (len(rest) < 4 or (rest[-1] not in "aeouylr" and rest[-2:] not in INS)):
            continue
        return rest
    return word


def _levelled(word: str) -> str:
    while len(word) > 3 and word[-1] in "aeiou":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "s":
        word = word[:-1]
    if len(word) > 3 and word.endswith(FLEETING):
        word = word[:-1]
    if len(word) > 3 and word[-1] == "t" and word[-2] not in VOWELS:
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 4 and word.endswith("tor"):
        word = word[:-2]
    if len(word) > 4 and word[-2:] in ("el", "er", "en"):
        word = word[:-2] + word[-1]
    return word
