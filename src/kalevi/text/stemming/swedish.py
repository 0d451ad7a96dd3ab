"""One coarse key per Swedish word, equal over its inflected forms."""

from kalevi.text.stemming.irregular import irregular_words

GROUPS = (
    "heterna heternas heten hetens heter arnas ornas ernas arna erna orna andet andets anden andens ande",
    "ningarna ningar ningen ningens ades ade des de dde tt at ats are aren arens ars ar er ers or ors ert",
    "en ens et ets an na nas as es s a e n t d i te ad",
)
ENDINGS = frozenset(ending for group in GROUPS for ending in group.split())
LONGEST = max(map(len, ENDINGS))
VOWELS = frozenset("aeiouyåäö")
IRREGULAR = irregular_words("sv")


def swedish_keys(word: str) -> tuple[str, ...]:
    """The key of a lower-case word."""
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    for length in range(min(LONGEST, len(word) - 3), 0, -1):
        if word[-length:] in ENDINGS and not VOWELS.isdisjoint(word[:-length]):
            word = word[:-length]
            break
    while len(word) > 3 and word[-1] in "aeiou":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "s":
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > 4 and word[-2:] in ("el", "er", "en"):
        word = word[:-2] + word[-1]
    return (word,)
