"""Fits the coach's small models on the dev part of the labelled answers; writes its `weights.json`.

    python -m training.coach_fit [--data FOLDER]

Every quality has two logistic models: whether it is called for, and whether it is there; one more says how
likely a thoughtful colleague would send the answer as it is. Weights are rounded, so that one set of labels
gives one file.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kalevi.text.coach import QUALITIES
from kalevi.text.coach.checking import language_of
from kalevi.text.coach.features import NAMES, features
from kalevi.text.coach.situation import situation
from training.coach_report import DATA, Pair, in_test, pairs

OUT = Path(__file__).resolve().parents[1] / "src" / "kalevi" / "text" / "coach" / "weights.json"
STRENGTH = 0.5


def dev_pairs(data: Path) -> list[Pair]:
    """Return the dev part; a reply that stands under many reviews counts once."""
    found = {pair.answer: pair for pair in reversed(list(pairs(data))) if not in_test(pair.id)}
    return sorted(found.values(), key=lambda pair: pair.id)


def matrix(chosen: list[Pair]) -> NDArray[np.float64]:
    """Return the features of pairs: a row each, in the order of `NAMES`."""
    rows = [features(p.answer, language_of(p.answer, p.to), situation(p.to)) for p in chosen]
    return np.array([[row[name] for name in NAMES] for row in rows])


def fitted(rows: NDArray[np.float64], wanted: NDArray[np.bool_]) -> list[float]:
    """Return bias and weights of a logistic model; only a bias where one side has fewer than four rows."""
    if min(wanted.sum(), (~wanted).sum()) < 4:
        share = (wanted.sum() + 0.5) / (len(wanted) + 1)
        return [round(float(np.log(share / (1 - share))), 4), *[0.0] * len(NAMES)]
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5_000)
    model.fit(rows, wanted)
    return [round(float(number), 4) for number in (model.intercept_[0], *model.coef_[0])]


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = dev_pairs(parser.parse_args().data)
    rows = matrix(chosen)
    models = {}
    for quality in QUALITIES:
        labels = np.array([pair.first[quality] for pair in chosen])
        models[f"called.{quality}"] = fitted(rows, labels != "na")
        there = labels != "na"
        models[f"there.{quality}"] = fitted(rows[there], labels[there] == "yes")
    models["good"] = fitted(rows, np.array([bool(pair.first["good"]) for pair in chosen]))
    lines = ",\n".join(f'  "{name}": {json.dumps(weights)}' for name, weights in models.items())
    OUT.write_text(f'{{"names": {json.dumps(NAMES)},\n "models": {{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{len(chosen)} answers, {len(models)} models, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
