"""Shows how a reading came about: what each word said for and against, and what no word tells. Replayable."""

from dataclasses import dataclass

import numpy as np

from kalevi.text.cue_features import carriers, feature_names, word_cues
from kalevi.text.cues import LANGUAGES
from kalevi.text.lexicon import CUE_STEP, GENERAL_LIMIT
from kalevi.text.reader import Reader, default_reader
from kalevi.text.reading import Reading, Span
from kalevi.text.scoring import GENERAL_STEP, Floats, Scored, Scorer, dense
from kalevi.text.tokens import Tokens, tokenise

SMALLEST = 0.02
#: The voice of the grade that the customer gave beside the words.
GRADE = "grade"
#: The voice of what the general model starts from, and of what its log odds were rounded and limited by.
GENERAL = "general"
#: The voice of the mood and the length of the whole, which weigh a problem.
WHOLE = "the whole"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one word (with its place) adds to the log odds, or what no word tells by itself (without).

    A word adds by what it is, by what it tells the general model, and by the cues it stands for: what stands
    for a cue several times, or meets another, has an equal share.
    """

    name: str
    span: Span | None
    adds: float


@dataclass(frozen=True, slots=True)
class Account:
    """How one output came about: `odds` = `start` + what all voices add (small ones left out of `voices`).

    The output counts as found where `odds` reaches `threshold`; voices are sorted, strongest first. For a
    dream, problem or need this is the account of the whole text; half of its odds came from its likeliest
    sentence, `sentence_odds`.
    """

    output: str
    odds: float
    threshold: float
    start: float
    voices: tuple[Voice, ...]
    sentence_odds: float | None = None


def explain(reading: Reading, reader: Reader | None = None) -> tuple[Account, ...]:
    """One account an output of the model, in the model's order. Empty for a text without words.

    `reader` must be the one that made the reading, by default the default reader.
    Raises ValueError where another version of the model made the reading.
    """
    reader = reader or default_reader()
    if reader.model != reading.model:
        raise ValueError("another version of the model made this reading")
    tokens = tokenise([reading.text])
    if not tokens.words:
        return ()
    with reader.lock:
        number = reader.language_number(reading, tokens)
        scorer = reader.scorer(number)
        scored = scorer.score(tokens)
        said_by_words, voiceless = _told(tokens, scorer, scored, LANGUAGES[number])
    spans = list(zip(tokens.word_starts.tolist(), tokens.word_ends.tolist(), strict=True))
    by_grade = reader.spoken_by(reading.grade)
    by_whole = (reader.judge.weighed(tokens, scored)[0] - scored.domain[0]).tolist()
    accounts = []
    for column, output in enumerate(scorer.outputs):
        said = said_by_words[:, column]
        # of a long letter, whose words say little each, a voice for every word would take seconds
        voices = [
            Voice(reading.text[slice(*spans[word])], spans[word], round(float(said[word]), 4))
            for word in np.flatnonzero(np.abs(said) >= SMALLEST).tolist()
        ]
        voices += [Voice(name, None, round(float(adds[column]), 4)) for name, adds in voiceless.items()]
        voices.append(Voice(GRADE, None, round(by_grade[column], 4)))
        voices.append(Voice(WHOLE, None, round(by_whole[column], 4)))
        beside = by_grade[column] + by_whole[column]
        by_others = sum(float(adds[column]) for adds in voiceless.values())
        whole = float(scorer.start[column] + said.sum()) + by_others + beside
        sentence = None
        if column < 3:
            sentence = round(float(np.max(scored.sentence_domain[:, column])) + beside, 4)
        told = tuple(sorted((v for v in voices if abs(v.adds) >= SMALLEST), key=lambda v: -abs(v.adds)))
        accounts.append(
            Account(
                output,
                round(whole, 4),
                float(reader.thresholds[column]),
                round(float(scorer.start[column]), 4),
                told,
                sentence,
            )
        )
    return tuple(accounts)


def _told(tokens: Tokens, scorer: Scorer, scored: Scored, language: str) -> tuple[Floats, dict[str, Floats]]:
    """What each word adds to each output of the only text, and what is told by none of them, by its name."""
    polar = scored.sentence_general[:, scorer.polar]
    inputs = dense(scored.text_features, scored.general, polar.max(0)[None], polar.min(0)[None])[0]
    added = inputs[:, None] * scorer.cue_weights / (GENERAL_STEP * CUE_STEP)
    names = feature_names()
    found = word_cues(scorer.lexicon.kinds, scored.kinds, tokens.sentence_words, language)
    carried = carriers(found, tokens.sentence_words)
    by_general = _by_general(tokens, scorer, scored)
    by_words: Floats = scored.said.all()[:, :-1] * (scorer.domain_step / scored.lengths[0]) + by_general
    for feature in np.flatnonzero(inputs[: len(carried)]):
        words = np.flatnonzero(carried[feature])
        by_words[words] += added[feature] / len(words)
    others = dict(zip(names[len(carried) :], added[len(carried) : len(names)], strict=True))
    others[GENERAL] = added[len(names) :].sum(axis=0) - by_general.sum(axis=0)
    return by_words, others


def _by_general(tokens: Tokens, scorer: Scorer, scored: Scored) -> Floats:
    """What each word adds to each output through the general model: (words, outputs)."""
    of_text, of_sentence = scorer.told_general(tokens)
    weights = scorer.cue_weights[len(feature_names()) :] / (GENERAL_LIMIT * CUE_STEP)
    count = of_text.shape[1]
    added: Floats = of_text @ weights[:count]
    sentence = np.repeat(np.arange(len(polar := scored.sentence_general)), np.diff(tokens.sentence_words))
    for row, (pick, column) in enumerate(
        (pick, column) for pick in (np.argmax, np.argmin) for column in scorer.polar
    ):
        here = sentence == pick(polar[:, column])
        added += (here * of_sentence[:, column])[:, None] * weights[count + row]
    return added
