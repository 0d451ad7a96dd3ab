"""Measures the coach by answers that two readers labelled, and writes `training/answers/REPORT.md`.

    python -m training.coach_report [--data FOLDER] [--part dev|test|all]

An answer belongs to the test part when the digest of its id says so (half of them). The rules may be changed
by what the dev part shows; the test part is for the report alone.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kalevi.stats import wilson_interval
from kalevi.text.coach import QUALITIES, Checked, check

FOLDER = Path(__file__).resolve().parent / "answers"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# Written later than the others, to hold more of what those hold little of.
NEWER = ("own-c", "own-d")


class Pair(NamedTuple):
    """Customer's words and an answer, with the labels of one reader or two."""

    id: str
    language: str
    to: str
    answer: str
    first: dict[str, Any]
    second: dict[str, Any] | None


class Counts(NamedTuple):
    """How a coach and a reader agree that something is missing."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing was found."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def in_test(identity: str) -> bool:
    """Whether a pair belongs to the test part; `own-d-007.a` and `.b`, to the same words, stay together."""
    return hashlib.sha256(identity.partition(".")[0].encode()).digest()[0] % 2 == 0


def pairs(data: Path) -> Iterator[Pair]:
    """Yield every labelled pair; those of Trustpilot only where their text is at hand."""
    texts = _trustpilot(data)
    for path in sorted(FOLDER.glob("*.jsonl")):
        beside = FOLDER / "second" / path.name
        second = {row["id"]: row for row in _rows(beside)} if beside.exists() else {}
        for row in _rows(path):
            to, answer = (row["to"], row["answer"]) if "to" in row else texts.get(row["id"], ("", ""))
            if answer:
                language = row.get("language", "en")
                yield Pair(row["id"], language, to, answer, row, second.get(row["id"]))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _trustpilot(data: Path) -> dict[str, tuple[str, str]]:
    folder = data / "trustpilot_reviews"
    if not folder.is_dir():
        return {}
    from openpyxl import load_workbook

    found = {}
    for path in sorted(folder.glob("*.xlsx")):
        rows = list(load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
        names = [str(name) for name in rows[0]]
        reply = next(n for n, name in enumerate(names) if name in ("Reply Text", "Company Reply"))
        number, text = names.index("Review ID"), names.index("Review Text")
        found |= {str(row[number]): (str(row[text] or ""), str(row[reply])) for row in rows[1:] if row[reply]}
    return found


def counted(found: Sequence[tuple[str, bool | None]], wanted: str) -> Counts:
    """Count a label of readers (`yes`, `no`) against the coach's (True, False, None)."""
    says: bool = wanted == "yes"
    right = sum(label == wanted and told is says for label, told in found)
    wrong = sum(label != wanted and told is says for label, told in found)
    missed = sum(label == wanted and told is not says for label, told in found)
    return Counts(right, wrong, missed)


def kappa(one: Sequence[object], other: Sequence[object]) -> float:
    """Cohen's kappa of two readers' labels (Cohen 1960)."""
    n = len(one)
    if not n:
        return 0.0
    same = sum(a == b for a, b in zip(one, other, strict=True)) / n
    chance = sum((one.count(label) / n) * (other.count(label) / n) for label in {*one, *other})
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def report(chosen: Sequence[Pair], part: str) -> str:
    """Return the report as Markdown."""
    checked = [check(pair.answer, to=pair.to) for pair in chosen]
    lines = [
        "# How the coach does",
        "",
        f"{len(chosen)} answers ({part}), labels of the first reader. F1 of what is there (yes) and of what",
        "is missing (no), which the coach hints at. Kappa: agreement of the two readers.",
        "",
        "| quality | yes | F1 yes | no | F1 no | kappa (n) |",
        "|---|---|---|---|---|---|",
    ]
    for quality in QUALITIES:
        found = [(p.first[quality], c.qualities[quality]) for p, c in zip(chosen, checked, strict=True)]
        both = [(p.first[quality], p.second[quality]) for p in chosen if p.second]
        agree = f"{kappa([a for a, _ in both], [b for _, b in both]):.2f} ({len(both)})" if both else "–"
        yes, no = counted(found, "yes"), counted(found, "no")
        counts = (yes.right + yes.missed, f"{yes.f1:.2f}", no.right + no.missed, f"{no.f1:.2f}")
        lines.append(f"| {quality} | {' | '.join(map(str, counts))} | {agree} |")
    lines += ["", *_good(chosen, [bool(one.hints) for one in checked])]
    for language in ("fi", "sv", "en"):
        own = [(p, c) for p, c in zip(chosen, checked, strict=True) if p.language == language]
        scores = ", ".join(
            f"{q} {counted([(p.first[q], c.qualities[q]) for p, c in own], 'no').f1:.2f}" for q in QUALITIES
        )
        lines += ["", f"{language} (n = {len(own)}), F1 of what is missing: {scores}."]
    for file in ("", *NEWER):
        some = [(p, c) for p, c in zip(chosen, checked, strict=True) if _file(p.id) == file]
        name = file or "the first files"
        lines += ["", f"Of {name} alone (n = {len(some)}), F1 of what is missing: {_missing(some)}."]
    lines += [
        "",
        f"Where two readers agree: {_missing(list(zip(chosen, checked, strict=True)), agreed=True)}.",
    ]
    return "\n".join(lines) + "\n"


def _file(identity: str) -> str:
    """Return which of the newer files a pair stands in; nothing for the first ones."""
    return next((name for name in NEWER if identity.startswith(name)), "")


def _missing(some: Sequence[tuple[Pair, Checked]], *, agreed: bool = False) -> str:
    """Return the F1 of what is missing, with how often it is; `agreed` leaves out what readers differ on."""
    told = []
    for quality in QUALITIES:
        found = [
            (p.first[quality], c.qualities[quality])
            for p, c in some
            if not agreed or (p.second is not None and p.second[quality] == p.first[quality])
        ]
        no = counted(found, "no")
        told.append(f"{quality} {no.f1:.2f} ({no.right + no.missed})")
    return ", ".join(told)


def _good(chosen: Sequence[Pair], hinted: Sequence[bool]) -> Iterator[str]:
    both: Callable[[Pair], bool] = lambda p: p.first["good"] and (p.second is None or p.second["good"])  # noqa: E731
    good = [hint for pair, hint in zip(chosen, hinted, strict=True) if both(pair)]
    if not good:
        return
    silent = good.count(False)
    low, high = wilson_interval(silent, len(good))
    yield (
        f"No hint on {100 * silent / len(good):.0f}% of the {len(good)} answers that every reader called "
        f"good (95% interval {100 * low:.0f}–{100 * high:.0f}%)."
    )


def main() -> None:
    """Print the report; the whole one is written beside the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--part", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--errors", action="store_true", help="show where coach and reader differ")
    options = parser.parse_args()
    chosen = [
        p for p in pairs(options.data) if options.part == "all" or in_test(p.id) == (options.part == "test")
    ]
    text = report(chosen, options.part)
    print(text)
    if options.part == "test":
        (FOLDER / "REPORT.md").write_text(text, encoding="utf-8")
    if options.errors:
        for pair in chosen:
            found = check(pair.answer, to=pair.to)
            wrong = [
                f"{q}: reader {pair.first[q]}, coach {found.qualities[q]}"
                for q in QUALITIES
                if {True: "yes", False: "no", None: "na"}[found.qualities[q]] != pair.first[q]
            ]
            hints = [(h.key, h.quote[:40]) for h in found.hints]
            if wrong or (pair.first["good"] and hints):
                print(
                    pair.id,
                    pair.language,
                    "|",
                    pair.to,
                    "\n  >>",
                    pair.answer,
                    "\n  ",
                    wrong,
                    hints,
                    pair.first["good"],
                )


if __name__ == "__main__":
    main()
