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
from training.corpora import Comment

FOLDS = 3
# Long letters are few among the labels: several comments of one mood, joined, stand for them.
JOINED, LONG = 6, 50
# Sentiment is learnt from such letters too, of two to four comments, or a long complaint sounds like praise;
# and dreams, problems and needs, for less each, or long praise sounds like a problem.
LETTER, LETTER_WEIGHT = (2, 5), 0.5
# Comments told plainly, as most customers tell them, count twice; those are in files named so.
PLAIN, PLAIN_WEIGHT = "own-plain-", 2.0
# Their two readings agree too little on these (κ 0.50 and 0.37), so these are learnt from the others.
DOUBTED = ("anger", "anticipation")
SENTENCE_WEIGHT = 0.3
UNSURE = -1.0
CORPUS_WEIGHT = 0.6
HOT = slice(0, len(HOT_KINDS))
MOODS = slice(len(HOT_KINDS), len(HOT_KINDS) + len(domain.SENTIMENTS))
MIX = domain.Mix(cues=0.5, words=3.0, strength=0.4)


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
        self.weight[self.plain] *= PLAIN_WEIGHT
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
        weight = np.repeat(self.weight[kept][:, None], self.truth.shape[1], axis=1)
        for output in DOUBTED:
            weight[self.plain[kept], domain.OUTPUTS.index(output)] = 0.0
        letters = np.isin(self.letter_fold, self.fold[kept])
        letter_weight = np.zeros((letters.sum(), self.truth.shape[1]))
        letter_weight[:, MOODS], letter_weight[:, HOT] = 1.0, LETTER_WEIGHT
        coefficients, bias = self.rows.fit(
            np.concatenate([kept, letters]),
            np.concatenate([self.truth[kept], self.letter_truth[letters]]),
            np.concatenate([weight, letter_weight]),
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
        weights *= self.weight[owner][:, None]
        hot, hot_bias = logistic.fit(
            sparse.vstack([self.matrix[kept], self.letters_matrix[letters], self.sentences[told]]).tocsr(),
            np.concatenate([self.truth[kept][:, HOT], self.letter_truth[letters][:, HOT], truth]),
            np.concatenate([weight[:, HOT], letter_weight[:, HOT], weights]),
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
