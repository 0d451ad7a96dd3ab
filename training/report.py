"""Measures the shipped weights beside AFINN and VADER and writes REPORT.md.

`python -m training.report --data FOLDER`. Every figure has its 95% bootstrap interval (300 resamples).
"""

import argparse
import csv
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from kalevi.tables import RejectedRow, open_table
from kalevi.text import Reading, read
from kalevi.text.cues import LANGUAGES
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS
from training.corpora import Comment, finnsentiment, labels, part_of, xed
from training.course import PLAIN
from training.train import other_languages

HERE = Path(__file__).parent
SIDES = ("negative", "positive")
THREE = ("negative", "neutral", "positive")
Figure = Callable[[Sequence[Any]], float | None]


def f1(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """F1 over (truth, guess) pairs; None where neither ever holds."""
    hit = sum(truth and guess for truth, guess in pairs)
    total = sum(map(sum, pairs))
    return 2 * hit / total if total else None


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of those that are known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def told(items: Sequence[Any], figure: Figure) -> str:
    """A figure as "0.812 (0.790–0.834), n = 500"."""
    value = figure(items)
    if value is None:
        return "–"
    chance = random.Random(1)
    draws = [figure(chance.choices(items, k=len(items))) for _ in range(300)]
    known = sorted(draw for draw in draws if draw is not None)
    low, high = known[int(0.025 * len(known))], known[int(0.975 * len(known)) - 1]
    return f"{value:.3f} ({low:.3f}–{high:.3f}), n = {len(items)}"


def classes(names: Sequence[str]) -> Figure:
    """Macro F1 of single-label (truth, guess) pairs over `names`."""
    return lambda pairs: mean([f1([(t == name, g == name) for t, g in pairs]) for name in names])


def error(pairs: Sequence[tuple[bool, float]]) -> float:
    """Expected calibration error of (truth, chance) pairs in ten bins."""
    bins: dict[int, list[tuple[bool, float]]] = {}
    for truth, chance in pairs:
        bins.setdefault(min(9, int(chance * 10)), []).append((truth, chance))
    return sum(abs(sum(t for t, _ in b) - sum(c for _, c in b)) for b in bins.values()) / len(pairs)


def afinn(data: Path, language: str) -> Callable[[str], str]:
    """The sign of the sum of AFINN's word scores."""
    rows = (data / "afinn" / f"AFINN-{language}-165.txt").read_text(encoding="utf-8").split("\n")
    scores = {word: int(score) for word, _, score in (row.rpartition("\t") for row in rows) if word}

    def guess(text: str) -> str:
        total = sum(scores.get(word, 0) for word in tokenise([text]).words)
        return "positive" if total > 0 else "negative" if total < 0 else "neutral"

    return guess


def comment_rows(name: str, rows: list[dict[str, Any]], data: Path) -> list[str]:
    """Table lines for labelled comments: {"text", "language", "problem", "need", "dream", "sentiment"}."""
    readings = read([row["text"] for row in rows])
    lines: list[str] = []

    def add(language: str, what: str, items: Sequence[Any], figure: Figure) -> None:
        lines.append(f"| {name} | {language} | {what} | {told(items, figure)} |")

    for language in ("fi", "sv", "en", "all"):
        both = [
            (row, r) for row, r in zip(rows, readings, strict=True) if language in (row["language"], "all")
        ]
        if not both:
            continue
        for kind in HOT_KINDS:
            add(
                language,
                f"{kind}, F1",
                [(bool(w[kind]), holds(r, kind)) for w, r in both if w[kind] is not None],
                f1,
            )
        plain = [(row, r) for row, r in both if row["sentiment"] in THREE]
        mood = "sentiment, F1 mean of negative and positive"
        add(language, mood, [(row["sentiment"], r.sentiment) for row, r in plain], classes(SIDES))
        if language == "all":
            for feeling in FEELINGS:
                if all("feelings" in row for row, _ in both):
                    told_both = [
                        (feeling in w["feelings"], any(f.feeling == feeling for f in r.feelings))
                        for w, r in both
                        if feeling not in w.get("feelings_doubted", ())
                    ]
                    there, here = (sum(side) / len(told_both) for side in zip(*told_both, strict=True))
                    add("all", f"{feeling}, F1 ({there:.0%} labelled, {here:.0%} found)", told_both, f1)
            sure = [(bool(w[k]), r.scores[k]) for w, r in both for k in HOT_KINDS if w[k] is not None]
            add("all", "HOT, calibration error", sure, error)
            known = [
                (w["sentiment"] == r.sentiment, r.sentiment_confidence or 0.0)
                for w, r in both
                if w["sentiment"]
            ]
            add("all", "sentiment, calibration error", known, error)
            continue
        add(language, "language, share right", [r.language == language for _, r in both], share)
        guesses = {"AFINN": afinn(data, language)} | ({"VADER": vader()} if language == "en" else {})
        for other, guess in guesses.items():
            pairs = [(row["sentiment"], guess(row["text"])) for row, _ in plain]
            add(language, f"{mood}, by {other}", pairs, classes(SIDES))
    return lines


def share(found: Sequence[bool]) -> float:
    """The share of those that hold."""
    return sum(found) / len(found)


def vader() -> Callable[[str], str]:
    """VADER's compound score, with its authors' limits."""
    analyser = SentimentIntensityAnalyzer()

    def guess(text: str) -> str:
        score = analyser.polarity_scores(text)["compound"]
        return "positive" if score >= 0.05 else "negative" if score <= -0.05 else "neutral"

    return guess


def holds(reading: Reading, kind: str) -> bool:
    """Whether any sentence was read to tell this kind."""
    return any(hot.kind == kind for hot in reading.hots)


def threshold(pairs: Sequence[tuple[bool, float]]) -> float:
    """The score with the highest F1."""
    ranked = sorted(pairs, key=lambda pair: -pair[1])
    positives, hit, best = sum(t for t, _ in pairs), 0, (0.0, 0.5)
    for taken, (truth, score) in enumerate(ranked, 1):
        hit += truth
        best = max(best, (2 * hit / (taken + positives), score))
    return best[1]


def judged(
    truth: Sequence[frozenset[str]], scores: Sequence[Mapping[str, float]]
) -> list[list[tuple[bool, bool]]]:
    """Told and found for eight feelings of each text; thresholds of one half come from the other."""
    order = list(range(len(truth)))
    random.Random(1).shuffle(order)
    found = []
    for tune, test in ((order[::2], order[1::2]), (order[1::2], order[::2])):
        cut = {f: threshold([(f in truth[k], scores[k][f]) for k in tune]) for f in FEELINGS}
        found += [[(f in truth[k], scores[k][f] >= cut[f]) for f in FEELINGS] for k in test]
    return found


def eight(rows: Sequence[Sequence[tuple[bool, bool]]]) -> float | None:
    """Macro F1 of what `judged` gives."""
    return mean([f1([row[place] for row in rows]) or 0.0 for place in range(len(FEELINGS))])


def corpora_rows(data: Path) -> list[str]:
    """Table lines for the parts of the corpora that nothing was trained on."""
    lines = []
    for language in ("fi", "en"):
        some = [x for x in xed(data) if x.corpus == "xed" and x.language == language and x.part == "test"]
        scores = [reading.scores for reading in read([x.text for x in some])]
        felt = judged([x.feelings or frozenset() for x in some], scores)
        lines.append(f"| XED, clean split | {language} | eight feelings, macro F1 | {told(felt, eight)} |")
    lines += language_rows(data)
    some = [x for x in finnsentiment(data) if x.part == "test"]
    readings = read([x.text for x in some])
    pairs = [(x.polarity, max(THREE, key=r.scores.__getitem__)) for x, r in zip(some, readings, strict=True)]
    lines.append(f"| FinnSentiment, clean split | fi | polarity, macro F1 | {told(pairs, classes(THREE))} |")
    guess = afinn(data, "fi")
    pairs = [(x.polarity, guess(x.text)) for x in some]
    lines.append(f"| FinnSentiment, clean split | fi | polarity by AFINN | {told(pairs, classes(THREE))} |")
    path = data / "semeval2019_task9" / "V1.4_Training.csv"
    rows = [
        r for r in csv.reader(path.open(encoding="utf-8", errors="replace")) if len(r) >= 3 and r[2] in "01"
    ]
    marked = [any(m.mark == "suggestion" for m in r.marks) for r in read([row[1] for row in rows])]
    both = [(row[2] == "1", found) for row, found in zip(rows, marked, strict=True)]
    return [*lines, f"| SemEval-2019 task 9 A, never trained on | en | suggestion, F1 | {told(both, f1)} |"]


def language_rows(data: Path) -> list[str]:
    """Table lines: how often the language of a subtitle, mostly a few words, is told by its words alone."""
    kinds = ("xed", "xed-projected")
    short = [x for x in xed(data) if x.corpus in kinds and x.part == "test"]
    groups = {name: [x.text for x in short if x.language == name] for name in LANGUAGES}
    groups["und"] = [text for text in other_languages() if part_of(text) == "test"]
    lines = []
    for name, texts in groups.items():
        what = "our lines in 28 other languages, test part" if name == "und" else "XED, clean split"
        right = [reading.language == name for reading in read(texts)]
        lines.append(f"| {what} | {name} | language, share right | {told(right, share)} |")
    return lines


def review_rows(data: Path) -> list[str]:
    """Table lines for shop reviews by their stars and tweets to airlines by their labelled sentiment."""
    texts: list[tuple[str, str, str]] = []
    for language in ("fi", "sv"):
        name = f"shop reviews, translated from {language} by machine"
        with (data / "nordic_reviews_mt" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        texts += [(name, row["text"], "positive" if row["label"] == "1" else "negative") for row in rows]
    with (data / "airline_tweets" / "tweets.csv").open(encoding="utf-8", newline="") as file:
        texts += [("tweets to airlines", r["text"], r["airline_sentiment"]) for r in csv.DictReader(file)]
    readings = read([text for _, text, _ in texts], language="en")
    guess = vader()
    lines = []
    for name in dict.fromkeys(name for name, _, _ in texts):
        some = [(row, r) for row, r in zip(texts, readings, strict=True) if row[0] == name]
        pairs = [(row[2], r.sentiment) for row, r in some]
        what = "sentiment, F1 mean of negative and positive"
        lines.append(f"| {name} | en | {what} | {told(pairs, classes(SIDES))} |")
        pairs = [(row[2], guess(row[1])) for row, _ in some]
        lines.append(f"| {name} | en | {what}, by VADER | {told(pairs, classes(SIDES))} |")
    return lines


def starred(data: Path) -> Iterator[tuple[str, float]]:
    """Real reviews with their stars of five."""
    for path in sorted((data / "trustpilot_reviews").glob("*.xlsx")):
        with open_table(path) as table:
            text = table.column("Review Text")
            stars = next(place for place, name in enumerate(table.header) if name.endswith("Rating"))
            rows = [row.cells for row in table.rows() if not isinstance(row, RejectedRow)]
        for cells in rows:
            if cells[text].strip() and cells[stars].strip():
                yield cells[text], float(cells[stars].replace(",", "."))


def problem_rows(data: Path) -> list[str]:
    """Table lines: in how many good and poor reviews a problem is found, by words and with their stars."""
    lines = []
    stars = list(starred(data))
    for wanted, name in ((5.0, "reviews with five stars"), (1.0, "reviews with one star")):
        some = [text for text, given in stars if given == wanted]
        for how, grades in (
            ("by words alone", None),
            ("with the stars", [(wanted - 1) / 4] * len(some)),
        ):
            found = [holds(reading, "problem") for reading in read(some, grades=grades)]
            lines.append(f"| {name} | en | problem found {how}, share | {told(found, share)} |")
    for language in ("fi", "sv"):
        with (data / "nordic_reviews_mt" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for label, name in (("1", "good"), ("0", "poor")):
            some = [row["text"] for row in rows if row["label"] == label]
            found = [holds(reading, "problem") for reading in read(some, language="en")]
            what = f"{name} shop reviews, translated from {language} by machine"
            lines.append(f"| {what} | en | problem found by words alone, share | {told(found, share)} |")
    return lines


def own_row(comment: Comment) -> dict[str, Any]:
    """A comment of ours in the form of the development sample."""
    kinds = {"problem": comment.problem, "need": comment.need, "dream": comment.dream}
    return {
        "text": comment.text,
        "language": comment.language,
        "sentiment": comment.sentiment,
        "feelings": comment.feelings,
        **kinds,
    }


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("KALEVI_TRAINING_DATA"))
    given = parser.parse_args()
    comments = labels(given.data, HERE / "labels")
    sample = (given.data / "comments_dev" / "comments.jsonl").read_text(encoding="utf-8").split("\n")
    real = [{**row, "language": row["lang"]} for row in map(json.loads, filter(None, sample))]
    held = [c for c in comments if c.own and c.part == "test"]
    own = [own_row(c) for c in held]
    plain = [own_row(c) for c in held if c.id.startswith(PLAIN)]
    letters = [own_row(c) for c in labels(given.data, HERE / "letters")]
    measured = labels(given.data, HERE / "measured")
    lines = [
        *comment_rows("real comments (development sample)", real, given.data),
        *comment_rows("own labels, test part", own, given.data),
        *comment_rows("plainly told comments among these", plain, given.data),
        *comment_rows(
            "long reviews that weigh problems",
            letters,
            given.data,
        ),
        *comment_rows(
            "tweets to airlines, our labels",
            [own_row(c) for c in measured if c.source == "tweets"],
            given.data,
        ),
        *comment_rows(
            "translated shop reviews, our labels",
            [own_row(c) for c in measured if c.source == "reviews"],
            given.data,
        ),
        *corpora_rows(given.data),
        *review_rows(given.data),
        *problem_rows(given.data),
    ]
    counts = {name: sum(c.language == name for c in comments) for name in ("fi", "sv", "en")}
    text = (HERE / "model_card.md").read_text(encoding="utf-8")
    model = read(["x"])[0].model.version
    text = text.replace("{version}", model).replace(
        "{labels}", ", ".join(f"{n} {k}" for k, n in counts.items())
    )
    (HERE / "REPORT.md").write_text(text.replace("{scores}", "\n".join(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
