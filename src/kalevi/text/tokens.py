"""Splits a batch of texts into words and sentences, with offsets, in time linear in their length."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kalevi.text.segments import Ints
from kalevi.text.sentences import sentence_ends
from kalevi.text.signs import (
    APOSTROPHES,
    KINDS,
    LETTER,
    PICTURE,
    QUOTE,
    Kinds,
    Points,
    Signs,
    found_signs,
    points_of,
    small_points,
    text_of,
)

LONGEST_WORD = 40
MOST_SENTENCES = 500


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and sentences of a batch. Offsets count in the texts joined by one character each.

    `points` are the characters in lower case. `text_starts` has one more entry than texts, `sentence_starts`
    and `sentence_ends` one a sentence; `text_sentences[i]:text_sentences[i + 1]` are the sentences of text i,
    and `sentence_words[s]:sentence_words[s + 1]` the words of sentence s. Every text has a sentence,
    an empty one if need be. `signs` tell what else stands where.
    """

    points: Points
    word_starts: Ints
    word_ends: Ints
    text_starts: Ints
    sentence_starts: Ints
    sentence_ends: Ints
    text_sentences: Ints
    sentence_words: Ints
    signs: Signs

    def only(self, chosen: NDArray[np.bool_]) -> "Tokens":
        """The same for the chosen texts alone; `text_starts` then has no last entry."""
        sentences = np.repeat(chosen, np.diff(self.text_sentences))
        counts = np.diff(self.sentence_words)
        words = np.repeat(sentences, counts)
        return Tokens(
            self.points,
            self.word_starts[words],
            self.word_ends[words],
            self.text_starts[:-1][chosen],
            self.sentence_starts[sentences],
            self.sentence_ends[sentences],
            np.append(0, np.cumsum(np.diff(self.text_sentences)[chosen])),
            np.append(0, np.cumsum(counts[sentences])),
            Signs(self.signs.words[words], self.signs.texts[chosen]),
        )

    @property
    def words(self) -> list[str]:
        """All words, in lower case."""
        return self.words_at(np.arange(len(self.word_starts)))

    def words_at(self, places: Ints) -> list[str]:
        """Some words, in lower case, each of at most LONGEST_WORD characters."""
        starts = self.word_starts[places]
        lengths = np.minimum(self.word_ends[places] - starts, LONGEST_WORD)
        # one text of all of them with a blank after each, split: much faster than word by word
        shift = np.arange(len(places)) + np.cumsum(lengths) - lengths
        into = np.arange(int(lengths.sum())) + np.repeat(np.arange(len(places)), lengths)
        points = np.full(len(into) + len(places), 32, dtype=np.uint32)
        points[into] = self.points.take(into + np.repeat(starts - shift, lengths))
        return text_of(points).split()


_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def lowered(text: str) -> str:
    """The text in lower case, of the same length, so that offsets stay true; any apostrophe as "'"."""
    text = text.translate(_APOSTROPHES)
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


_COLON, _HYPHEN, _EQUALS = ord(":"), ord("-"), ord("=")
_AT = ord("@")
_OPENING, _CLOSING, _SLASH, _TEAR = ord("("), ord(")"), ord("/"), ord("'")
_LAUGHS = (ord("d"), ord("p"))
LONGEST_LAUGH = 12


def _word_bounds(points: Points) -> tuple[Ints, Ints, Kinds]:
    """Where words, runs of "!" and "?", single pictures and faces such as ":)" start and end in a text.

    The text ends with a line break. The third is what each character is.
    """
    kinds = KINDS.take(points, mode="clip")
    high = np.flatnonzero(points > 65535)
    if len(high):
        far = points[high]
        picture = (far >= 0x1F300) & (far <= 0x1FAFF) & ~((far >= 0x1F3FB) & (far <= 0x1F3FF))
        kinds[high] = np.where(picture, PICTURE, np.where(far >= 0x1F000, 0, LETTER))
    quotes = np.flatnonzero(kinds == QUOTE)
    inner = quotes[(kinds[quotes - 1] == LETTER) & (kinds[quotes + 1] == LETTER)]
    kinds[quotes] = 0
    kinds[inner] = LETTER
    changes = np.empty(len(kinds), dtype=bool)
    changes[:1] = kinds[:1] > 0
    np.not_equal(kinds[1:], kinds[:-1], out=changes[1:])
    pictures = np.flatnonzero(kinds == PICTURE)
    changes[pictures] = changes[pictures + 1] = True
    inside = kinds > 0
    starts, ends = np.flatnonzero(changes & inside), np.flatnonzero(changes[1:] & inside[:-1]) + 1
    # A name one is called by ("@trygghansa") tells nothing: no "trygg" is felt in it.
    named = (points[starts - 1] == _AT) & (starts > 0)
    if named.any():
        starts, ends = starts[~named], ends[~named]
    eyes = np.flatnonzero((points == _COLON) | (points == _COLON + 1) | (points == _EQUALS))
    eyes = eyes[eyes < len(points) - 2]
    if len(eyes):
        starts, ends = _with_faces(starts, ends, points, kinds, eyes)
    return starts, ends, kinds


def _with_faces(starts: Ints, ends: Ints, points: Points, kinds: Kinds, eyes: Ints) -> tuple[Ints, Ints]:
    """The words with faces among them, of those that may be the `eyes` of one.

    ":)", ":-(" and ":'(" always are; ":/" where no address goes on. A laugh such as ":D" or ":ppp", of
    up to LONGEST_LAUGH letters, is one with its first letter, and takes the place of the word they would be.
    """
    nosed = (points[eyes + 1] == _HYPHEN) | (points[eyes + 1] == _TEAR)
    mouths = eyes + np.where(nosed, 2, 1)
    mouth, after = points.take(mouths, mode="clip"), mouths + 1
    # "kiva:D" has a face, "12:d" and "?q=d" have none
    digit = (points[eyes - 1] >= ord("0")) & (points[eyes - 1] <= ord("9"))
    free = ~digit & ((points[eyes] == _COLON) | (kinds[eyes - 1] != LETTER))
    open_end = (kinds.take(after, mode="clip") != LETTER) & (points.take(after, mode="clip") != _SLASH)
    round_mouth = (mouth == _OPENING) | (mouth == _CLOSING)
    faces = round_mouth | ((mouth == _SLASH) & free & open_end)
    places = np.searchsorted(starts, mouths)
    laughing = ((mouth == _LAUGHS[0]) | (mouth == _LAUGHS[1])) & free
    laughing[laughing] = _one_letter(points, kinds, mouths[laughing])
    starts[places[laughing]], ends[places[laughing]] = eyes[laughing], after[laughing]
    starts = np.concatenate([starts, eyes[faces]])
    order = np.argsort(starts, kind="stable")
    return starts[order], np.concatenate([ends, after[faces]])[order]


def _one_letter(points: Points, kinds: Kinds, starts: Ints) -> NDArray[np.bool_]:
    """Whether each word is of one letter, said once or, up to LONGEST_LAUGH times, again."""
    same, going = np.ones(len(starts), dtype=bool), np.ones(len(starts), dtype=bool)
    for step in range(1, LONGEST_LAUGH + 1):
        going &= kinds.take(starts + step, mode="clip") == LETTER
        same &= ~going | (points.take(starts + step, mode="clip") == points[starts])
    return same & ~going


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
    points = points_of(joined)
    low = small_points(points)
    if low is None:
        low = points_of("\n".join(map(lowered, texts)) + "\n")
    word_starts, word_ends, kinds = _word_bounds(low)
    ends = sentence_ends(points, low, word_starts, word_ends)
    # not np.union1d, which loads masked arrays: a quarter of a second
    starts = np.sort(np.append(text_starts[:-1], _thinned(ends, text_starts)))
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
        low,
        word_starts,
        word_ends,
        text_starts,
        starts[keep],
        np.minimum(bounds[1:][keep], text_starts[kept_text_of + 1] - 1),
        np.searchsorted(kept_text_of, np.arange(len(texts) + 1)),
        sentence_words,
        found_signs(points, kinds, text_starts, word_starts),
    )
