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

from kalevi.text.cues import LANGUAGES
from kalevi.text.vocabulary import HOT_KINDS
from kalevi.text.weights_file import load
from training import domain, general, logistic
from training.corpora import Comment, Line, finnsentiment, goemotions, labels, xed

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "kalevi" / "text" / "weights"
FOLDS = 4
# how often real customer comments hold each: thresholds are tuned for these shares, not for our labels'
REAL_SHARES = {"problem": 0.62, "need": 0.17, "dream": 0.08}
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


def calibrated(truth: np.ndarray, odds: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make log odds into honest chances (Platt scaling)."""
    import scipy.sparse

    slope, shift = logistic.fit(scipy.sparse.csr_matrix(odds[:, None]), truth[:, None], weight[:, None], 10.0)
    return float(slope[0, 0]), float(shift[0])


def train_domain(folder: Path, settings: dict[str, Any], comments: list[Comment]) -> None:
    """Writes the domain tables and all settings."""
    chosen = [comment for comment in comments if comment.part == "train"]
    weights = load(folder)
    found = domain.inputs([c.text for c in chosen], [c.language for c in chosen], weights)
    matrix = domain.design(found, MIX)
    truth = np.array([[domain.truth_of(c, output) for output in domain.OUTPUTS] for c in chosen])
    own = np.array([c.own for c in chosen])
    weight = np.repeat(np.where(own, 1.0, CORPUS_WEIGHT)[:, None], truth.shape[1], axis=1)
    fold = np.array(
        [int(hashlib.sha256(c.text.encode("utf-8", "replace")).hexdigest(), 16) % FOLDS for c in chosen]
    )
    odds = np.zeros(truth.shape)
    for number in range(FOLDS):
        kept = fold != number
        coefficients, bias = logistic.fit(matrix[kept], truth[kept], weight[kept], MIX.strength)
        odds[~kept] = matrix[~kept] @ coefficients + bias
    coefficients, bias = logistic.fit(matrix, truth, weight, MIX.strength)
    thresholds, slopes, shifts = [], [], []
    for column, output in enumerate(domain.OUTPUTS):
        here = own if truth[own, column].sum() >= 5 else np.ones(len(own), dtype=bool)
        t, o = truth[here, column], odds[here, column]
        w = np.ones(len(t))
        if output in HOT_KINDS:
            share = t.mean()
            real = REAL_SHARES[output]
            w = np.where(t, real / share, (1 - real) / (1 - share))
        threshold = 0.0 if output in domain.SENTIMENTS else best_threshold(t, o, w)
        slope, shift = calibrated(t, o, np.ones(len(t)))
        thresholds.append(round(threshold, 6))
        slopes.append(round(slope, 6))
        shifts.append(round(shift, 6))
    tables, found_settings = domain.tables(coefficients.T, bias, found, MIX)
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("KALEVI_TRAINING_DATA"))
    parser.add_argument("--labels", type=Path, default=HERE / "labels")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument(
        "--keep-general", action="store_true", help="train only what the comments' labels teach"
    )
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data or KALEVI_TRAINING_DATA must name the folder of the corpora")
    comments = labels(given.data, given.labels)
    path = given.out / "settings.json"
    if given.keep_general:
        settings = json.loads(path.read_text(encoding="utf-8"))
    else:
        lines = [*xed(given.data), *finnsentiment(given.data), *goemotions(given.data)]
        settings = train_general(given.out, lines, comments)
    settings.pop("domain", None)
    settings.pop("version", None)
    path.write_text(json.dumps(settings, sort_keys=True) + "\n", encoding="utf-8")
    train_domain(given.out, settings, comments)


if __name__ == "__main__":
    main()
