"""Prints how far two readings of the same texts agree, output by output, as Markdown tables.

The second reading covers part of the labels; it was made from the texts, without sight of the first.
It lies in a folder of its own because training learns from every file beside the first reading.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.corpora import phrases, phrases_of
from training.report import own_row

LABELS = Path(__file__).resolve().parent / "labels"
KINDS = ("problem", "need", "dream")
MANY = 10
Row = dict[str, Any]
Pair = tuple[Row, Row]


def rows(path: Path) -> dict[str, Row]:
    """The labels of a file by id; raises ValueError when an id occurs twice."""
    found: dict[str, Row] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            if row["id"] in found:
                raise ValueError(f"{path.name}: {row['id']} occurs twice")
            found[row["id"]] = row
    return found


def pairs(folder: Path) -> list[Pair]:
    """The texts read twice: first reading, second reading; raises KeyError for one never read first."""
    first: dict[str, Row] = {}
    for path in sorted(folder.glob("*.jsonl")):
        first.update(rows(path))
    return [(first[key], row) for key, row in sorted(rows(folder / "second" / "second.jsonl").items())]


def phrase_pairs(folder: Path) -> list[Pair]:
    """The phrases read twice; raises KeyError for one never read first."""
    first = {phrase.text: own_row(phrase) for phrase in phrases(folder)}
    return [(first[phrase.text], own_row(phrase)) for phrase in phrases_of(folder / "second.tsv")]


def kappa(one: Sequence[object], two: Sequence[object]) -> float:
    """Cohen's kappa (Cohen 1960): agreement beyond what the two readers' own shares give by chance."""
    a, b = np.array(one), np.array(two)
    chance = sum(float(np.mean(a == value)) * float(np.mean(b == value)) for value in set(one) | set(two))
    return (float(np.mean(a == b)) - chance) / (1 - chance) if chance < 1 else float("nan")


def f1(one: Sequence[bool], two: Sequence[bool]) -> float:
    """The harmonic mean of precision and recall, the same whichever reader is held for true."""
    both = sum(x and y for x, y in zip(one, two, strict=True))
    said = sum(one) + sum(two)
    return 2 * both / said if said else float("nan")


def said(read: Sequence[Pair], holds: Callable[[Row], bool]) -> tuple[list[bool], list[bool]]:
    """Whether the first and the second reader say it, text by text."""
    return [holds(one) for one, _ in read], [holds(two) for _, two in read]


def table(read: Sequence[Pair]) -> list[str]:
    """Markdown rows: output, how often each reader said it, F1 and kappa, without what is rarer than MANY."""
    lines = ["| output | first | second | F1 | κ |", "|---|---:|---:|---:|---:|"]

    def row(name: str, holds: Callable[[Row], bool], least: int) -> None:
        one, two = said(read, holds)
        if max(sum(one), sum(two)) >= least:
            lines.append(f"| {name} | {sum(one)} | {sum(two)} | {f1(one, two):.2f} | {kappa(one, two):.2f} |")

    for kind in KINDS:
        row(kind, lambda label, kind=kind: bool(label[kind]), 0)  # type: ignore[misc]
    row("none of the three", lambda label: not any(label[kind] for kind in KINDS), 0)
    moods = kappa([one["sentiment"] for one, _ in read], [two["sentiment"] for _, two in read])
    lines.append(f"| sentiment | {len(read)} | {len(read)} | | {moods:.2f} |")
    for mood in ("negative", "neutral", "positive", "mixed"):
        row(f"sentiment: {mood}", lambda label, mood=mood: label["sentiment"] == mood, MANY)  # type: ignore[misc]
    for group in ("feelings", "themes", "marks"):
        for key in sorted({key for pair in read for label in pair for key in label[group]}):
            row(f"{group}: {key}", lambda label, g=group, k=key: k in label[g], MANY)  # type: ignore[misc]
    return lines


def by_source(read: Sequence[Pair], phrases_read: Sequence[Pair] = ()) -> list[str]:
    """One Markdown row for each language, and for customers' comments, corpus lines and phrases apart."""
    lines = [
        "| texts | n | problem F1 | κ | need F1 | κ | dream F1 | κ | sentiment κ |",
        "|---|" + "---:|" * 8,
    ]
    parts: list[tuple[str, Callable[[Row], bool]]] = [("all", lambda label: True)]
    for language in sorted({one["language"] for one, _ in read}):
        parts.append((language, lambda label, code=language: label["language"] == code))  # type: ignore[misc]
        parts.append(
            (
                f"{language}, comments",
                lambda label, code=language: label["language"] == code and "text" in label,  # type: ignore[misc]
            )
        )
    parts += [
        ("comments", lambda label: "text" in label),
        ("corpus lines", lambda label: "text" not in label),
    ]
    groups = [(name, [pair for pair in read if holds(pair[0])]) for name, holds in parts]
    if phrases_read:
        groups.append(("everyday phrases", list(phrases_read)))
    for name, chosen in groups:
        cells = [name, str(len(chosen))]
        for kind in KINDS:
            one, two = said(chosen, lambda label, kind=kind: bool(label[kind]))  # type: ignore[misc]
            cells += [f"{f1(one, two):.2f}", f"{kappa(one, two):.2f}"]
        moods = kappa([one["sentiment"] for one, _ in chosen], [two["sentiment"] for _, two in chosen])
        lines.append("| " + " | ".join([*cells, f"{moods:.2f}"]) + " |")
    return lines


def main() -> None:
    """Reads both readings and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS)
    read = pairs(parser.parse_args().labels)
    print("\n".join([*by_source(read, phrase_pairs(LABELS.parent / "phrases")), "", *table(read)]))


if __name__ == "__main__":
    main()
