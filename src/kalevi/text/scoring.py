"""Adds up what the words of texts say for each output of the model. Exact sums, so batches never matter."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cue_features import Features, feature_names, features, word_cues
from kalevi.text.cues import LANGUAGES
from kalevi.text.lexicon import CUE_STEP, GENERAL_LIMIT, Lexicon
from kalevi.text.ngrams import Hashes, pair_hashes
from kalevi.text.segments import MANY, Ints, Segments
from kalevi.text.tokens import Tokens
from kalevi.text.weights_file import Weights
from kalevi.text.words import WordNumbers, buckets

Floats = NDArray[np.float64]
Sums = NDArray[np.int32] | NDArray[np.int64]
GENERAL_STEP = 64.0
BLOCK = 512
HOT_COLUMNS = slice(0, 3)
_SENTENCE_COLUMNS = [0, 1, 2, -1]


@dataclass(frozen=True, slots=True)
class Said:
    """What each word of some texts adds to the outputs, before it is divided by the length of its text.

    `rows` of `words`, in the whole numbers of `table`, and of `worth`, with what the general model hears, are
    the words'; `pairs` of `table` are what each adds together with the word before it, where `paired`.
    """

    words: NDArray[np.int16]
    worth: NDArray[np.float32]
    rows: Ints
    table: NDArray[np.int8]
    pairs: Ints
    paired: NDArray[np.bool_]

    def of(self, words: Ints, outputs: Ints, step: Floats) -> Floats:
        """What each of `words` is worth to the output beside it, `step` being what a whole number is."""
        # one flat look-up each: twice as fast as by row and column
        places = self.rows.take(words) * self.worth.shape[1] + outputs
        added: Floats = self.worth.ravel().take(places).astype(np.float64)
        by_pairs = self.table.ravel().take(self.pairs.take(words) * self.table.shape[1] + outputs)
        added += by_pairs * self.paired.take(words) * step.take(outputs)
        return added

    def all(self) -> Ints:
        """What every word adds to every output in whole numbers, and to its length."""
        added: Ints = self.words.take(self.rows, axis=0).astype(np.int64)
        added += self.table.take(self.pairs, axis=0) * self.paired[:, None]
        return added


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of the texts of one language.

    `general` and `domain` are log odds, one row a text; `sentence_domain` the first three
    outputs (dream, problem, need) for each sentence.
    A dream, problem or need counts half by the whole text and half by the sentence that tells it most.
    `said` is what each word adds, to be divided by `lengths` of texts or sentences; `kinds` is the kind of
    each word.
    """

    general: Floats
    domain: Floats
    sentence_general: Floats
    sentence_domain: Floats
    lengths: Floats
    sentence_lengths: Floats
    said: Said
    kinds: Ints
    features: Features

    @property
    def text_features(self) -> NDArray[np.uint8]:
        """The features of each text, as 0 and 1."""
        return self.features.texts


def _lengths(summed: Sums) -> Floats:
    return np.sqrt(np.maximum(summed[:, -1:], 1).astype(np.float64))


def _normalised(summed: Sums, step: Floats) -> Floats:
    """Sums divided by the square root of their last column."""
    divided: Floats = summed[:, :-1] * step / _lengths(summed)
    return divided


def _steps(general: Floats, highest: Floats, lowest: Floats) -> Floats:
    """The general model's log odds as whole numbers."""
    odds = np.concatenate([general, highest, lowest], axis=1)
    steps: Floats = np.rint(np.clip(odds, -GENERAL_LIMIT, GENERAL_LIMIT) * (GENERAL_STEP / GENERAL_LIMIT))
    return steps


def dense(text_features: NDArray[np.uint8], general: Floats, highest: Floats, lowest: Floats) -> Floats:
    """Cue features and the general model's log odds as whole numbers, ready for an exact product."""
    return np.concatenate([text_features * GENERAL_STEP, _steps(general, highest, lowest)], axis=1)


class Scorer:
    """Scores tokenised texts of one language with one set of weights."""

    def __init__(self, weights: Weights, language: int, words: WordNumbers | None = None) -> None:
        self._name = LANGUAGES[language]
        self._general_table = weights.general[language]
        self._domain_table = weights.domain[language]
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
            features = len(feature_names())
            self._cue_table = self.cue_weights[:features].astype(np.float32)
            if np.abs(self.cue_weights[:features]).sum(axis=0).max() >= 2**24:
                raise ValueError("cue weights too large for exact sums")
            self.outputs: list[str] = domain["outputs"]
            self.polar = [general["outputs"].index(name) for name in ("negative", "positive")]
        self._has_domain = domain is not None

    def score(self, tokens: Tokens, words: Ints | None = None) -> Scored:
        """Log odds for every text and sentence of `tokens`; `words` are its words' numbers, where known."""
        rows = self.lexicon.rows(self._words.of(tokens) if words is None else words)
        sentences = Segments(tokens.sentence_words[:-1], np.diff(tokens.sentence_words))
        pairs = self._pairs(rows)
        bounds = tokens.text_sentences
        # an adding up in 64 bits takes longer and is needed for very long letters alone
        kind = np.int64 if len(rows) > MANY else np.int32
        summed: Any = sentences.sums(self.lexicon.general, rows).astype(kind, copy=False)
        summed += sentences.sums(self._general_table, buckets(pairs, self._general_table), skip=1)
        sentence_general = _normalised(summed, self._general_step) + self._general_bias
        general = _normalised(_by_text(summed, bounds), self._general_step) + self._general_bias
        domain_pairs = buckets(pairs, self._domain_table)
        summed = sentences.sums(self.lexicon.domain, rows).astype(kind, copy=False)
        summed += sentences.sums(self._domain_table, domain_pairs, skip=1)
        whole, summed = _by_text(summed, bounds), np.ascontiguousarray(summed[:, _SENTENCE_COLUMNS])
        kinds = self.lexicon.kind_of.take(rows).astype(np.int64)
        found = word_cues(self.lexicon.kinds, kinds, tokens.sentence_words, self._name)
        cued = features(found, tokens.sentence_words, bounds)
        domain, sentence_domain = np.zeros((len(general), 0)), np.zeros((len(sentence_general), 0))
        if self._has_domain:
            polar = sentence_general[:, self.polar]
            highest = np.maximum.reduceat(polar, bounds[:-1], axis=0)
            lowest = np.minimum.reduceat(polar, bounds[:-1], axis=0)
            domain = self._domain(cued.texts, _steps(general, highest, lowest), whole)
            steps = _steps(sentence_general, polar, polar)
            sentence_domain = self._domain(cued.sentences, steps, summed, HOT_COLUMNS)
            likeliest = np.maximum.reduceat(sentence_domain, bounds[:-1], axis=0)
            domain[:, HOT_COLUMNS] = (domain[:, HOT_COLUMNS] + likeliest) / 2
        paired = np.ones(len(rows), dtype=bool)
        paired[_first_words(tokens)] = False
        said = Said(self.lexicon.domain, self.lexicon.worth, rows, self._domain_table, domain_pairs, paired)
        return Scored(
            general, domain, sentence_general, sentence_domain, _lengths(whole)[:, 0], _lengths(summed)[:, 0],
            said, kinds, cued,
        )  # fmt: skip

    def _pairs(self, rows: Ints) -> Hashes:
        """The hash of each word with the word before it; the first has none, and 0."""
        hashes = self.lexicon.hashes.take(rows)
        pairs = np.zeros_like(hashes)
        pairs[1:] = pair_hashes(hashes[:-1], hashes[1:])
        return pairs

    def told_general(self, tokens: Tokens) -> tuple[Floats, Floats]:
        """What each word adds to the general log odds of its text, then to those of its sentence.

        (words, general outputs) each.
        """
        rows = self.lexicon.rows(self._words.of(tokens))
        told = self.lexicon.general.take(rows, axis=0).astype(np.int64)
        pairs = self._general_table.take(buckets(self._pairs(rows), self._general_table), axis=0)
        pairs[_first_words(tokens)] = 0
        told += pairs
        found = []
        for bounds in (tokens.sentence_words[tokens.text_sentences], tokens.sentence_words):
            owner = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
            summed = np.zeros((len(bounds) - 1, told.shape[1]), dtype=np.int64)
            np.add.at(summed, owner, told)
            found.append(told[:, :-1] * self._general_step / _lengths(summed)[owner])
        return found[0], found[1]

    def _domain(
        self,
        cued: NDArray[np.uint8],
        steps: Floats,
        sums: Sums,
        columns: slice = slice(None),
    ) -> Floats:
        split = cued.shape[1]
        # single precision is exact for sums of so few and so small whole numbers, and twice as fast
        table = np.ascontiguousarray(self._cue_table[:, columns])
        blocks = [cued[row : row + BLOCK].astype(np.float32) @ table for row in range(0, len(cued), BLOCK)]
        said = np.concatenate(blocks or [np.zeros((0, table.shape[1]))]) * GENERAL_STEP
        said = said + steps @ self.cue_weights[split:, columns]
        cue_part: Floats = said / (GENERAL_STEP * CUE_STEP)
        odds: Floats = _normalised(sums, self.domain_step[columns]) + cue_part + self.start[columns]
        return odds


def _first_words(tokens: Tokens) -> Ints:
    """The first word of each sentence that has any: it makes no pair with the word before it."""
    first: Ints = tokens.sentence_words[:-1][np.diff(tokens.sentence_words) > 0]
    return first


def _by_text(sums: Sums, text_sentences: Ints) -> Sums:
    """The sums of texts, each of one sentence or more, from those of sentences."""
    whole: Sums = np.add.reduceat(sums, text_sentences[:-1], axis=0)
    return whole
