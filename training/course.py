"""What the comments' outputs are learnt from, and learning them from any part of it."""

import hashlib
from dataclasses import replace

import numpy as np
from scipy import sparse

from kalevi.text.cues import LANGUAGES
from kalevi.text.scoring import Scorer
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import HOT_KINDS
from kalevi.text.weights_file import Weights
from training import domain, logistic
from training.corpora import PHRASES, Comment

FOLDS = 3
# Long letters are few among the labels: several comments of one mood, joined, stand for them.
JOINED, LONG = 6, 50
# Sentiment is learnt from such letters too, of two to four comments, or a long complaint sounds like praise;
# and dreams, problems and needs, for less each, or long praise sounds like a problem.
LETTER, LETTER_WEIGHT = (2, 5), 0.5
# Comments told plainly, as most customers tell them, count twice; those are in files named so.
PLAIN, PLAIN_WEIGHT = "own-plain-", 2.0
# The two readings of the older of those agree too little on these feelings (κ 0.50 and 0.37; of the newest
# 0.80 and 0.96), so these are learnt from the others.
DOUBTED, AGREED = ("anger", "anticipation"), "-d"
# The others are told more finely than customers tell. Of problems and moods they teach less for it.
FINE_WEIGHT, FINELY = 0.35, ("problem", *domain.SENTIMENTS)
# Short everyday phrases are labelled with these alone. Most are learnt from twice, exclaimed once.
PHRASE_WEIGHT, OF_PHRASES = 0.25, (*HOT_KINDS, *domain.SENTIMENTS)
# With what stands in these files, needs and dreams in real messages were found no better or worse.
UNTAUGHT = ("need", "dream")
UNASKED = ("own-plain-fi-d", "own-plain-sv-d", "own-plain-en-d", "corpus-en-b", "corpus-en-c", PHRASES)
SENTENCE_WEIGHT = 0.3
UNSURE = -1.0
CORPUS_WEIGHT = 0.6
HOT = slice(0, len(HOT_KINDS))
MOODS = slice(len(HOT_KINDS), len(HOT_KINDS) + len(domain.SENTIMENTS))
MIX = domain.Mix(cues=0.5, words=2.5, strength=0.4)


class Course:
    """Everything that the comments' outputs are learnt from, so that it can be learnt on any part of them."""

    def __init__(self, weights: Weights, chosen: list[Comment], base: domain.Ground) -> None:
        self.weights, self.chosen, self.base = weights, chosen, base
        self.found = domain.inputs([c.text for c in chosen], [c.language for c in chosen], weights, base)
        self.matrix = domain.design(self.found, MIX)
        self.truth = np.array([[domain.truth_of(c, output) for output in domain.OUTPUTS] for c in chosen])
        self.own = np.array([c.own for c in chosen])
        self.weight = np.where(self.own, 1.0, CORPUS_WEIGHT)
        self.plain = np.array([c.id.startswith(PLAIN) for c in chosen])
        self.doubted = self.plain & ~np.array([c.source.endswith(AGREED) for c in chosen])
        self.weight[self.plain] *= PLAIN_WEIGHT
        self.weight[[c.source.startswith(PHRASES) for c in chosen]] = PHRASE_WEIGHT
        self.counted = self.weight[:, None] * self.shares()
        self.fold = np.array(
            [int(hashlib.sha256(c.text.encode("utf-8", "replace")).hexdigest(), 16) % FOLDS for c in chosen]
        )
        sentences: list[str] = []
        owners: list[int] = []
        for number, comment in enumerate(chosen):
            for sentence in sentences_of(comment.text):
                sentences.append(sentence)
                owners.append(number)
        self.owner = np.array(owners)
        languages = [chosen[owner].language for owner in owners]
        self.sentences = domain.design(domain.inputs(sentences, languages, weights, base), MIX)
        joined = self.joined()
        self.letter_fold = np.array([self.fold[places[0]] for places in joined])
        self.letter_truth = np.array([self.truth[places].any(axis=0) for places in joined])
        texts = [" ".join(chosen[i].text for i in places) for places in joined]
        languages = [chosen[places[0]].language for places in joined]
        self.letters_matrix = domain.design(domain.inputs(texts, languages, weights, base), MIX)
        self.rows = logistic.Rows(sparse.vstack([self.matrix, self.letters_matrix]).tocsr())

    def shares(self) -> np.ndarray:
        """How much of a comment's weight each of its outputs has: (comments, outputs)."""
        phrase, unasked = (
            np.array([comment.source.startswith(files) for comment in self.chosen])
            for files in (PHRASES, UNASKED)
        )
        shares = np.ones(self.truth.shape)
        for column, output in enumerate(domain.OUTPUTS):
            if output in DOUBTED:
                shares[self.doubted, column] = 0.0
            if output in FINELY:
                shares[self.own & ~self.plain, column] = FINE_WEIGHT
            if output in UNTAUGHT:
                shares[unasked, column] = 0.0
            if output not in OF_PHRASES:
                shares[phrase, column] = 0.0
        return shares

    def joined(self) -> list[np.ndarray]:
        """Which of our own comments make up each letter: of one language, mood and fold, half as many."""
        chance = np.random.default_rng(1)
        letters = []
        for fold in range(FOLDS):
            for language in range(len(LANGUAGES)):
                for mood in domain.SENTIMENTS:
                    here = self.own & (self.fold == fold) & (self.found.language == language)
                    some = np.flatnonzero(here & self.truth[:, domain.OUTPUTS.index(mood)])
                    if len(some) >= LETTER[1]:
                        sizes = chance.integers(*LETTER, size=len(some) // 2)
                        letters += [chance.choice(some, size, replace=False) for size in sizes]
        return letters

    def learn(self, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients and biases from the comments in `kept` (a mask of whole folds).

        Dreams, problems and needs are then learnt once more from sentences: every sentence of a comment
        without one is an example against, the likeliest sentence of a comment with one an example for.
        """
        letters = np.isin(self.letter_fold, self.fold[kept])
        letter_weight = np.zeros((letters.sum(), self.truth.shape[1]))
        letter_weight[:, MOODS], letter_weight[:, HOT] = 1.0, LETTER_WEIGHT
        coefficients, bias = self.rows.fit(
            np.concatenate([kept, letters]),
            np.concatenate([self.truth[kept], self.letter_truth[letters]]),
            np.concatenate([self.counted[kept], letter_weight]),
            MIX.strength,
        )
        told = np.flatnonzero(kept[self.owner])
        owner = self.owner[told]
        odds = self.sentences[told] @ coefficients[:, :3] + bias[:3]
        truth = np.zeros(odds.shape, dtype=bool)
        weights = np.full(odds.shape, SENTENCE_WEIGHT)
        starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
        highest = np.repeat(
            np.maximum.reduceat(odds, starts, axis=0), np.diff(np.append(starts, len(owner))), axis=0
        )
        holds = self.truth[owner, :3]
        truth[holds & (odds == highest)] = True
        weights[holds & ~truth & (odds > UNSURE)] = 0
        weights[truth] = 0.5
        weights *= self.counted[owner][:, HOT]
        hot, hot_bias = logistic.fit(
            sparse.vstack([self.matrix[kept], self.letters_matrix[letters], self.sentences[told]]).tocsr(),
            np.concatenate([self.truth[kept][:, HOT], self.letter_truth[letters][:, HOT], truth]),
            np.concatenate([self.counted[kept][:, HOT], letter_weight[:, HOT], weights]),
            MIX.strength,
        )
        coefficients[:, :3], bias[:3] = hot, hot_bias
        return coefficients, bias

    def out_of_fold(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Log odds of each comment's outputs from weights that have not seen it, as the reader adds up.

        Then the log odds of comments of one mood joined to long letters, and the letters' lengths in words.
        """
        fold = self.fold
        odds = np.zeros(self.truth.shape)
        long, lengths = [], []
        for number in range(FOLDS):
            coefficients, bias = self.learn(fold != number)
            tables, settings = domain.tables(coefficients.T, bias, self.found, MIX, self.base)
            half = replace(
                self.weights, domain=tuple(tables), settings=self.weights.settings | {"domain": settings}
            )
            for language in range(len(LANGUAGES)):
                here = np.flatnonzero((fold == number) & (self.found.language == language))
                if len(here):
                    scorer = Scorer(half, language)
                    odds[here] = scorer.score(tokenise([self.chosen[i].text for i in here])).domain
                    tokens = tokenise(self.letters(here))
                    long.append(scorer.score(tokens).domain)
                    lengths.append(np.diff(tokens.sentence_words[tokens.text_sentences]))
        return odds, np.concatenate(long), np.concatenate(lengths)

    def letters(self, here: np.ndarray) -> list[str]:
        """Our own comments among `here`, joined by mood."""
        letters = []
        for mood in domain.SENTIMENTS:
            some = [i for i in here if self.own[i] and self.chosen[i].sentiment == mood]
            starts = range(0, len(some) - JOINED + 1, JOINED)
            letters += [" ".join(self.chosen[i].text for i in some[at : at + JOINED]) for at in starts]
        return letters or [" "]


def sentences_of(text: str) -> list[str]:
    """The sentences of one text."""
    tokens = tokenise([text])
    return [text[start:end] for start, end in zip(tokens.sentence_starts, tokens.sentence_ends, strict=True)]
