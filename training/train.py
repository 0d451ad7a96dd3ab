"""From data to shipped weights: `python -m training.train --data FOLDER [--keep-general]`.

KALEVI_TRAINING_DATA may name the folder instead. The same data and labels give the same bytes.
"""

import argparse
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from kalevi.text.cues import LANGUAGES
from kalevi.text.deciding import FELT, PROBLEM, what_weighs
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, THEMES
from kalevi.text.weights_file import load
from training import domain, general, grading, logistic, together, weighing
from training.corpora import (
    Comment,
    Line,
    exclaimed,
    finnsentiment,
    goemotions,
    labels,
    part_of,
    phrases,
    xed,
)
from training.course import DOUBTED, LONG, MIX, Course
from training.floret import Floret
from training.projection import directions, meanings
from training.readings import digest, expressions, with_readings

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "kalevi" / "text" / "weights"
# how often real customer comments hold each: thresholds are tuned for these shares, not for our labels'
REAL_SHARES = {
    "problem": 0.64,
    "need": 0.17,
    "dream": 0.08,
    "anger": 0.14,
    "anticipation": 0.04,
    "disgust": 0.02,
}
REAL_SHARES |= {"fear": 0.04, "joy": 0.28, "sadness": 0.08, "surprise": 0.06, "trust": 0.08}
# Our finely told comments ask for what is needed more clearly than customers do, who are then missed: the
# threshold of these is set on plainly told comments alone, where F1 is highest.
PLAINLY = ("need",)
STRANGERS = 500
TOGETHER_FOLDS = 5
# Forum sentences are the nearest to comments: each is learnt to be told apart, for less.
NEAR, NEAR_WEIGHT, NEAR_STRENGTH = "finnsentiment", 0.6, 1.0
# Real comments are longer than ours, and every sentence may sound like a dream: on the development sample
# twice too many were found once the shares were even. So what is found must speak this much louder.
LOUDER = {"dream": 0.5}
# How often real customer comments are of each mood.
REAL_MOODS = {"negative": 0.5, "neutral": 0.12, "positive": 0.3, "mixed": 0.08}
# Mixed feelings were found too often on the development sample.
MIXED = -0.5
# Log odds of being a comment, made sharp: only what is surely one is scored as one.
COMMENT_SLOPE, COMMENT_SHIFT = 3.0, -4.0
# In raw scores, the polarity of a text that may be no comment is told by corpora that were judged for it.
POLARITY = {"fi": (1.5, -2.0), "en": (3.0, 4.0)}


def other_languages() -> list[str]:
    """Comments in languages that are none of ours."""
    return [t for t in (HERE / "other_languages.txt").read_text(encoding="utf-8").split("\n") if t]


def usable(lines: list[Line], comments: list[Comment]) -> list[Line]:
    """The lines to learn from: none of the test part, none that our labels are about."""
    held = {comment.text.strip() for comment in comments if not comment.own}
    return [line for line in lines if line.part != "test" and line.text.strip() not in held]


def meant(lines: list[Line], comments: list[Comment], floret: Path | None) -> np.ndarray | None:
    """The main directions of the word vectors of all Finnish lines, then comments to learn from."""
    if floret is None:
        return None
    texts = [line.text for line in lines if line.language == "fi"]
    texts += [c.text for c in comments if c.language == "fi" and c.part == "train"]
    return directions(meanings(texts, Floret(floret)).of(texts))


def train_general(
    folder: Path, chosen: list[Line], comments: list[Comment], meant: np.ndarray | None
) -> dict[str, Any]:
    """Writes the language and general tables; returns their settings."""
    texts = [(line.language, line.text) for line in chosen if line.corpus != "goemotions"]
    texts += [(c.language, c.text) for c in comments if c.part == "train"] * 3
    other = [text for text in other_languages() if part_of(text) != "test"]
    table, found = general.language(texts, other)
    general.save(folder, "language", table)
    settings: dict[str, Any] = {"language": found, "general": {}}
    for name, buckets in zip(LANGUAGES, domain.BUCKETS, strict=True):
        some = [line for line in chosen if line.language == name]
        here = None if meant is None or name != "fi" else meant[: len(some)]
        own = expressions() if name == "fi" else []
        table, settings["general"][name] = general.general(some, here, own)
        if own:
            settings["general"][name] |= heard_together(some, here, own)
        general.save(folder, f"general_{name}", table)
        general.save(folder, f"domain_{name}", np.zeros((buckets, len(domain.OUTPUTS) + 1), np.int8))
    return settings


def heard_together(
    lines: list[Line], meant: np.ndarray | None, expressions: list[Line]
) -> dict[str, list[list[float]]]:
    """How feelings, and polarities with them, are heard together, from lines their models had not seen."""
    odds = general.unseen_odds(lines, meant, expressions, together_folds(lines))
    told, forum = together.labelled(lines), together.judged(lines)
    ticks, judged = (
        together.ticked([lines[place] for place in told]),
        together.polarities([lines[place] for place in forum]),
    )
    return {
        "together": together.learnt(odds[told, FELT], ticks).tolist(),
        "polarity": together.learnt_polarity(odds[forum], judged).tolist(),
    }


def together_folds(lines: list[Line]) -> np.ndarray:
    """The fold of each line, by its words, for hearing outputs together."""
    return np.array([int(digest(line.text), 16) % TOGETHER_FOLDS for line in lines])


def even_threshold(odds: np.ndarray, weight: np.ndarray, share: float) -> float:
    """The log odds above which `share` of the weight lies, between two neighbours."""
    order = np.argsort(-odds, kind="stable")
    taken = np.cumsum(weight[order]) / weight.sum()
    place = int(np.searchsorted(taken, share))
    near = odds[order][max(0, place - 1) : place + 1]
    return float(near.mean())


def best_threshold(odds: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> float:
    """The log odds above which F1 is highest, evened out over a hundredth of the comments on either side."""
    order = np.argsort(-odds, kind="stable")
    hits, found = np.cumsum((weight * truth)[order]), np.cumsum(weight[order])
    f1 = 2 * hits / (found + (weight * truth).sum())
    reach = max(3, len(odds) // 100)
    evened = np.convolve(f1, np.full(2 * reach + 1, 1 / (2 * reach + 1)), mode="valid")
    return float(odds[order][int(np.argmax(evened)) + reach])


def calibrated(truth: np.ndarray, odds: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make log odds into honest chances (Platt scaling)."""
    slope, shift = logistic.fit(
        sparse.csr_matrix(odds[:, None]), truth[:, None], np.ones((len(truth), 1)), 10.0
    )
    return float(slope[0, 0]), float(shift[0])


def moods(truth: np.ndarray, odds: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slopes and shifts that make log odds of one-of-many outputs into honest chances by a softmax."""
    count = truth.shape[1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        slope, shift = flat[:count], flat[count:]
        told = odds * slope + shift
        told -= told.max(axis=1, keepdims=True)
        sure = np.exp(told) / np.exp(told).sum(axis=1, keepdims=True)
        pull = (sure - truth) * weight[:, None]
        error = -(np.log((sure * truth).sum(axis=1) + 1e-12) * weight).sum()
        back = np.concatenate([(pull * odds).sum(axis=0), pull.sum(axis=0)])
        return float(error + ((slope - 1) ** 2).sum()), back + np.append(2 * (slope - 1), np.zeros(count))

    start = np.append(np.ones(count), np.zeros(count))
    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found[:count], found[count:] - found[count:].mean()


def stranger_weights(course: Course, lines: list[Line]) -> tuple[np.ndarray, float]:
    """Tells our own comments from lines of the corpora: the reader learns what kind of text it reads."""
    others = strangers([line for line in lines if line.corpus != NEAR])
    near = [line for line in lines if line.corpus == NEAR]
    others += strangers(near, len(near))
    found = domain.inputs([c.text for c in others], [c.language for c in others], course.weights, course.base)
    matrix = sparse.vstack([course.matrix[course.own], domain.design(found, MIX)]).tocsr()
    truth = np.arange(matrix.shape[0])[:, None] < course.own.sum()
    weight = np.ones(truth.shape)
    weight[len(truth) - len(near) :] = NEAR_WEIGHT
    coefficients, bias = logistic.fit(matrix, truth, weight, NEAR_STRENGTH)
    return coefficients[:, 0], float(bias[0])


def strangers(lines: list[Line], most: int = STRANGERS) -> list[Comment]:
    """Lines that are no customer's comment: the reader learns to tell what kind of text it reads."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.language, line.corpus), []).append(line)
    return [
        Comment("", line.language, line.text, False, False, False, "", {}, (), (), False, "train")
        for group in groups.values()
        for line in group[:: max(1, len(group) // most)]
    ]


def train_domain(
    folder: Path,
    settings: dict[str, Any],
    comments: list[Comment],
    lines: list[Line],
    meant: np.ndarray | None,
    letters: list[Comment],
) -> None:
    """Writes the domain tables and all settings."""
    chosen = [comment for comment in comments if comment.part == "train"]
    # Finnish features stand on the corpora too, which the projection speaks of; the others on comments
    texts = [*(line for line in lines if line.language == "fi"), *chosen]
    base = domain.ground([text.text for text in texts], [text.language for text in texts], meant)
    course = Course(load(folder), chosen, base)
    odds, long, lengths = course.out_of_fold()
    truth, own = course.truth, course.own
    coefficients, bias = course.learn(np.ones(len(own), dtype=bool))
    gate = domain.OUTPUTS.index("comment")
    coefficients[:, gate], bias[gate] = stranger_weights(course, lines)
    words = np.array([len(tokenise([comment.text]).words) for comment in chosen])
    thresholds, slopes, shifts, lengthy = [], [], [], []
    for column, output in enumerate(domain.OUTPUTS):
        sure = own & ~course.doubted if output in DOUBTED else own
        here = course.plain if output in PLAINLY else sure
        t, o = truth[here, column], odds[here, column]
        share = t.mean()
        real = REAL_SHARES.get(output, share)
        w = np.where(t, real / max(share, 1e-9), (1 - real) / max(1 - share, 1e-9))
        plain = output in domain.SENTIMENTS or output == "comment"
        threshold = 0.0 if plain else even_threshold(o, w, real) + LOUDER.get(output, 0.0)
        if output in PLAINLY:
            threshold = best_threshold(o, t, w)
        rise = 0.0
        if output in FEELINGS or output in THEMES:
            among = truth[sure & (words > LONG), column].mean() * real / max(share, 1e-9)
            most = even_threshold(long[:, column], np.ones(len(long)), float(among))
            rise = max(0.0, (most - threshold) / float(np.log2(lengths.mean() / LONG)))
        slope, shift = (
            (COMMENT_SLOPE, COMMENT_SHIFT)
            if output == "comment"
            else calibrated(truth[sure, column], odds[sure, column])
        )
        thresholds.append(round(threshold, 6))
        slopes.append(round(slope, 6))
        shifts.append(round(shift, 6))
        lengthy.append(round(rise, 6))
    first, last = len(HOT_KINDS), len(HOT_KINDS) + len(domain.SENTIMENTS)
    mood = truth[own, first:last]
    weigh = mood @ (np.array([REAL_MOODS[m] for m in domain.SENTIMENTS]) / mood.mean(axis=0))
    both = moods(mood, odds[own, first:last], (1 + weigh) / 2)
    for number, (slope, shift) in enumerate(zip(*both, strict=True), first):
        shift += MIXED if domain.OUTPUTS[number] == "mixed" else 0.0
        slopes[number], shifts[number] = round(float(slope), 6), round(float(shift), 6)
    tables, found_settings = domain.tables(coefficients.T, bias, course.found, MIX, base)
    for name, table in zip(LANGUAGES, tables, strict=True):
        general.save(folder, f"domain_{name}", table)
    found_settings |= {"thresholds": thresholds, "slope": slopes, "shift": shifts, "long": lengthy}
    found_settings["polarity"] = POLARITY
    found_settings["intensity"] = [intensity(course, odds, feeling) for feeling in FEELINGS]
    settings["domain"] = found_settings
    write(folder, settings | {"version": ""})
    weigh_problems(folder, found_settings, course, odds, words, letters)
    write(folder, settings | {"version": ""})
    found_settings["graded"] = grading.settings(folder)
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for path in sorted(folder.glob("*.npy")):
        digest.update(path.read_bytes())
    write(folder, settings | {"version": digest.hexdigest()[:12]})


def weigh_problems(
    folder: Path,
    found: dict[str, Any],
    course: Course,
    odds: np.ndarray,
    words: np.ndarray,
    letters: list[Comment],
) -> None:
    """Adds to the settings how a problem is weighed by mood and length, and the threshold for that."""
    odds, words = odds[course.own], words[course.own]
    truth = course.truth[course.own, PROBLEM]
    weight = np.concatenate([course.weight[course.own], np.full(len(letters), weighing.REVIEW_WEIGHT)])
    both = np.concatenate([truth, [letter.problem for letter in letters]])
    start, by = weighing.learnt([(odds, words), weighing.heard(letters, folder)], both, weight)
    slope, shift = found["slope"][PROBLEM], found["shift"][PROBLEM]
    found["weighed"] = weighing.settings(start, by, slope, shift)
    weighed = (start + what_weighs(odds, words) @ by - shift) / slope
    real = REAL_SHARES["problem"]
    even = np.where(truth, real / truth.mean(), (1 - real) / (1 - truth.mean()))
    found["thresholds"][PROBLEM] = round(even_threshold(weighed, even, real), 6)


def write(folder: Path, settings: dict[str, Any]) -> None:
    """Writes all settings beside the tables."""
    (folder / "settings.json").write_text(json.dumps(settings, sort_keys=True) + "\n", encoding="utf-8")


def intensity(course: Course, odds: np.ndarray, feeling: str) -> tuple[float, float]:
    """How the labelled strength (1 to 3, as thirds) of a feeling rises with its log odds: slope, start."""
    told = [
        (odds[place, domain.OUTPUTS.index(feeling)], comment.feelings[feeling] / 3)
        for place, comment in enumerate(course.chosen)
        if comment.own and feeling in comment.feelings
    ]
    x, y = np.array(told).T
    middle = x - x.mean()
    slope = max(0.0, float((middle * y).sum() / ((middle**2).sum() + len(told))))
    return round(slope, 6), round(float(y.mean() - slope * x.mean()), 6)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("KALEVI_TRAINING_DATA"))
    parser.add_argument("--labels", type=Path, default=HERE / "labels")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument(
        "--keep-general", action="store_true", help="train only what the comments' labels teach"
    )
    parser.add_argument(
        "--only-general", action="store_true", help="stop before what the comments' labels teach"
    )
    parser.add_argument(
        "--floret", type=Path, default=os.environ.get("KALEVI_FLORET"), help="folder of Finnish word vectors"
    )
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data or KALEVI_TRAINING_DATA must name the folder of the corpora")
    comments = [*labels(given.data, given.labels), *exclaimed(phrases(HERE / "phrases"))]
    path = given.out / "settings.json"
    corpora = [*xed(given.data), *finnsentiment(given.data), *goemotions(given.data)]
    lines = usable(with_readings(corpora), comments)
    known = meant(lines, comments, given.floret)
    if given.keep_general:
        settings = json.loads(path.read_text(encoding="utf-8"))
    else:
        settings = train_general(given.out, lines, comments, known)
    settings.pop("domain", None)
    settings.pop("version", None)
    write(given.out, settings)
    if not given.only_general:
        letters = labels(given.data, HERE / "letters")
        train_domain(given.out, settings, comments, lines, known, letters)


if __name__ == "__main__":
    main()
