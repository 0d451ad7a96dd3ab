"""Splits a batch of texts into words and sentences, with offsets, in time linear in their length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Every alternative takes a whole run at once, so no pattern here can look at a character more than twice.
_TOKEN = re.compile(
    r"\w++(?:['’]\w++)?+|[!?]++|[:;=]['-]?[()dp/]|[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?"
)
_STOP = re.compile(r"[.!?…]++[\"')\]»”]*+(\s*+)|[\r\n]++\s*+")
_ABBREVIATIONS = frozenset(
    "esim mm ym yms jne klo kpl ks n noin nro puh s tai tms os eur ns so vrt t mr mrs ms dr st no vs etc e i a p "
    "bl ca dvs ex f fr k kr m o osv st tex tel u vs approx dept inc ltd co toim pv kk vk alv huom tri rva hra".split()
)
_ENDS_WORD = re.compile(r"\w+\Z")
LONGEST_WORD = 40


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


def tokenise(texts: Sequence[str]) -> Tokens:
    """Words and sentences of `texts`, in order."""
    text_starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=text_starts[1:])
    joined = "\n".join(texts) + "\n"
    low = "\n".join(map(lowered, texts)) + "\n"
    found = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(low)]
    words = [word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] for word, _, _ in found]
    word_starts = np.fromiter((start for _, start, _ in found), dtype=np.int64, count=len(found))
    word_ends = np.fromiter((end for _, _, end in found), dtype=np.int64, count=len(found))
    ends = [stop.end() for stop in _STOP.finditer(joined) if _ends_sentence(joined, stop)]
    starts = np.union1d(text_starts[:-1], np.asarray(ends, dtype=np.int64))
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
