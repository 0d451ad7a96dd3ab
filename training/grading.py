"""What a customer's own grade says beside the words, learnt from the demo company's labelled comments.

`graded.jsonl` tells of each of those comments whether it tells of a problem, and its mood, as read from the
words alone; words and scores stand with the demo company. `python -m training.grading` prints how much grades
help, on comments held back.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from kalevi.interactions.grades import grade
from kalevi.text import Reader
from kalevi.text.deciding import GRADE_GROUPS, SENTIMENT
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import HOT_KINDS, SENTIMENTS

HERE = Path(__file__).resolve().parent
WORDS = HERE.parent / "src" / "kalevi" / "demo" / "words"
SCALES = {"nps": (0.0, 10.0), "csat": (1.0, 5.0), "ces": (1.0, 7.0)}
PROBLEM = HOT_KINDS.index("problem")
# How strongly what a grade says is held back towards nothing.
STRENGTH = 5.0
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Graded:
    """One comment with its grade (0 to 1) and what its words were read to tell."""

    text: str
    language: str
    grade: float
    problem: bool
    sentiment: str


def graded() -> list[Graded]:
    """The labelled comments, in the order of their ids."""
    words = {}
    for path in sorted(WORDS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                words[row["id"]] = row
    found = []
    for line in (HERE / "graded.jsonl").read_text(encoding="utf-8").split("\n"):
        if line.strip():
            label = json.loads(line)
            row = words[label["id"]]
            kind, value = row["score"]["kind"], float(row["score"]["value"])
            given = grade(kind, value, *SCALES[kind])
            if given is not None:
                found.append(
                    Graded(row["text"], row["language"], given, label["problem"], label["sentiment"])
                )
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """Comments as the reader hears them without grades: calibrated log odds, labels and groups of grades."""

    problem: np.ndarray
    moods: np.ndarray
    truth: np.ndarray
    mood: np.ndarray
    group: np.ndarray


def told(comments: list[Graded], reader: Reader) -> Told:
    """What the reader hears in the words of `comments`."""
    problem, moods = np.zeros(len(comments)), np.zeros((len(comments), len(SENTIMENTS)))
    for place, comment in enumerate(comments):
        number = ("fi", "sv", "en").index(comment.language)
        tokens = tokenise([comment.text])
        scored = reader.scorer(number).score(tokens)
        calibrated = reader.judge.calibrated(reader.judge.odds(tokens, scored))[0]
        problem[place], moods[place] = calibrated[PROBLEM], calibrated[SENTIMENT]
    group = np.searchsorted(GRADE_GROUPS, [comment.grade for comment in comments], side="right")
    mood = np.array([SENTIMENTS.index(comment.sentiment) for comment in comments])
    return Told(problem, moods, np.array([comment.problem for comment in comments]), mood, group)


def learnt(all_told: Told, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each group of grades adds to the calibrated log odds of a problem and of each mood."""
    groups = len(GRADE_GROUPS) + 1
    group, truth, mood = all_told.group[kept], all_told.truth[kept], all_told.mood[kept]

    def of_problem(adds: np.ndarray) -> float:
        odds = (all_told.problem[kept] + adds[group]) * np.where(truth, 1, -1)
        return float(np.logaddexp(0, -odds).sum() + STRENGTH * (adds**2).sum() / 2)

    def of_moods(flat: np.ndarray) -> float:
        adds = flat.reshape(groups, -1)
        odds = all_told.moods[kept] + adds[group]
        missed = np.logaddexp.reduce(odds, axis=1) - odds[np.arange(len(odds)), mood]
        return float(missed.sum() + STRENGTH * (flat**2).sum() / 2)

    problem = minimize(of_problem, np.zeros(groups), method="BFGS").x
    moods = minimize(of_moods, np.zeros(groups * len(SENTIMENTS)), method="BFGS").x
    return problem, moods.reshape(groups, -1)


def settings(folder: Path) -> dict[str, list[float]]:
    """What grades add, in raw log odds by output, for the weights in `folder`."""
    reader = Reader(weights=folder)
    judge = reader.judge
    heard = told(graded(), reader)
    problem, moods = learnt(heard, np.ones(len(heard.truth), dtype=bool))
    found = {HOT_KINDS[PROBLEM]: problem / judge.slopes[PROBLEM]}
    for place, name in enumerate(SENTIMENTS):
        found[name] = moods[:, place] / judge.slopes[SENTIMENT][place]
    return {name: [round(float(number), 4) for number in adds] for name, adds in found.items()}


def f1(truth: np.ndarray, found: np.ndarray) -> float:
    """F1 of two masks."""
    return float(2 * (truth & found).sum() / max(1, truth.sum() + found.sum()))


def main() -> int:
    """Print problem and mood with and without grades, each comment by what others taught."""
    reader = Reader()
    judge = reader.judge
    heard = told(graded(), reader)
    fold = np.arange(len(heard.truth)) % FOLDS
    problem, moods = heard.problem.copy(), heard.moods.copy()
    for number in range(FOLDS):
        by_problem, by_mood = learnt(heard, fold != number)
        held = fold == number
        problem[held] += by_problem[heard.group[held]]
        moods[held] += by_mood[heard.group[held]]
    threshold = float(judge.calibrated(judge.thresholds)[PROBLEM])
    names = ("1-2 of 5", "3 of 5", "4 of 5", "5 of 5")
    for name, odds, mood in (("words alone", heard.problem, heard.moods), ("with the grade", problem, moods)):
        found = odds >= threshold
        right = mood.argmax(axis=1) == heard.mood
        print(f"{name}: problem F1 {f1(heard.truth, found):.3f}, mood right {right.mean():.3f}")
        for group, told_as in enumerate(names):
            some = heard.group == group
            print(
                f"  {told_as} (n = {some.sum()}): problem labelled {heard.truth[some].mean():.0%}, "
                f"found {found[some].mean():.0%}; mood right {right[some].mean():.0%}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
