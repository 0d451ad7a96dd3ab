"""One or two coarse keys per Finnish word, equal over its inflected forms.

Clitics, possessives and endings are stripped, then the last consonants are brought to their weak grade
(kauppa, kaupan -> kaup; katu, kadun -> kadu) and the endings of stems are levelled (-nen and -se-, -us and
-ukse-, -as and -aa-). Where a form does not tell its grade (maton of matto,
auton of auto) there are two keys.
"""

from kalevi.text.stemming.irregular import irregular_words

VOWELS = frozenset("aeiouyäöå")
FALLING = frozenset("aäeioöå")  # u and y stay through all forms of a word, so they stay in its key
STRONG, WEAK, CERTAINLY_WEAK = "strong", "weak", "certainly weak"

CLITICS = {"kin": 4, "kaan": 4, "kään": 4, "han": 5, "hän": 5, "ko": 5, "kö": 5, "pa": 5, "pä": 5}
POSSESSIVES = {"ni": 4, "si": 4, "nsa": 4, "nsä": 4, "mme": 4, "nne": 5}

# ending -> (shortest rest, grade of the rest)
ENDINGS: dict[str, tuple[int, str]] = {
    **dict.fromkeys(["ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi"], (3, WEAK)),
    **dict.fromkeys(
        ["ssaan", "ssään", "staan", "stään", "llaan", "llään", "ltaan", "ltään", "lleen"], (3, WEAK)
    ),
    **dict.fromkeys(["tta", "ttä"], (4, WEAK)),
    **dict.fromkeys(["n", "t"], (3, WEAK)),
    **dict.fromkeys(["jen", "seen", "siin", "hin"], (3, STRONG)),
    **dict.fromkeys(["na", "nä"], (4, STRONG)),
    **dict.fromkeys(["ita", "itä", "iden"], (3, WEAK)),
    **dict.fromkeys(["nut", "nyt", "nnut", "nnyt", "nneet"], (3, WEAK)),
    **dict.fromkeys(["neet", "hon", "hön"], (4, WEAK)),
    **dict.fromkeys(["ttu", "tty", "ttiin"], (3, WEAK)),
    **dict.fromkeys(["etaan", "etään"], (2, WEAK)),
    **dict.fromkeys(["taan", "tään", "tte", "sti"], (4, WEAK)),
    **dict.fromkeys(["sin", "sit", "simme", "sivat", "sivät"], (4, STRONG)),
    **dict.fromkeys(["isin", "isit", "isi", "isimme", "isivat", "isivät"], (3, STRONG)),
}
AFTER_VOWEL = frozenset(
    [
        "ksi",
        "na",
        "nä",
        "taan",
        "tään",
        "tte",
        "tta",
        "ttä",
        "sti",
        "sin",
        "sit",
        "simme",
        "si",
        "ni",
        "ita",
        "itä",
    ]
) | frozenset(["n", "t", "ssa", "ssä", "seen", "siin", "hin"])
LENGTHS = {
    letter: sorted({len(ending) for ending in ENDINGS if ending[-1] == letter}, reverse=True)
    for letter in {ending[-1] for ending in ENDINGS}
}

GEMINATES = ("kk", "pp", "tt")
GRADE_PAIRS = "kk:k pp:p tt:t nk:ng mp:mm nt:nn lt:ll rt:rr ht:hd hk:h lk:l rk:r lp:lv rp:rv"
WEAK_GRADE = dict(pair.split(":") for pair in GRADE_PAIRS.split())
SINGLE = {"k": "", "p": "v", "t": "d"}
LEVELLED = {"lj": "l", "rj": "r", "hj": "h", "ss": "s"}

IRREGULAR = irregular_words("fi")


def finnish_keys(word: str) -> tuple[str, ...]:
    """One or two keys of a lower-case word."""
    if len(word) < 3:
        return (word,)
    word = without_clitic(word)
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    keys: list[str] = []
    for stem, grade in stems(word):
        for key in keys_of_stem(stem, grade):
            if key not in keys:
                keys.append(key)
    return tuple(keys[:2])


def without_clitic(word: str) -> str:
    """The word without -kin, -kaan, -han, -ko or -pa."""
    if word[-1] not in "noöaä":
        return word
    for length in (4, 3, 2):
        ending = word[-length:]
        if ending not in CLITICS:
            continue
        rest = word[:-length]
        if len(rest) >= CLITICS[ending] and rest[-1] in "aeiouyäönts" and rest[-2:] != "ii":
            return word if rest[-1] == "n" and length == 4 else rest
    return word


def without_possessive(word: str) -> str:
    """The word without -ni, -si, -nsa, -mme or -nne."""
    for length in (3, 2):
        ending = word[-length:]
        if ending not in POSSESSIVES or len(word) - length < POSSESSIVES[ending]:
            continue
        if word[-length - 1] in VOWELS:
            return word[:-length]
    return word


def stems(word: str) -> list[tuple[str, str]]:
    """The stems that `word` may come from, each with the grade of its last consonants."""
    if word.endswith("nen") and len(word) > 4:
        return [(word[:-3] + "s", CERTAINLY_WEAK)]
    bare = without_possessive(word)
    found = without_ending(bare)
    if found:
        return found
    if bare != word:
        return [(bare, STRONG)]
    last = bare[-1]
    return [(bare, STRONG if (last in VOWELS and last != "e") or bare.endswith("ee") else CERTAINLY_WEAK)]


def without_ending(word: str) -> list[tuple[str, str]]:
    """The stems left when the longest fitting ending is taken off; none where no ending fits."""
    if word.endswith(("utta", "yttä")) and len(word) > 6:
        return [(word[:-3] + "s", CERTAINLY_WEAK)]
    if word.endswith("sten") and len(word) > 5:
        return [(word[:-3], CERTAINLY_WEAK)]
    if word.endswith(("oja", "öjä", "uja", "yjä", "eja", "ejä")) and len(word) > 5:
        return [(word[:-2], STRONG)]
    for length in LENGTHS.get(word[-1], ()):
        ending = word[-length:]
        if ending not in ENDINGS:
            continue
        shortest, grade = ENDINGS[ending]
        rest = word[:-length]
        if ending == "sti" and rest.endswith("po"):
            continue
        if len(rest) < shortest or (ending in AFTER_VOWEL and rest[-1] not in VOWELS):
            continue
        if ending in ("tta", "ttä") and rest[-1] == "e":
            grade = CERTAINLY_WEAK
        elif grade == WEAK and len(rest) > 2 and rest[-1] == rest[-2]:
            grade = STRONG
        found = [(rest, grade)]
        if ending in ("sta", "stä") and rest[-1] in "uyioö" and rest[-2:] not in ("oi", "öi", "ei"):
            return [(rest + "s", CERTAINLY_WEAK), (rest, CERTAINLY_WEAK)]
        if ending in ("lta", "ltä") and len(rest) == 3 and rest[-2] in VOWELS:
            found.append((rest + "l", CERTAINLY_WEAK))
        return found
    return partitive_or_infinitive(word)


def partitive_or_infinitive(word: str) -> list[tuple[str, str]]:
    """The stems of a word in -ta or -tä, and of a plural genitive in -ien."""
    if word[-2:] not in ("ta", "tä", "en"):
        return []
    rest = word[:-2]
    if word.endswith("en"):
        return [(rest, STRONG)] if rest.endswith("i") and len(rest) > 2 else []
    last = rest[-1]
    if last == "n" and len(rest) > 3:
        return [(rest[:-1] if len(rest) > 4 else rest, CERTAINLY_WEAK), (word, STRONG)]
    if last in "rs" and len(rest) > 3:
        return [(rest, CERTAINLY_WEAK)]
    if last in VOWELS and len(rest) > 3:
        return [(rest, WEAK)]
    return []


def keys_of_stem(stem: str, grade: str) -> list[str]:
    """The keys of a stem whose last consonants stand in `grade`."""
    if stem in IRREGULAR:
        return [IRREGULAR[stem]]
    if stem[-1] in "aä" and stem[:-1] in IRREGULAR:
        return [IRREGULAR[stem[:-1]]]
    body = stem.rstrip("aeiouyäöå")
    tail = stem[len(body) :]
    if not body:
        return [stem]
    weak = weakened(body, tail)
    if weak == body or (grade == CERTAINLY_WEAK and body[-2:] not in GEMINATES):
        return [levelled(body, tail)]
    if grade == WEAK and body[-2:] not in GEMINATES:
        return [levelled(body, tail), levelled(weak, tail)]
    return [levelled(weak, tail)]


def weakened(body: str, tail: str) -> str:
    """`body` (up to its last consonant) in the weak grade; `tail` is the vowels after it."""
    if len(body) < 2 or not tail:
        return body
    pair = body[-2:]
    if pair in WEAK_GRADE:
        return body[:-2] + WEAK_GRADE[pair]
    if pair[0] in VOWELS and pair[1] in SINGLE:
        if pair in ("uk", "yk") and tail[0] == pair[0] and len(body) == 3:
            return body[:-1] + "v"
        return body[:-1] + SINGLE[pair[1]]
    return body


def levelled(body: str, tail: str) -> str:
    """The key of a stem: final vowels off, alternating ends of stems made one."""
    stem = body + tail
    while len(stem) > 1 and stem[-1] in FALLING and (len(stem) > 3 or stem[-2] not in VOWELS):
        stem = stem[:-1]
    if len(stem) == 3 and stem[-1] in FALLING:
        return stem[:-1] + {"i": "e", "o": "a", "ö": "ä"}.get(stem[-1], stem[-1])
    if len(stem) < 3:
        return stem
    if stem[-2:] in ("uu", "yy") and len(stem) > 4:
        return stem[:-1]
    pair = stem[-2:]
    if pair == "ks":
        stem = stem[:-2] + "s"
    elif pair in ("ud", "yd") and len(stem) > 4:
        stem = stem[:-1] + "s"
    elif stem.endswith(("ttom", "ttöm")):
        stem = stem[:-3]
    elif pair in LEVELLED:
        stem = stem[:-2] + LEVELLED[pair]
    if stem[-1] in "mv" and len(stem) > 4 and stem[-2] in VOWELS:
        stem = stem[:-1]
        while len(stem) > 2 and stem[-1] in FALLING:
            stem = stem[:-1]
    elif stem.endswith(("as", "äs")) and len(stem) > 3 and stem[-3] not in VOWELS:
        stem = stem[:-2]
    return stem
