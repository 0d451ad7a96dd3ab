"""Decides what was found in texts from their scores: thresholds, confidences, the sentences that tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.evidence import Findings
from kalevi.text.scoring import Floats, Scored
from kalevi.text.segments import Ints
from kalevi.text.tokens import Tokens
from kalevi.text.vocabulary import HOT_KINDS, SENTIMENTS, THEMES

LONG = 50
HOT, SENTIMENT = slice(0, 3), slice(3, 7)
FIRST_FEELING, FIRST_THEME = 7, 15
# Of the general model's log odds.
FELT, POLAR = slice(0, 8), slice(8, 11)
PROBLEM = HOT_KINDS.index("problem")
# A problem is weighed by the odds of itself and of the four moods.
WEIGHING = [PROBLEM, *range(SENTIMENT.start, SENTIMENT.stop)]
# Longer letters than there were to learn from weigh as much as the longest.
WEIGHED_WORDS = 150
# Grades of one group say the same: 1 and 2 stars of five, 3, 4, and 5.
GRADE_GROUPS = (0.3, 0.65, 0.85)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was found in some texts.

    `sentiments`, `moods` (how sure each is) and `scores` (their bytes) have a row a text. Feelings and themes
    are the first findings, of texts `rows`; then come dreams, problems and needs, of the sentences
    `hot_sentences` of texts `hot_rows`. `confidence` has one number a finding, `strength` one of the first.
    """

    sentiments: list[int]
    moods: list[float]
    scores: bytes
    found: Findings
    rows: Ints
    hot_sentences: Ints
    hot_rows: Ints
    confidence: Floats
    strength: Floats


def chance(odds: Floats) -> Floats:
    """Log odds as a probability."""
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def what_weighs(odds: Floats, words: Ints) -> Floats:
    """What weighs a problem: odds of itself and of the moods, log length, and their products with it."""
    told, length = odds[:, WEIGHING], np.log(np.clip(words, 1, WEIGHED_WORDS))[:, None]
    return np.concatenate([told, length, told * length], axis=1)


def beside(odds: Floats) -> Floats:
    """What several outputs are heard together by: their shares of all that is told, their log odds, and 1."""
    return np.concatenate([_shares(chance(odds)), odds, np.ones((len(odds), 1))], axis=1)


def around(odds: Floats) -> Floats:
    """What three polarities are heard by: log odds and chances of feelings, and what they are `beside`."""
    return np.concatenate([odds[:, FELT], chance(odds[:, FELT]), beside(odds[:, POLAR])], axis=1)


class Judge:
    """The thresholds and calibration of one set of weights."""

    def __init__(self, domain: dict[str, Any], general: Mapping[str, Any] | None = None) -> None:
        """`domain` and `general` are the settings of these names."""
        self._together, self._polar = (
            {name: np.array(found[part]) for name, found in (general or {}).items() if part in found}
            for part in ("together", "polarity")
        )
        self.thresholds = np.array(domain["thresholds"])
        self.slopes, self._shift = np.array(domain["slope"]), np.array(domain["shift"])
        self._long = np.array(domain.get("long", 0.0))
        self._strength = np.array(domain.get("intensity", [(0.15, 0.4)] * 8))
        self._polarity: dict[str, tuple[float, float]] = domain.get("polarity", {})
        weighed = domain.get("weighed")
        self._weighed = None if weighed is None else (float(weighed["start"]), np.array(weighed["by"]))
        # the last row is for words without a grade
        self._graded = np.zeros((len(GRADE_GROUPS) + 2, len(self.thresholds)))
        for output, adds in domain.get("graded", {}).items():
            self._graded[:-1, domain["outputs"].index(output)] = adds

    def felt(self, odds: Floats, language: str) -> Floats:
        """The chances of the eight feelings from the general model's log odds."""
        together = self._together.get(language)
        if together is None:
            return chance(odds)
        # each text by itself, as in `weighed`
        told: Floats = (beside(odds)[:, :, None] * together).sum(axis=1)
        return told.clip(0.0, 1.0)

    def polarity(self, odds: Floats, language: str) -> Floats:
        """The chances of the three polarities, together 1, from all the general model's log odds."""
        weights = self._polar.get(language)
        if weights is None:
            return _shares(chance(odds[:, POLAR]))
        # each text by itself, as in `weighed`
        return _softmax((around(odds)[:, :, None] * weights).sum(axis=1))

    def odds(self, tokens: Tokens, scored: Scored) -> Floats:
        """Log odds of each text's outputs, its length and the mood of the whole considered."""
        # a long letter has more words for anything: it must speak louder
        length = np.log2(np.maximum(_lengths(tokens), LONG) / LONG)[:, None]
        odds: Floats = self.weighed(tokens, scored) - length * self._long
        return odds

    def weighed(self, tokens: Tokens, scored: Scored) -> Floats:
        """The scores of the texts, problems weighed by the mood and the length of the whole."""
        if self._weighed is None:
            return scored.domain
        start, by = self._weighed
        odds = scored.domain.copy()
        # each text by itself: a product of matrices would depend on the others of its batch
        odds[:, PROBLEM] = start + (what_weighs(odds, _lengths(tokens)) * by).sum(axis=1)
        return odds

    def calibrated(self, odds: Floats) -> Floats:
        """Log odds of honest chances."""
        honest: Floats = odds * self.slopes + self._shift
        return honest

    def graded(self, grades: Floats) -> Floats:
        """What customers' own grades (0 to 1, NaN without one) add to the log odds: (grades, outputs)."""
        groups = np.where(np.isnan(grades), -1, np.searchsorted(GRADE_GROUPS, grades, side="right"))
        added: Floats = self._graded[groups]
        return added

    def decide(self, tokens: Tokens, scored: Scored, language: str, grades: Floats | None = None) -> Decided:
        """What was found in the texts of `tokens`, all of one language; `grades` as `graded` takes them."""
        bounds = tokens.sentence_words[tokens.text_sentences]
        empty = np.diff(bounds) == 0
        odds = self.odds(tokens, scored)
        if grades is not None:
            odds = odds + self.graded(grades)
        firing = odds >= self.thresholds
        firing[empty] = False
        calibrated = self.calibrated(odds)
        sure = chance(calibrated)
        sure[:, SENTIMENT] = _softmax(calibrated[:, SENTIMENT])
        sentiments = np.argmax(sure[:, SENTIMENT], axis=1)
        sentiments[empty] = SENTIMENTS.index("neutral")
        rows, outputs = np.nonzero(firing[:, FIRST_FEELING : FIRST_THEME + len(THEMES)])
        outputs += FIRST_FEELING
        hot_sentences, hot_kinds = self._hot_sentences(tokens, scored, firing)
        text_of = np.repeat(np.arange(len(empty)), np.diff(tokens.text_sentences))
        hot_rows = text_of[hot_sentences]
        found = Findings(
            np.concatenate([outputs, hot_kinds]),
            np.concatenate([bounds[rows], tokens.sentence_words[hot_sentences]]),
            np.concatenate([bounds[rows + 1], tokens.sentence_words[hot_sentences + 1]]),
        )
        confidence = np.concatenate([sure[rows, outputs], sure[hot_rows, hot_kinds]])
        strength = self._intensity(odds, rows, outputs)
        comment = np.ones(len(odds))
        if language in self._polarity:
            slope, shift = self._polarity[language]
            comment = chance(odds[:, -1] * slope + shift)
        felt, polarity = self.felt(scored.general[:, FELT], language), self.polarity(scored.general, language)
        scores = _scores(sure, comment[:, None], felt, polarity).round(4).tobytes()
        sure_of_mood = sure[np.arange(len(sure)), SENTIMENT.start + sentiments]
        return Decided(
            sentiments.tolist(),
            sure_of_mood.round(4).tolist(),
            scores,
            found,
            rows,
            hot_sentences,
            hot_rows,
            np.round(confidence, 4),
            strength,
        )

    def _hot_sentences(self, tokens: Tokens, scored: Scored, firing: NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """The sentences that tell what the whole text was read to hold, at least the likeliest one."""
        sentence_odds = scored.sentence_domain[:, HOT]
        empty = np.diff(tokens.sentence_words) == 0
        sentence_odds = np.where(empty[:, None], -np.inf, sentence_odds)
        text_of = np.repeat(np.arange(len(firing)), np.diff(tokens.text_sentences))
        highest = np.maximum.reduceat(sentence_odds, tokens.text_sentences[:-1], axis=0)
        enough = np.minimum(highest, self.thresholds[HOT])
        telling = firing[text_of, HOT] & (sentence_odds >= enough[text_of]) & ~empty[:, None]
        sentences, kinds = np.nonzero(telling)
        return sentences.astype(np.int64), kinds.astype(np.int64)

    def _intensity(self, odds: Floats, rows: Ints, outputs: Ints) -> Floats:
        """How strong a feeling is told, as labelled strengths rise with its log odds. Themes have none."""
        feelings = np.minimum(outputs - FIRST_FEELING, len(self._strength) - 1)
        slope, start = self._strength[feelings].T
        strength: Floats = np.round(np.clip(odds[rows, outputs] * slope + start, 0.05, 1.0), 3)
        return strength


def _lengths(tokens: Tokens) -> Ints:
    """How many words each text has."""
    return np.diff(tokens.sentence_words[tokens.text_sentences])


def _shares(told: Floats) -> Floats:
    """Rows made to be 1 in all."""
    shares: Floats = told / told.sum(axis=1, keepdims=True)
    return shares


def _softmax(odds: Floats) -> Floats:
    """Log odds of one of many as chances."""
    return _shares(np.exp(odds.clip(-30, 30)))


def _scores(sure: Floats, judged: Floats, felt: Floats, polarity: Floats) -> Floats:
    """All scores: by what comments' labels taught, and where a text is no comment, by the corpora.

    `judged` is the chance that the sentiment of a text is best told by what comments taught, `felt` and
    `polarity` are what the corpora tell of feelings and of negative, neutral and positive.
    """
    comment = sure[:, -1:]
    sentiment = sure[:, SENTIMENT]
    polarity = np.concatenate([polarity, np.zeros_like(judged)], axis=1)
    feelings = comment * sure[:, FIRST_FEELING:FIRST_THEME] + (1 - comment) * felt
    sentiment = judged * sentiment + (1 - judged) * polarity
    return np.concatenate([feelings, sentiment, sure[:, HOT], sure[:, FIRST_THEME:-1]], axis=1)
