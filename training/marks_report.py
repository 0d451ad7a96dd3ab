"""Measures how marks and personal data are read, by comments written for it; writes `training/MARKS.md`.

    python -m training.marks_report [--errors] [--batch NAME]

`marks.jsonl` holds one comment a line: the `batch` it was written in, its language, the `marks` that it tells
and the `personal_data` in it as [kind, words], both labelled before the reader saw it. Promises are measured
elsewhere (`promises_report`). `--errors` shows where it goes wrong; `--batch` measures one batch alone and
writes nothing.
"""

import argparse
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kalevi.stats import wilson_interval
from kalevi.text import Reader
from kalevi.text.vocabulary import MARKS, PERSONAL_DATA_KINDS

HERE = Path(__file__).resolve().parent
LANGUAGES = ("fi", "sv", "en")
MEASURED = tuple(mark for mark in MARKS if mark != "promise")
Part = tuple[str, Sequence["Said"]]


class Said(NamedTuple):
    """A comment, what it tells, and what is found in it; personal data as (kind, words)."""

    batch: str
    language: str
    text: str
    marks: frozenset[str]
    found_marks: frozenset[str]
    personal: tuple[tuple[str, str], ...]
    found_personal: tuple[tuple[str, str], ...]


class Count(NamedTuple):
    """How many are told, how many are found, and how many of both."""

    told: int
    found: int
    right: int


def measured(batch: str | None = None) -> list[Said]:
    """Return every comment, or those of a batch, with what is found in it."""
    rows = [json.loads(line) for line in (HERE / "marks.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if batch in (None, row["batch"])]
    readings = Reader().read([row["text"] for row in rows])
    return [
        Said(
            row["batch"],
            row["language"],
            row["text"],
            frozenset(row["marks"]),
            frozenset(mark.mark for mark in reading.marks) & frozenset(MEASURED),
            tuple((kind, words) for kind, words in row["personal_data"]),
            tuple((one.kind, row["text"][slice(*one.span)]) for one in reading.personal_data),
        )
        for row, reading in zip(rows, readings, strict=True)
    ]


def marks_counted(said: Iterable[Said], mark: str) -> Count:
    """Count the comments that tell a mark and those it is found in."""
    told = [(mark in one.marks, mark in one.found_marks) for one in said]
    return Count(sum(a for a, _ in told), sum(b for _, b in told), sum(a and b for a, b in told))


def personal_counted(said: Iterable[Said], kind: str) -> Count:
    """Count the words of a kind of personal data; found rightly is what begins and ends where labelled."""
    told = found = right = 0
    for one in said:
        labelled = [words for name, words in one.personal if name == kind]
        seen = [words for name, words in one.found_personal if name == kind]
        told, found = told + len(labelled), found + len(seen)
        right += sum(min(labelled.count(words), seen.count(words)) for words in set(labelled))
    return Count(told, found, right)


def report(said: Sequence[Said]) -> str:
    """Return the report as Markdown: `marks_card.md` with the tables in it."""
    batches = list(dict.fromkeys(one.batch for one in said))
    parts: list[Part] = [("all", said)]
    parts += [(name, [one for one in said if one.language == name]) for name in LANGUAGES]
    of_batches: list[Part] = [(name, [one for one in said if one.batch == name]) for name in batches]
    card = (HERE / "marks_card.md").read_text(encoding="utf-8")
    return (
        card.replace("{count}", str(len(said)))
        .replace("{batches}", "\n".join(_table(of_batches + parts, MEASURED, marks_counted, whole=True)))
        .replace("{marks}", "\n".join(_table(parts, MEASURED, marks_counted)))
        .replace(
            "{personal_batches}",
            "\n".join(_table(of_batches + parts, PERSONAL_DATA_KINDS, personal_counted, True)),
        )
        .replace("{personal}", "\n".join(_table(parts, PERSONAL_DATA_KINDS, personal_counted)))
    )


def _table(
    parts: Sequence[Part],
    names: Collection[str],
    counted: Callable[[Iterable[Said], str], Count],
    whole: bool = False,
) -> list[str]:
    lines = ["| part | what | told | found | precision | recall |", "|---|---|---:|---:|---|---|"]
    for part, some in parts:
        counts = {name: counted(some, name) for name in names}
        if whole:
            total = Count(*map(sum, zip(*counts.values(), strict=True)))
            lines.append(_row(part, "all together", total))
        else:
            lines += [_row(part, name, one) for name, one in counts.items() if one.told or one.found]
    return lines


def _row(part: str, name: str, one: Count) -> str:
    return (
        f"| {part} | {name} | {one.told} | {one.found} "
        f"| {_share(one.right, one.found)} | {_share(one.right, one.told)} |"
    )


def _share(right: int, of: int) -> str:
    if not of:
        return "–"
    low, high = wilson_interval(right, of)
    return f"{right / of:.2f} ({low:.2f}–{high:.2f})"


def _errors(said: Iterable[Said]) -> Iterable[str]:
    for one in said:
        wrong = [f"-{mark}" for mark in sorted(one.marks - one.found_marks)]
        wrong += [f"+{mark}" for mark in sorted(one.found_marks - one.marks)]
        wrong += [
            f"-{kind}:{words}" for kind, words in one.personal if (kind, words) not in one.found_personal
        ]
        wrong += [
            f"+{kind}:{words}" for kind, words in one.found_personal if (kind, words) not in one.personal
        ]
        if wrong:
            yield f"{one.language} {' '.join(wrong)} | {one.text}"


def main() -> None:
    """Print the report and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--batch")
    options = parser.parse_args()
    said = measured(options.batch)
    text = report(said)
    if options.batch is None:
        (HERE / "MARKS.md").write_text(text, encoding="utf-8")
    print(text)
    if options.errors:
        print("\n".join(_errors(said)))


if __name__ == "__main__":
    main()
