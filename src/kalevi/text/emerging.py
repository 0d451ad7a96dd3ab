"""New themes in a stream of words: what is spoken of more than before, named by its most telling phrases.

Words are brought to the keys of their stems, so that inflected forms count together; a phrase is one key or
two that stand side by side. What points to a person is left out. The same texts always give the same themes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log, sqrt

from kalevi.text.cues import LANGUAGES
from kalevi.text.ngrams import character_hashes
from kalevi.text.reading import Span
from kalevi.text.stems import lowered, word_keys
from kalevi.text.weights_file import Weights, load
from kalevi.text.words import buckets

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SURE = 3.9  # standard deviations, since thousands of phrases are looked at
SHOWN = 1.96  # standard errors of the interval
GROWN = 1.5
FEWEST = 4
ALIKE = 0.5
EVERYDAY = 0.04
COMMON = 45  # squared inverse document frequency
SHORTEST, LONGEST = 3, 40
PHRASES, EXAMPLES = 3, 3
MOST_TERMS = 300

Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of somebody in fi, sv or en (else und), and where in them stands what points to a person."""

    text: str
    language: str
    hidden: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Emerging:
    """A theme that has grown: its telling phrases as people write them, the most telling first.

    `texts` of the window speak of it and `before` of the reference. `growth` is the ratio of its shares, with
    its 95% interval `low` to `high` (of log ratios, half a text added to both). `examples` are places in the
    window, the most telling first.
    """

    phrases: tuple[str, ...]
    texts: int
    before: int
    growth: float
    low: float
    high: float
    examples: tuple[int, ...]


def emerging(window: Sequence[Said], reference: Sequence[Said], most: int = 5) -> list[Emerging]:
    """The themes of `window` that have grown against `reference`, those that grew most surely first.

    A text said many times over counts once. A phrase counts when at least FEWEST texts hold it and its share
    has grown more than GROWN-fold, surely (SURE standard deviations); phrases whose texts are mostly the same
    are one theme. Time is linear in the words.
    """
    found, shown = _terms(window)
    known, _ = _terms(reference)
    totals = len(set(map(_same, window))), len(set(map(_same, reference)))
    grown = _grown(found, known, shown, totals)
    themes: list[list[Term]] = []
    held: list[set[int]] = []
    for term in grown:
        texts = found[term]
        for theme, these in zip(themes, held, strict=True):
            if len(texts & these) >= ALIKE * min(len(texts), len(these)):
                theme.append(term)
                break
        else:
            themes.append([term])
            held.append(set(texts))
    return [_theme(theme, found, known, shown, totals) for theme in themes[:most]]


def _same(said: Said) -> str:
    return " ".join(WORD.findall(said.text.lower()))


def _terms(texts: Sequence[Said]) -> tuple[dict[Term, set[int]], dict[Term, Counter[str]]]:
    """The places of the texts that hold each phrase, equal texts once; and how the phrase is written."""
    found: dict[Term, set[int]] = {}
    shown: dict[Term, Counter[str]] = {}
    seen: set[str] = set()
    for place, said in enumerate(texts):
        if (same := _same(said)) in seen:
            continue
        seen.add(same)
        before: tuple[int, str, str] | None = None
        for start, word, key in _keys(said):
            terms: list[tuple[Term, str]] = [((said.language, key), word)]
            if before and said.text[before[0] : start].isspace():
                terms.append(((said.language, before[2], key), f"{before[1]} {word}"))
            before = start + len(word), word, key
            for term, written in terms:
                found.setdefault(term, set()).add(place)
                shown.setdefault(term, Counter())[written] += 1
    return found, shown


def _keys(said: Said) -> Iterable[tuple[int, str, str]]:
    """(start, word in small letters, key) of every word that points to nobody."""
    hidden = sorted(said.hidden)
    for match in WORD.finditer(said.text):
        start, end = match.span()
        if any(first < end and start < last for first, last in hidden):
            continue
        word = lowered(match[0])
        keys = word_keys(word, said.language if said.language in LANGUAGES else "und")
        if keys and len(word) <= LONGEST and said.text[max(0, start - 1) : start] not in ("@", "#", "/"):
            yield start, word, keys[0]


def _grown(
    found: dict[Term, set[int]],
    known: dict[Term, set[int]],
    shown: dict[Term, Counter[str]],
    totals: tuple[int, int],
) -> list[Term]:
    """The phrases that have grown surely, the surest and most spoken of first."""
    grown = []

    def everyday(word: Term) -> bool:
        written = max(shown[word].items(), key=lambda one: (one[1], one[0]))[0]
        return len(known[word]) > EVERYDAY * totals[1] or _is_common(written, word[0])

    for term, texts in found.items():
        if len(texts) < FEWEST or (len(term) == 2 and len(term[1]) < SHORTEST):
            continue
        if all((term[0], key) in known and everyday((term[0], key)) for key in term[1:]):
            continue  # words that everybody uses say nothing, however often they come
        counts = len(texts), len(known.get(term, ()))
        if (surely := _surely(*counts, totals)) > SURE and _ratio(*counts, totals)[0] > log(GROWN):
            grown.append((term, surely))
    grown.sort(key=lambda one: (-one[1], one[0]))
    return [term for term, _surely in grown[:MOST_TERMS]]


@cache
def _tables() -> Weights:
    return load()


def _is_common(word: str, language: str) -> bool:
    """Whether a word stands in so many texts that the model was taught with that it tells nothing."""
    if language not in LANGUAGES:
        return False
    table = _tables().general[LANGUAGES.index(language)]
    hashes, _ = character_hashes([word[:LONGEST]])
    square = int(table[buckets(hashes[:1], table)[0], -1])  # the first hash is of the whole word
    return 0 < square < COMMON


def _surely(now: int, before: int, totals: tuple[int, int]) -> float:
    """How many standard deviations a share has grown: the root of Dunning's log-likelihood ratio (1993).

    It holds for small counts too, where a standard error of the ratio is far too wide.
    """
    share = (now + before) / sum(totals)
    grown = 0.0
    for count, total in zip((now, before), totals, strict=True):
        for part, expected in ((count, share * total), (total - count, (1 - share) * total)):
            grown += part * log(part / expected) if part else 0.0
    return sqrt(max(2 * grown, 0.0)) if now * totals[1] > before * totals[0] else 0.0


def _ratio(now: int, before: int, totals: tuple[int, int]) -> tuple[float, float]:
    """The log of the ratio of two shares and its standard error: Walter's, half a text added to both."""
    a, b, n, m = now + 0.5, before + 0.5, totals[0] + 0.5, totals[1] + 0.5
    return log(a / n) - log(b / m), sqrt(max(1 / a - 1 / n + 1 / b - 1 / m, 0.0))


def _theme(
    terms: Sequence[Term],
    found: dict[Term, set[int]],
    known: dict[Term, set[int]],
    shown: dict[Term, Counter[str]],
    totals: tuple[int, int],
) -> Emerging:
    chosen = _telling(terms, found)
    texts = set().union(*(found[term] for term in chosen))
    before = set().union(*(known.get(term, set()) for term in chosen))
    ratio, error = _ratio(len(texts), len(before), totals)
    many = Counter(place for term in terms for place in found[term])
    examples = sorted(texts, key=lambda place: (-many[place], place))[:EXAMPLES]
    low, high = (round(exp(ratio + side * SHOWN * error), 2) for side in (-1, 1))
    phrases = tuple(min(shown[term].items(), key=lambda one: (-one[1], one[0]))[0] for term in chosen)
    return Emerging(phrases, len(texts), len(before), round(exp(ratio), 2), low, high, tuple(examples))


def _telling(terms: Sequence[Term], found: dict[Term, set[int]]) -> list[Term]:
    """Up to PHRASES phrases that share no word; a pair in the place of its word when most hold it."""
    chosen: list[Term] = []
    used: set[str] = set()
    for term in terms:
        keys = set(term[1:])
        if used & keys:
            continue
        pairs = [one for one in terms if len(one) == 3 and keys < set(one[1:]) and not used & set(one[1:])]
        best = max(pairs, key=lambda one: (len(found[one]), one), default=None)
        if best is not None and len(found[best]) >= 0.6 * len(found[term]):
            term = best
        chosen.append(term)
        used |= set(term[1:])
        if len(chosen) == PHRASES:
            break
    return chosen
