"""From data to shipped weights: `python -m training.train --data FOLDER [--keep-general]`.

KALEVI_TRAINING_DATA may name the folder instead. The same data and labels give the same bytes.
"""

import argparse
import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from kalevi.text.cues import LANGUAGES
from kalevi.text.scoring import Scorer
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import HOT_KINDS
from kalevi.text.weights_file import Weights, load
from training import domain, general, logistic
from training.corpora import Comment, Line, finnsentiment, goemotions, labels, xed

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "kalevi" / "text" / "weights"
FOLDS = 3
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
STRANGERS = 500
# Comments written to be labelled say what they mean more plainly than those met in the wild: on the
# development sample of real ones, too much was found. So what is found must speak this much louder.
PLAINNESS = 0.3
# Log odds of being a comment, made sharp: only what is surely one is scored as one.
COMMENT_SLOPE, COMMENT_SHIFT = 3.0, -2.4
SENTENCE_WEIGHT = 0.3
UNSURE = -1.0
CORPUS_WEIGHT = 0.6
MIX = domain.Mix(cues=0.5, words=3.0, strength=0.15)


def train_general(folder: Path, lines: list[Line], comments: list[Comment]) -> dict[str, Any]:
    """Writes the language and general tables; returns their settings."""
    held = {comment.text.strip() for comment in comments if not comment.own}
    chosen = [line for line in lines if line.part == "train" and line.text.strip() not in held]
    texts = [(line.language, line.text) for line in chosen if line.corpus != "goemotions"][::2]
    texts += [(c.language, c.text) for c in comments if c.part == "train"] * 3
    other = [t for t in (HERE / "other_languages.txt").read_text(encoding="utf-8").split("\n") if t]
    table, found = general.language(texts, other)
    general.save(folder, "language", table)
    settings: dict[str, Any] = {"language": found, "general": {}}
    for name in LANGUAGES:
        table, settings["general"][name] = general.general([line for line in chosen if line.language == name])
        general.save(folder, f"general_{name}", table)
        general.save(folder, f"domain_{name}", np.zeros((domain.BUCKETS, len(domain.OUTPUTS) + 1), np.int8))
    return settings


def best_threshold(truth: np.ndarray, odds: np.ndarray, weight: np.ndarray) -> float:
    """The log odds above which F1 is highest, between two neighbours."""
    order = np.argsort(-odds, kind="stable")
    hit = np.cumsum((truth * weight)[order])
    taken = np.cumsum(weight[order])
    score = 2 * hit / (taken + (truth * weight).sum())
    # the middle of all that come near the best is steadier than the best itself
    near = np.flatnonzero(score >= score.max() - 0.004)
    return float(odds[order][near].mean())


def calibrated(truth: np.ndarray, odds: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make log odds into honest chances (Platt scaling)."""
    slope, shift = logistic.fit(
        sparse.csr_matrix(odds[:, None]), truth[:, None], np.ones((len(truth), 1)), 10.0
    )
    return float(slope[0, 0]), float(shift[0])


class Course:
    """Everything that the comments' outputs are learnt from, so that it can be learnt on any part of them."""

    def __init__(self, weights: Weights, chosen: list[Comment]) -> None:
        self.weights, self.chosen = weights, chosen
        self.found = domain.inputs([c.text for c in chosen], [c.language for c in chosen], weights)
        self.matrix = domain.design(self.found, MIX)
        self.truth = np.array([[domain.truth_of(c, output) for output in domain.OUTPUTS] for c in chosen])
        self.own = np.array([c.own for c in chosen])
        self.weight = np.where(self.own, 1.0, CORPUS_WEIGHT)
        sentences: list[str] = []
        owners: list[int] = []
        for number, comment in enumerate(chosen):
            for sentence in sentences_of(comment.text):
                sentences.append(sentence)
                owners.append(number)
        self.owner = np.array(owners)
        languages = [chosen[owner].language for owner in owners]
        self.sentences = domain.design(domain.inputs(sentences, languages, weights, self.found.squares), MIX)

    def learn(self, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients and biases from the comments in `kept` (a mask).

        Dreams, problems and needs are then learnt once more from sentences: every sentence of a comment
        without one is an example against, the likeliest sentence of a comment with one an example for.
        """
        weight = np.repeat(self.weight[kept][:, None], self.truth.shape[1], axis=1)
        coefficients, bias = logistic.fit(self.matrix[kept], self.truth[kept], weight, MIX.strength)
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
            sparse.vstack([self.matrix[kept], self.sentences[told]]).tocsr(),
            np.concatenate([self.truth[kept][:, :3], truth]),
            np.concatenate([weight[:, :3], weights]),
            MIX.strength,
        )
        coefficients[:, :3], bias[:3] = hot, hot_bias
        return coefficients, bias

    def out_of_fold(self) -> np.ndarray:
        """Log odds of each comment's outputs from weights that have not seen it, as the reader adds up."""
        fold = np.array(
            [
                int(hashlib.sha256(c.text.encode("utf-8", "replace")).hexdigest(), 16) % FOLDS
                for c in self.chosen
            ]
        )
        odds = np.zeros(self.truth.shape)
        for number in range(FOLDS):
            coefficients, bias = self.learn(fold != number)
            tables, settings = domain.tables(coefficients.T, bias, self.found, MIX)
            half = replace(
                self.weights, domain=tuple(tables), settings=self.weights.settings | {"domain": settings}
            )
            for language in range(len(LANGUAGES)):
                here = np.flatnonzero((fold == number) & (self.found.language == language))
                if len(here):
                    tokens = tokenise([self.chosen[i].text for i in here])
                    odds[here] = Scorer(half, language).score(tokens).domain
        return odds


def sentences_of(text: str) -> list[str]:
    """The sentences of one text."""
    tokens = tokenise([text])
    return [text[start:end] for start, end in zip(tokens.sentence_starts, tokens.sentence_ends, strict=True)]


def stranger_weights(course: Course, lines: list[Line]) -> tuple[np.ndarray, float]:
    """Tells our own comments from lines of the corpora: the reader learns what kind of text it reads."""
    others = strangers(lines)
    found = domain.inputs(
        [c.text for c in others], [c.language for c in others], course.weights, course.found.squares
    )
    matrix = sparse.vstack([course.matrix[course.own], domain.design(found, MIX)]).tocsr()
    truth = np.arange(matrix.shape[0])[:, None] < course.own.sum()
    coefficients, bias = logistic.fit(matrix, truth, np.ones(truth.shape), MIX.strength)
    return coefficients[:, 0], float(bias[0])


def strangers(lines: list[Line]) -> list[Comment]:
    """Lines that are no customer's comment: the reader learns to tell what kind of text it reads."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.part == "train":
            groups.setdefault((line.language, line.corpus), []).append(line)
    return [
        Comment("", line.language, line.text, False, False, False, "", {}, (), (), False, {"stranger": True})
        for group in groups.values()
        for line in group[:: max(1, len(group) // STRANGERS)]
    ]


def train_domain(folder: Path, settings: dict[str, Any], comments: list[Comment], lines: list[Line]) -> None:
    """Writes the domain tables and all settings."""
    course = Course(load(folder), [comment for comment in comments if comment.part == "train"])
    odds, truth, own = course.out_of_fold(), course.truth, course.own
    coefficients, bias = course.learn(np.ones(len(own), dtype=bool))
    gate = domain.OUTPUTS.index("comment")
    coefficients[:, gate], bias[gate] = stranger_weights(course, lines)
    thresholds, slopes, shifts = [], [], []
    for column, output in enumerate(domain.OUTPUTS):
        here = np.ones(len(own), dtype=bool) if output in HOT_KINDS else own
        t, o = truth[here, column], odds[here, column]
        share = t.mean()
        real = REAL_SHARES.get(output, share)
        w = np.where(t, real / max(share, 1e-9), (1 - real) / max(1 - share, 1e-9))
        plain = output in domain.SENTIMENTS or output == "comment"
        threshold = 0.0 if plain else best_threshold(t, o, w)
        threshold += PLAINNESS if output in HOT_KINDS else 0.0
        slope, shift = (
            (COMMENT_SLOPE, COMMENT_SHIFT)
            if output == "comment"
            else calibrated(truth[own, column], odds[own, column])
        )
        thresholds.append(round(threshold, 6))
        slopes.append(round(slope, 6))
        shifts.append(round(shift, 6))
    tables, found_settings = domain.tables(coefficients.T, bias, course.found, MIX)
    for name, table in zip(LANGUAGES, tables, strict=True):
        general.save(folder, f"domain_{name}", table)
    found_settings |= {"thresholds": thresholds, "slope": slopes, "shift": shifts}
    settings["domain"] = found_settings
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for path in sorted(folder.glob("*.npy")):
        digest.update(path.read_bytes())
    settings["version"] = digest.hexdigest()[:12]
    (folder / "settings.json").write_text(json.dumps(settings, sort_keys=True) + "\n", encoding="utf-8")


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
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data or KALEVI_TRAINING_DATA must name the folder of the corpora")
    comments = labels(given.data, given.labels)
    path = given.out / "settings.json"
    lines = [*xed(given.data), *finnsentiment(given.data), *goemotions(given.data)]
    if given.keep_general:
        settings = json.loads(path.read_text(encoding="utf-8"))
    else:
        settings = train_general(given.out, lines, comments)
    settings.pop("domain", None)
    settings.pop("version", None)
    path.write_text(json.dumps(settings, sort_keys=True) + "\n", encoding="utf-8")
    if not given.only_general:
        train_domain(given.out, settings, comments, lines)


if __name__ == "__main__":
    main()
