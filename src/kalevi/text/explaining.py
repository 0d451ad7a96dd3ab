"""Shows how a reading came about: what each word and each cue said for and against. Replayable."""

from dataclasses import dataclass

import numpy as np

from kalevi.text.cue_features import feature_names
from kalevi.text.lexicon import CUE_STEP
from kalevi.text.reader import Reader, default_reader
from kalevi.text.reading import Reading, Span
from kalevi.text.scoring import GENERAL_STEP, dense
from kalevi.text.tokens import tokenise

SMALLEST = 0.02
#: The voice of the grade that the customer gave beside the words.
GRADE = "grade"
#: The voice of the mood and the length of the whole, which weigh a problem.
WHOLE = "the whole"


@dataclass(frozen=True, slots=True)
class Voice:
    """One word (with its place) or one cue (without), and what it adds to the log odds."""

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
        scorer = reader.scorer(reader.language_number(reading, tokens))
        scored = scorer.score(tokens)
    polar = scored.sentence_general[:, scorer.polar]
    inputs = dense(scored.text_features, scored.general, polar.max(0)[None], polar.min(0)[None])[0]
    said_by_words = scored.said.all()[:, :-1] * (scorer.domain_step / scored.lengths[0])
    said_by_cues = inputs[:, None] * scorer.cue_weights / (GENERAL_STEP * CUE_STEP)
    names = (*feature_names(), *(f"general {name}" for name in scorer.general_outputs))
    names += tuple(f"{which} {side}" for which in ("highest", "lowest") for side in ("negative", "positive"))
    spans = list(zip(tokens.word_starts.tolist(), tokens.word_ends.tolist(), strict=True))
    by_grade = reader.spoken_by(reading.grade)
    by_whole = (reader.judge.weighed(tokens, scored)[0] - scored.domain[0]).tolist()
    accounts = []
    for column, output in enumerate(scorer.outputs):
        voices = [
            Voice(reading.text[a:b], (a, b), round(float(adds), 4))
            for (a, b), adds in zip(spans, said_by_words[:, column], strict=True)
        ]
        voices += [
            Voice(name, None, round(float(adds), 4))
            for name, adds in zip(names, said_by_cues[:, column], strict=True)
        ]
        voices.append(Voice(GRADE, None, round(by_grade[column], 4)))
        voices.append(Voice(WHOLE, None, round(by_whole[column], 4)))
        beside = by_grade[column] + by_whole[column]
        whole = float(scorer.start[column] + said_by_words[:, column].sum() + said_by_cues[:, column].sum())
        whole += beside
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
