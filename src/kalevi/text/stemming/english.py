"""One coarse key per English word, equal over its inflected forms."""

from kalevi.text.stemming.irregular import irregular_words

ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "ely", "es", "ed", "er", "ly", "s", "y", "e")
VOWELS = frozenset("aeiouy")
IRREGULAR = irregular_words("en")


def english_keys(word: str) -> tuple[str, ...]:
    """The key of a lower-case word."""
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    if word.endswith("ss"):
        return (word[:-1],)
    for ending in ENDINGS:
        rest = word[: -len(ending)]
        if len(rest) >= 3 and word.endswith(ending) and not VOWELS.isdisjoint(rest):
            word = rest
            break
    if len(word) > 3 and word[-1] in "eiy":
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return (word,)
