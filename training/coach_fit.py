"""Fits the coach's small models on the dev part of the labelled answers; writes its `weights.json`.

    python -m training.coach_fit [--data FOLDER]

Every quality has two logistic models: whether it is called for, and whether it is there; one more says how
likely a thoughtful colleague would send the answer as it is. Whether a draft asks is seen in its words: what
is learned is whether one that asks nothing should have, from few numbers and at the rate at which answers
lack one. Where two readers differ on a question or on the aims, nothing is learned from that answer. Weights
are rounded, so that one set of labels gives one file.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kalevi.text.coach import QUALITIES
from kalevi.text.coach.checking import language_of
from kalevi.text.coach.features import COUNTS, NAMES, OF_DRAFT, features
from kalevi.text.coach.situation import situation
from kalevi.text.coach.told import NAMES as OF_TOLD
from kalevi.text.coach.unknown import NAMES as OF_UNKNOWN
from kalevi.text.coach.wording import NAMES as OF_WORDING
from training.coach_report import DATA, Pair, in_test, pairs

OUT = Path(__file__).resolve().parents[1] / "src" / "kalevi" / "text" / "coach" / "weights.json"
STRENGTH, STRENGTH_OF_CALLED = 1.0, 0.5
# Of `unknown`, what the customer's words tell alone.
OF_UNTOLD = (
    "tells_when", "tells_which", "tells_little", "tells_name", "points", "fails", "wishes", "wishes_open",
    "judges", "unknown", "someone", "neighbour", "asks_of_us", "told_at_length", "bare",
)  # fmt: skip
# What is called for is told by the customer's words alone, whatever stands in the draft. These, and all the
# sets below with their strengths, were chosen by what they find in folds of the dev part that hold no words
# of the others.
OF_SITUATION = (
    *(n for n in OF_TOLD if not n.startswith("names_")),
    *OF_UNTOLD,
    "asked",
    "told_long",
    "told_facts",
)
CALLED = dict.fromkeys(("feeling", "ownership", "next_step"), OF_SITUATION)
THERE = {
    "feeling": (*OF_DRAFT, *OF_WORDING, *OF_TOLD),
    "ownership": OF_DRAFT,
    "next_step": (*OF_DRAFT, *OF_WORDING),
    "answers": (*OF_DRAFT, *OF_TOLD),
    "aims": (*OF_DRAFT, *OF_WORDING),
}
OF_QUESTION = (
    "told_long", "asked", "open_questions", "negative", "positive", "trouble", "times", "has_done", "has_act",
    "same_language", *OF_UNKNOWN, "says_pain", "says_joy", "calm_question", "only_asks", "wants", "again",
    "incident", "own_matter", "incident_open", "incident_left",
)  # fmt: skip
STRENGTH_OF_QUESTION = 2.0
DISPUTED = ("question", "aims")


def dev_pairs(data: Path) -> list[Pair]:
    """Return the dev part; a reply that stands under many reviews counts once."""
    found = {pair.answer: pair for pair in reversed(list(pairs(data))) if not in_test(pair.id)}
    return sorted(found.values(), key=lambda pair: pair.id)


def matrix(chosen: list[Pair]) -> NDArray[np.float64]:
    """Return the features of pairs: a row each, in the order of `NAMES`."""
    rows = [features(p.answer, language_of(p.answer, p.to), situation(p.to)) for p in chosen]
    return np.array([[row[name] for name in NAMES] for row in rows])


def fitted(
    rows: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    looked_at: Sequence[str],
    *,
    strength: float = STRENGTH,
    balanced: bool = True,
) -> list[float]:
    """Return bias and weights of a logistic model over the numbers named `looked_at`; of others 0.

    Only a bias where one side has fewer than four rows. `balanced` counts both sides alike, however rare.
    """
    weights = dict.fromkeys(NAMES, 0.0)
    if min(wanted.sum(), (~wanted).sum()) < 4:
        share = (wanted.sum() + 0.5) / (len(wanted) + 1)
        return [round(float(np.log(share / (1 - share))), 4), *weights.values()]
    model = LogisticRegression(C=strength, class_weight="balanced" if balanced else None, max_iter=5_000)
    model.fit(rows[:, [NAMES.index(name) for name in looked_at]], wanted)
    weights |= dict(zip(looked_at, map(float, model.coef_[0]), strict=True))
    return [round(number, 4) for number in (float(model.intercept_[0]), *weights.values())]


def agreed(chosen: list[Pair], quality: str) -> NDArray[np.bool_]:
    """Return for each pair whether its readers agree; one reader alone agrees."""
    return np.array([p.second is None or p.second[quality] == p.first[quality] for p in chosen])


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    chosen = dev_pairs(parser.parse_args().data)
    rows = matrix(chosen)
    models = {}
    for quality in QUALITIES:
        labels = np.array([pair.first[quality] for pair in chosen])
        sure = agreed(chosen, quality) if quality in DISPUTED else np.ones(len(chosen), dtype=bool)
        if quality == "question":
            sure &= rows[:, NAMES.index("asks_really")] == 0
        there = sure & (labels != "na")
        if quality == "question":
            called = fitted(
                rows[sure],
                labels[sure] != "na",
                OF_QUESTION,
                strength=STRENGTH_OF_QUESTION,
                balanced=False,
            )
        else:
            looked_at = CALLED.get(quality, COUNTS)
            called = fitted(rows[sure], labels[sure] != "na", looked_at, strength=STRENGTH_OF_CALLED)
        models[f"called.{quality}"] = called
        models[f"there.{quality}"] = fitted(rows[there], labels[there] == "yes", THERE.get(quality, COUNTS))
    good = np.array([bool(pair.first["good"]) for pair in chosen])
    models["good"] = fitted(rows, good, (*COUNTS, *OF_WORDING), strength=STRENGTH_OF_CALLED)
    lines = ",\n".join(f'  "{name}": {json.dumps(weights)}' for name, weights in models.items())
    OUT.write_text(f'{{"names": {json.dumps(NAMES)},\n "models": {{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{len(chosen)} answers, {len(models)} models, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
