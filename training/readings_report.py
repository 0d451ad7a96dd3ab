"""Prints how our own readings agree with the corpora's labels, and what they teach, out of fold.

`python -m training.readings_report --data FOLDER [--floret FOLDER]`. Nothing of the test parts is looked at.
The list of words was made from words of these very lines, so folds that are held back gain a little by it.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from training.corpora import FEELINGS, POLARITIES, Line, finnsentiment, labels, xed
from training.general import GENERAL_BUCKETS, general
from training.readings import digest, expressions, with_readings
from training.report import f1, threshold
from training.sparse import counts
from training.train import HERE, meant, usable

FOLDS = 3


def feelings_f1(lines: Sequence[Line], odds: np.ndarray) -> float:
    """The macro F1 of eight feelings, (lines, 8) odds; thresholds come from the other half of the lines."""
    found = []
    for column, feeling in enumerate(FEELINGS):
        truth = [feeling in (line.feelings or ()) for line in lines]
        cuts = [threshold(list(zip(truth[half::2], odds[half::2, column], strict=True))) for half in (1, 0)]
        said = [odds[place, column] >= cuts[place % 2] for place in range(len(lines))]
        found.append(f1(list(zip(truth, said, strict=True))) or 0.0)
    return float(np.mean(found))


def polarity_f1(lines: Sequence[Line], odds: np.ndarray) -> float:
    """The macro F1 of three polarities, (lines, 3) odds."""
    said = odds.argmax(axis=1)
    pairs = [
        [(line.polarity == name, bool(column == k)) for line, column in zip(lines, said, strict=True)]
        for k, name in enumerate(POLARITIES)
    ]
    return float(np.mean([f1(some) or 0.0 for some in pairs]))


def read_odds(lines: Sequence[Line], names: Sequence[str]) -> np.ndarray:
    """Our readings of lines as numbers: (lines, names)."""
    return np.array([[(line.read or {}).get(name, 0.0) for name in names] for line in lines])


def agreement(lines: Sequence[Line]) -> list[str]:
    """How far our readings agree with the corpora's own labels."""
    rows = []
    for corpus in ("xed", "xed-projected"):
        some = [line for line in lines if line.corpus == corpus and line.read is not None]
        score = feelings_f1(some, read_odds(some, FEELINGS))
        rows.append(f"our reading of {len(some)} lines of {corpus}: macro F1 {score:.3f}")
    some = [line for line in lines if line.corpus == "finnsentiment" and line.read is not None]
    score = polarity_f1(some, read_odds(some, POLARITIES))
    return [*rows, f"our reading of {len(some)} sentences of finnsentiment: macro F1 {score:.3f}"]


def out_of_fold(lines: list[Line], known: np.ndarray | None, said: list[Line]) -> str:
    """What the general part tells of lines it has not seen."""
    fold = np.array([int(digest(line.text), 16) % FOLDS for line in lines])
    odds = np.zeros((len(lines), len(FEELINGS) + len(POLARITIES)))
    for number in range(FOLDS):
        kept, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        table, settings = general([lines[k] for k in kept], None if known is None else known[kept], said)
        seen = counts([lines[k].text for k in held], GENERAL_BUCKETS)
        length = np.sqrt(np.maximum(seen @ table[:, -1].astype(float), 1e-9))[:, None]
        odds[held] = (seen @ (table[:, :-1] * np.array(settings["step"]))) / length + settings["bias"]
    gold = [k for k, line in enumerate(lines) if line.corpus == "xed"]
    forum = [k for k, line in enumerate(lines) if line.corpus == "finnsentiment"]
    split = len(FEELINGS)
    first = feelings_f1([lines[k] for k in gold], odds[gold, :split])
    second = polarity_f1([lines[k] for k in forum], odds[forum, split:])
    return f"XED macro F1 {first:.3f} (n = {len(gold)}), FinnSentiment {second:.3f} (n = {len(forum)})"


def main() -> None:
    """Print agreement, then what is learnt from labels alone and with our readings and lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("KALEVI_TRAINING_DATA"))
    parser.add_argument("--floret", type=Path, default=os.environ.get("KALEVI_FLORET"))
    given = parser.parse_args()
    corpora = with_readings([*xed(given.data), *finnsentiment(given.data)])
    comments = labels(given.data, HERE / "labels")
    lines = [line for line in usable(corpora, comments) if line.language == "fi"]
    known = meant(lines, comments, given.floret)
    known = None if known is None else known[: len(lines)]
    print("\n".join(agreement(lines)))
    print("by labels alone, out of fold:", out_of_fold([replace(i, read=None) for i in lines], known, []))
    print("with our readings and lists: ", out_of_fold(lines, known, expressions()))


if __name__ == "__main__":
    main()
