"""Splits a batch of texts into words and sentences, with offsets, in time linear in their length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_STOP = re.compile(r"[.!?…]++[\"')\]»”]*+(\s*+)|[\r\n]++\s*+")
_FINNISH = (
    "esim mm ym yms jne klo kpl ks n noin nro puh s tai tms os eur ns so vrt t pv kk vk alv huom tri rva hra"
)
_OTHER = "bl ca dvs ex f fr k kr m o osv st tex tel u vs mr mrs ms dr no etc e i a p approx dept inc ltd co"
_ABBREVIATIONS = frozenset((*_FINNISH.split(), *_OTHER.split()))
_ENDS_WORD = re.compile(r"\w+\Z")
LONGEST_WORD = 40
MOST_SENTENCES = 500


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and sentences of a batch. Offsets count in the texts joined by one character each.

    `text_starts` has one more entry than texts, `sentence_starts` and `sentence_ends` one a sentence;
    `text_sentences[i]:text_sentences[i + 1]` are the sentences of text i, and
    `sentence_words[s]:sentence_words[s + 1]` the words of sentence s. Every text has a sentence,
    an empty one if need be.
    """

    words: list[str]
    word_starts: Ints
    word_ends: Ints
    text_starts: Ints
    sentence_starts: Ints
    sentence_ends: Ints
    text_sentences: Ints
    sentence_words: Ints

    def only(self, chosen: NDArray[np.bool_]) -> "Tokens":
        """The same for the chosen texts alone; `text_starts` then has no last entry."""
        sentences = np.repeat(chosen, np.diff(self.text_sentences))
        counts = np.diff(self.sentence_words)
        words = np.repeat(sentences, counts)
        return Tokens(
            list(compress(self.words, words.tolist())),
            self.word_starts[words],
            self.word_ends[words],
            self.text_starts[:-1][chosen],
            self.sentence_starts[sentences],
            self.sentence_ends[sentences],
            np.append(0, np.cumsum(np.diff(self.text_sentences)[chosen])),
            np.append(0, np.cumsum(counts[sentences])),
        )


def lowered(text: str) -> str:
    """The text in lower case, of the same length, so that offsets stay true."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _ends_sentence(joined: str, stop: re.Match[str]) -> bool:
    if stop.group(1) is None:
        return True
    start, end = stop.span()
    if end == len(joined):
        return True
    if not stop.group(1):
        # "viikkoa.Kokemukseni": a sentence that ends without a space
        return (
            joined[start] != "…"
            and end - start == 1
            and joined[end].isupper()
            and joined[max(0, start - 3) : start].islower()
            and joined[max(0, start - 3) : start].isalpha()
        )
    if joined[start] != "." or end - start - len(stop.group(1)) > 1:
        return True
    before = _ENDS_WORD.search(joined, max(0, start - 12), start)
    if before is None:
        return True
    word = before.group().lower()
    if word.isdigit():
        return joined[end].isupper()
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _kinds() -> NDArray[np.uint8]:
    """What each of the first 65,536 characters is: part of a word, "!" or "?", a picture, a quote."""
    kinds = np.zeros(65536, dtype=np.uint8)
    kinds[[code for code in range(65536) if chr(code).isalnum() or code == 95]] = _LETTER
    kinds[0x300:0x370] = _LETTER  # accents written after their letter
    kinds[0x2600:0x27C0] = _PICTURE
    kinds[[ord("!"), ord("?")]] = _MARK
    kinds[[ord("'"), ord("’")]] = _QUOTE
    return kinds


_LETTER, _MARK, _PICTURE, _QUOTE = 1, 2, 3, 4
_KINDS = _kinds()
_MOUTHS, _EYES = np.array([ord("("), ord(")")]), np.array([ord(":"), ord(";"), ord("=")])


def _word_bounds(low: str) -> tuple[Ints, Ints]:
    """Where words, runs of "!" and "?", single pictures and faces such as ":)" start and end in `low`."""
    points = np.frombuffer(low.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _KINDS[np.minimum(points, 65535)]
    high = np.flatnonzero(points > 65535)
    if len(high):
        far = points[high]
        picture = (far >= 0x1F300) & (far <= 0x1FAFF) & ~((far >= 0x1F3FB) & (far <= 0x1F3FF))
        kinds[high] = np.where(picture, _PICTURE, np.where(far >= 0x1F000, 0, _LETTER))
    quotes = np.flatnonzero(kinds == _QUOTE)
    quotes = quotes[(quotes > 0) & (quotes < len(kinds) - 1)]
    inner = (kinds[quotes - 1] == _LETTER) & (kinds[quotes + 1] == _LETTER)
    kinds[kinds == _QUOTE] = 0
    kinds[quotes[inner]] = _LETTER
    eyes = np.flatnonzero(np.isin(points[:-2], _EYES) & (kinds[:-2] == 0)) if len(points) > 2 else quotes[:0]
    before = np.concatenate([[0], kinds[:-1]])
    starts = np.flatnonzero((kinds > 0) & ((kinds != before) | (kinds == _PICTURE)))
    after = np.concatenate([kinds[1:], [0]])
    ends = np.flatnonzero((kinds > 0) & ((kinds != after) | (kinds == _PICTURE))) + 1
    if len(eyes):
        mouths = eyes + np.where(points[eyes + 1] == ord("-"), 2, 1)
        faces = np.isin(points[mouths], _MOUTHS)
        starts = np.concatenate([starts, eyes[faces]])
        order = np.argsort(starts, kind="stable")
        ends = np.concatenate([ends, mouths[faces] + 1])[order]
        starts = starts[order]
    return starts.astype(np.int64), ends.astype(np.int64)


def _thinned(ends: Ints, text_starts: Ints) -> Ints:
    """The ends of sentences, fewer where a text has very many: each sentence costs memory."""
    owner = np.searchsorted(text_starts, ends, side="right") - 1
    first = np.searchsorted(owner, owner)
    every = 1 + np.bincount(owner, minlength=1)[owner] // MOST_SENTENCES if len(ends) else owner
    thinned: Ints = ends[(np.arange(len(ends)) - first) % every == 0]
    return thinned


def tokenise(texts: Sequence[str]) -> Tokens:
    """Words and sentences of `texts`, in order."""
    text_starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=text_starts[1:])
    joined = "\n".join(texts) + "\n"
    low = "\n".join(map(lowered, texts)) + "\n"
    word_starts, word_ends = _word_bounds(low)
    stops = np.minimum(word_ends, word_starts + LONGEST_WORD)
    words = [low[start:stop] for start, stop in zip(word_starts.tolist(), stops.tolist(), strict=True)]
    ends = [stop.end() for stop in _STOP.finditer(joined) if _ends_sentence(joined, stop)]
    # not np.union1d, which loads masked arrays: a quarter of a second
    starts = np.sort(np.append(text_starts[:-1], _thinned(np.asarray(ends, dtype=np.int64), text_starts)))
    starts = starts[np.append(True, starts[1:] != starts[:-1])] if len(starts) else starts
    starts = starts[starts < len(joined)]
    bounds = np.append(starts, len(joined))
    counts = np.searchsorted(word_starts, bounds)
    # Pieces without a word ("...", blank lines) join no sentence unless their text has no other.
    first_of_text = np.zeros(len(starts), dtype=bool)
    first_of_text[np.searchsorted(starts, text_starts[:-1])] = True
    filled = np.diff(counts) > 0
    # an empty first piece is dropped when a later piece of the same text has words
    text_of = np.searchsorted(text_starts, starts, side="right") - 1
    texts_with_words = np.zeros(len(texts), dtype=bool)
    texts_with_words[text_of[filled]] = True
    keep = filled | (first_of_text & ~texts_with_words[text_of])
    sentence_words = np.append(counts[:-1][keep], counts[-1]).astype(np.int64)
    kept_text_of = text_of[keep]
    return Tokens(
        words,
        word_starts,
        word_ends,
        text_starts,
        starts[keep],
        np.minimum(bounds[1:][keep], text_starts[kept_text_of + 1] - 1),
        np.searchsorted(kept_text_of, np.arange(len(texts) + 1)),
        sentence_words,
    )
