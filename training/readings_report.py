"""Prints how our own readings agree with the corpora's labels, and what they teach, out of fold.

`python -m training.readings_report --data FOLDER [--floret FOLDER]`. Nothing of the test parts is looked at.
The list of words was made from words of these very lines, so folds that are held back gain a little by it.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kalevi.text.deciding import FELT, POLAR, around, beside
from training import together
from training.corpora import FEELINGS, POLARITIES, Line, finnsentiment, labels, xed
from training.general import GENERAL_BUCKETS, OUTPUTS, general, unseen_odds
from training.readings import digest, expressions, with_readings
from training.report import classes, eight, judged, told
from training.sparse import counts
from training.train import HERE, TOGETHER_FOLDS, meant, together_folds, usable

FOLDS = 3


def feelings(lines: Sequence[Line], scores: Sequence[Mapping[str, float]]) -> str:
    """The macro F1 of eight feelings; thresholds of one half of the lines come from the other."""
    return told(judged([line.feelings or frozenset() for line in lines], scores), eight)


def polarity(lines: Sequence[Line], scores: Sequence[Mapping[str, float]]) -> str:
    """The macro F1 of three polarities."""
    pairs = [
        (line.polarity, max(POLARITIES, key=by.__getitem__)) for line, by in zip(lines, scores, strict=True)
    ]
    return told(pairs, classes(POLARITIES))


def agreement(lines: Sequence[Line]) -> list[str]:
    """How far our readings agree with the corpora's own labels."""
    rows = []
    for corpus in ("xed", "xed-projected", "finnsentiment"):
        some = [line for line in lines if line.corpus == corpus and line.read is not None]
        read = [defaultdict(float, line.read or {}) for line in some]
        score = (polarity if corpus == "finnsentiment" else feelings)(some, read)
        rows.append(f"our reading of {corpus}, macro F1: {score}")
    return rows


def out_of_fold(lines: list[Line], known: np.ndarray | None, said: list[Line]) -> str:
    """What the general part tells of lines it has not seen."""
    fold = np.array([int(digest(line.text), 16) % FOLDS for line in lines])
    odds = np.zeros((len(lines), len(OUTPUTS)))
    for number in range(FOLDS):
        kept, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        table, settings = general([lines[k] for k in kept], None if known is None else known[kept], said)
        seen = counts([lines[k].text for k in held], GENERAL_BUCKETS)
        length = np.sqrt(np.maximum(seen @ table[:, -1].astype(float), 1e-9))[:, None]
        odds[held] = (seen @ (table[:, :-1] * np.array(settings["step"]))) / length + settings["bias"]
    scores = [dict(zip(OUTPUTS, row, strict=True)) for row in odds.tolist()]
    gold = [k for k, line in enumerate(lines) if line.corpus == "xed"]
    forum = [k for k, line in enumerate(lines) if line.corpus == "finnsentiment"]
    first = feelings([lines[k] for k in gold], [scores[k] for k in gold])
    second = polarity([lines[k] for k in forum], [scores[k] for k in forum])
    return f"XED, macro F1: {first}; FinnSentiment: {second}"


def heard_together(lines: list[Line], known: np.ndarray | None, said: list[Line]) -> list[str]:
    """What hearing feelings, and polarities with them, together adds, learnt from the other folds as well."""
    fold = together_folds(lines)
    odds = unseen_odds(lines, known, said, fold)
    ticked, forum = together.labelled(lines), together.judged(lines)
    truth = np.zeros((len(lines), len(FEELINGS)))
    truth[ticked] = together.ticked([lines[k] for k in ticked])
    kind = np.zeros(len(lines), dtype=int)
    kind[forum] = together.polarities([lines[k] for k in forum])
    heard = np.zeros(odds.shape)
    for number in range(TOGETHER_FOLDS):
        held = fold == number
        learning = ticked[~held[ticked]]
        heard[held, FELT] = beside(odds[held, FELT]) @ together.learnt(odds[learning, FELT], truth[learning])
        learning = forum[~held[forum]]
        heard[held, POLAR] = around(odds[held]) @ together.learnt_polarity(odds[learning], kind[learning])
    rows = []
    for name, some, figure in (("feeling", ticked, feelings), ("polarity", forum, polarity)):
        alone, both = (
            figure(
                [lines[k] for k in some],
                [dict(zip(OUTPUTS, row, strict=True)) for row in told[some].tolist()],
            )
            for told in (odds, heard)
        )
        rows.append(f"each {name} by itself: {alone}; heard together: {both}")
    return rows


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
    print("\n".join(heard_together(lines, known, expressions())))


if __name__ == "__main__":
    main()
