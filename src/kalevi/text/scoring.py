"""Adds up what the words of texts say for each output of the model. Exact sums, so batches never matter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cue_features import WordCues, features, total, word_cues
from kalevi.text.cues import LANGUAGES
from kalevi.text.lexicon import CUE_STEP, Lexicon
from kalevi.text.ngrams import pair_hashes
from kalevi.text.tokens import Ints, Tokens
from kalevi.text.weights_file import Weights
from kalevi.text.words import WordNumbers

Floats = NDArray[np.float64]
GENERAL_STEP = 64.0
GENERAL_LIMIT = 6.0
HOT_COLUMNS = slice(0, 3)
_SENTENCE_COLUMNS = [0, 1, 2, -1]


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of the texts of one language.

    `general` and `domain` are log odds, one row a text; `sentence_domain` the first three
    outputs (dream, problem, need) for each sentence.
    A dream, problem or need counts half by the whole text and half by the sentence that tells it most.
    `words_domain` says what each word adds, in the table's whole numbers over `lengths`, and `numbers`
    is the row of each word in the lexicon.
    """

    general: Floats
    domain: Floats
    sentence_general: Floats
    sentence_domain: Floats
    lengths: Floats
    sentence_lengths: Floats
    words_domain: NDArray[np.int16]
    numbers: Ints
    cues: WordCues
    sentence_features: NDArray[np.uint8]
    text_features: NDArray[np.uint8]


def _with_pairs(
    rows: NDArray[np.int16], table: NDArray[np.int8], pairs: NDArray[np.uint64], places: Ints
) -> NDArray[np.int16]:
    """The words' rows, and on each second word of a pair what the pair adds."""
    buckets = (pairs & np.uint64(len(table) - 1)).astype(np.int64)
    rows[places] += table.take(buckets, axis=0)
    return rows


def _lengths(summed: NDArray[np.int64]) -> Floats:
    return np.sqrt(np.maximum(summed[:, -1:], 1).astype(np.float64))


def _normalised(summed: NDArray[np.int64], step: Floats) -> Floats:
    """Sums divided by the square root of their last column."""
    divided: Floats = summed[:, :-1] * step / _lengths(summed)
    return divided


def dense(text_features: NDArray[np.uint8], general: Floats, highest: Floats, lowest: Floats) -> Floats:
    """Cue features and the general model's log odds as whole numbers, ready for an exact product."""
    odds = np.concatenate([general, highest, lowest], axis=1)
    steps = np.rint(np.clip(odds, -GENERAL_LIMIT, GENERAL_LIMIT) * (GENERAL_STEP / GENERAL_LIMIT))
    return np.concatenate([text_features * GENERAL_STEP, steps], axis=1)


class Scorer:
    """Scores tokenised texts of one language with one set of weights."""

    def __init__(self, weights: Weights, language: int, words: WordNumbers | None = None) -> None:
        self._name = LANGUAGES[language]
        self._weights = weights
        self._language = language
        self._words = words or WordNumbers()
        self.lexicon = Lexicon(weights, language, self._words)
        general = weights.settings["general"][self._name]
        self._general_bias = np.array(general["bias"])
        self.general_outputs: list[str] = general["outputs"]
        self._general_step = np.array(general["step"])
        domain = weights.settings.get("domain")
        if domain is not None:
            self.start = np.array(domain["bias"][self._name])
            self.domain_step = np.array(domain["step"][self._name])
            self.cue_weights = np.array(domain["weights"], dtype=np.float64)
            self.outputs: list[str] = domain["outputs"]
            self.polar = [general["outputs"].index(name) for name in ("negative", "positive")]
        self._has_domain = domain is not None

    def score(self, tokens: Tokens, words: Ints | None = None) -> Scored:
        """Log odds for every text and sentence of `tokens`; `words` are its words' numbers, where known."""
        numbers = self.lexicon.rows(self._words.of(tokens.words) if words is None else words)
        sentence = np.repeat(np.arange(len(tokens.sentence_words) - 1), np.diff(tokens.sentence_words))
        places = np.flatnonzero(sentence[1:] == sentence[:-1]) + 1
        hashes = self.lexicon.hashes.take(numbers)
        pairs = pair_hashes(hashes[places - 1], hashes[places])
        general_table = self._weights.general[self._language]
        domain_table = self._weights.domain[self._language]
        words_general = _with_pairs(self.lexicon.general.take(numbers, axis=0), general_table, pairs, places)
        words_domain = _with_pairs(self.lexicon.domain.take(numbers, axis=0), domain_table, pairs, places)
        found = word_cues(
            self.lexicon.bits.take(numbers, axis=0),
            self.lexicon.parts.take(numbers, axis=0),
            sentence,
            self._name,
        )
        sentence_features, text_features = features(found, tokens.sentence_words, tokens.text_sentences)
        bounds = tokens.text_sentences
        sums = total(words_general, tokens.sentence_words)
        sentence_general = _normalised(sums, self._general_step) + self._general_bias
        general = (
            _normalised(np.add.reduceat(sums, bounds[:-1], axis=0), self._general_step) + self._general_bias
        )
        domain, sentence_domain = np.zeros((len(general), 0)), np.zeros((len(sentence_general), 0))
        whole = total(words_domain, tokens.sentence_words[bounds])
        sums = total(np.ascontiguousarray(words_domain[:, _SENTENCE_COLUMNS]), tokens.sentence_words)
        if self._has_domain:
            polar = sentence_general[:, self.polar]
            highest = np.maximum.reduceat(polar, bounds[:-1], axis=0)
            lowest = np.minimum.reduceat(polar, bounds[:-1], axis=0)
            domain = self._domain(dense(text_features, general, highest, lowest), whole)
            inputs = dense(sentence_features, sentence_general, polar, polar)
            sentence_domain = self._domain(inputs, sums, HOT_COLUMNS)
            likeliest = np.maximum.reduceat(sentence_domain, bounds[:-1], axis=0)
            domain[:, HOT_COLUMNS] = (domain[:, HOT_COLUMNS] + likeliest) / 2
        return Scored(
            general, domain, sentence_general, sentence_domain, _lengths(whole)[:, 0], _lengths(sums)[:, 0],
            words_domain, numbers, found, sentence_features, text_features,
        )  # fmt: skip

    def _domain(self, inputs: Floats, sums: NDArray[np.int64], columns: slice = slice(None)) -> Floats:
        cue_part: Floats = (inputs @ self.cue_weights[:, columns]) / (GENERAL_STEP * CUE_STEP)
        odds: Floats = _normalised(sums, self.domain_step[columns]) + cue_part + self.start[columns]
        return odds
