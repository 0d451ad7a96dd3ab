"""Small corrections to the shipped weights: logistic regression that starts from what they already say.

A correction has a bias for each language, a weight for each cue and a weight for each word that stands in two
lessons or more; all are held towards zero (L2). What is learnt goes into copies of the shipped tables, in
their own whole numbers, so that a reader needs to know nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cues import LANGUAGES
from kalevi.text.deciding import Judge
from kalevi.text.lexicon import CUE_STEP
from kalevi.text.ngrams import character_hashes
from kalevi.text.refitting.lessons import OUTPUTS, Lesson, truth_of
from kalevi.text.scoring import Scorer
from kalevi.text.tokens import tokenise
from kalevi.text.weights_file import Weights
from kalevi.text.words import buckets

Floats = NDArray[np.float64]
STEPS = 200
WORD_SCALE = 20.0  # a word is one of many: brings its share near to that of a cue
# Biases and cues speak for every text: what a company's own words can explain is left to the words.
STEADY = 0.25
COMMON = 2


@dataclass(frozen=True, slots=True)
class Features:
    """Lessons as numbers: `design` has the biases, then cues, then `words`, each (language, bucket)."""

    odds: Floats
    design: Floats
    words: list[tuple[int, int]]
    cues: int


@dataclass(frozen=True, slots=True)
class Refit:
    """Weights with a correction, and how many numbers of theirs it changed."""

    weights: Weights
    changed: int


def features_of(lessons: Sequence[Lesson], weights: Weights) -> Features:
    """What the shipped weights say of each lesson, and what may be learnt from it."""
    odds = np.zeros((len(lessons), len(OUTPUTS)))
    judge = Judge(weights.settings["domain"])
    cued: dict[int, NDArray[np.uint8]] = {}
    shares: dict[tuple[int, int], dict[int, float]] = {}
    for number, language in enumerate(LANGUAGES):
        rows = [row for row, lesson in enumerate(lessons) if lesson.language == language]
        if not rows:
            continue
        tokens = tokenise([lessons[row].text for row in rows])
        scored = Scorer(weights, number).score(tokens)
        odds[rows] = judge.weighed(tokens, scored)[:, : len(OUTPUTS)]
        bounds = tokens.sentence_words[tokens.text_sentences].tolist()
        words = tokens.words
        hashes, owners = character_hashes(words)
        # the first hash of each word is that of the whole word
        whole = hashes[np.searchsorted(owners, np.arange(len(words)))]
        places = buckets(whole, weights.domain[number]).tolist()
        for at, row in enumerate(rows):
            cued[row] = scored.text_features[at]
            for place in places[bounds[at] : bounds[at + 1]]:
                share = shares.setdefault((number, place), {})
                share[row] = share.get(row, 0.0) + WORD_SCALE / float(scored.lengths[at])
    common = [key for key, share in shares.items() if len(share) >= COMMON]
    cues = len(next(iter(cued.values()))) if cued else 0
    design = np.zeros((len(lessons), len(LANGUAGES) + cues + len(common)))
    for row, lesson in enumerate(lessons):
        design[row, LANGUAGES.index(lesson.language)] = STEADY
        design[row, len(LANGUAGES) : len(LANGUAGES) + cues] = cued[row] * STEADY
    for column, key in enumerate(common, len(LANGUAGES) + cues):
        for row, value in shares[key].items():
            design[row, column] = value
    return Features(odds, design, common, cues)


def learnt(
    found: Features, truth: Floats, weight: Floats, domain: dict[str, Any], strength: Floats
) -> Floats:
    """The correction: (columns of the design, outputs). Nesterov's gradient descent on a convex loss.

    `strength` holds each output's correction towards zero; infinite, it leaves none.
    """
    free = np.isfinite(strength)
    strength = np.where(free, strength, 1.0)
    slope = np.array(domain["slope"])[: len(OUTPUTS)]
    shift = np.array(domain["shift"])[: len(OUTPUTS)]
    design = found.design
    vector = np.ones(design.shape[1])
    for _ in range(30):
        vector = design.T @ (design @ vector)
        vector /= max(float(np.linalg.norm(vector)), 1e-9)
    largest = float(np.linalg.norm(design @ vector)) ** 2
    step = 1 / (0.25 * slope**2 * weight.max(initial=1.0) * largest + strength)
    found_now = ahead = np.zeros((design.shape[1], len(OUTPUTS)))
    for turn in range(STEPS):
        sure = 1 / (1 + np.exp(-np.clip((found.odds + design @ ahead) * slope + shift, -30, 30)))
        slopes = design.T @ (weight * (sure - truth) * slope) + strength * ahead
        following = ahead - step * slopes
        ahead = following + turn / (turn + 3) * (following - found_now)
        found_now = following
    return found_now * free


def refit(lessons: Sequence[Lesson], weights: Weights, strength: Floats) -> Refit:
    """The weights corrected by the lessons, all of them fi, sv or en; the larger an output's `strength`, the
    less, and not at all where it is infinite.
    """
    found = features_of(lessons, weights)
    truth, weight = truth_of(lessons)
    domain = weights.settings["domain"]
    correction = learnt(found, truth, weight, domain, strength)
    changed = 0
    start, cues = len(LANGUAGES), found.cues
    bias = {name: list(numbers) for name, numbers in domain["bias"].items()}
    for number, name in enumerate(LANGUAGES):
        for output in range(len(OUTPUTS)):
            more = STEADY * float(correction[number, output])
            bias[name][output] = round(bias[name][output] + more, 6)
    cue_weights = np.array(domain["weights"])
    added = np.rint(correction[start : start + cues] * (STEADY * CUE_STEP)).astype(cue_weights.dtype)
    cue_weights[:cues, : len(OUTPUTS)] += added
    changed += int(np.count_nonzero(added))
    tables = [np.array(table) for table in weights.domain]
    for (number, place), by_output in zip(found.words, correction[start + cues :], strict=True):
        steps = np.array(domain["step"][LANGUAGES[number]])[: len(OUTPUTS)]
        added = np.rint(by_output * WORD_SCALE / steps)
        row = tables[number][place, : len(OUTPUTS)]
        changed += int(np.count_nonzero(added))
        tables[number][place, : len(OUTPUTS)] = np.clip(row + added, -127, 127).astype(np.int8)
    settings = weights.settings | {"domain": domain | {"bias": bias, "weights": cue_weights.tolist()}}
    return Refit(replace(weights, domain=tuple(tables), settings=settings), changed)


def agreement(
    lessons: Sequence[Lesson], weights: Weights, strength: Floats, folds: int = 3
) -> tuple[float, float]:
    """How much of what people and model find is the same (F1), before and after, on lessons held back."""
    found = features_of(lessons, weights)
    truth, weight = truth_of(lessons)
    domain = weights.settings["domain"]
    corrected = found.odds.copy()
    fold = np.arange(len(lessons)) % folds
    for number in range(folds):
        rest, held = fold != number, fold == number
        some = replace(found, odds=found.odds[rest], design=found.design[rest])
        corrected[held] += found.design[held] @ learnt(some, truth[rest], weight[rest], domain, strength)
    thresholds = np.array(domain["thresholds"])[: len(OUTPUTS)]
    return _same(found.odds >= thresholds, truth, weight), _same(corrected >= thresholds, truth, weight)


def _same(found: NDArray[np.bool_], truth: Floats, weight: Floats) -> float:
    known = weight > 0
    both = float(np.sum(known & found & (truth > 0)))
    either = float(np.sum(known & found) + np.sum(known & (truth > 0)))
    return 2 * both / either if either else 1.0
