"""Measures how promises are caught in words, by sentences written for it; writes `training/PROMISES.md`.

    python -m training.promises_report [--errors]

`promises.jsonl` holds one message a line: whose words they are (`theirs`: a customer's, `note`: a colleague's
note, `ours`: our answer) and what they tell (`says`): `open`, something we promised that is still to be kept;
`broken`, one that was not kept; `none`. `batch` names those written and labelled together before anything was
run on them. `--errors` shows where it goes wrong.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kalevi.promises.catching import in_ours, in_theirs
from kalevi.stats import wilson_interval
from kalevi.text import Reader

HERE = Path(__file__).resolve().parent
SAID = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOLD = ("open", "broken")
# Measured once, before the rules knew the words: batch, messages, rules, (right, found), (right, told).
UNSEEN = (
    ("a", 73, "before", (10, 20), (10, 29)),
    ("b", 72, "before", (10, 19), (10, 27)),
    ("c", 69, "after a and b", (23, 28), (23, 30)),
    ("d", 69, "after c", (18, 19), (18, 31)),
    ("e", 70, "after d", (25, 33), (25, 29)),
    ("f", 71, "after e", (22, 23), (22, 31)),
    ("c to f", 279, "of their day", (88, 103), (88, 121)),
)


class Said(NamedTuple):
    """A message, what it tells, and what is found in it."""

    by: str
    language: str
    text: str
    says: str
    found: str


def measured() -> list[Said]:
    """Return every message with what is found in it."""
    rows = [json.loads(line) for line in (HERE / "promises.jsonl").read_text(encoding="utf-8").splitlines()]
    reader = Reader()
    return [_measured(reader, **row) for row in rows]


def _measured(reader: Reader, *, by: str, language: str, says: str, text: str, batch: str = "") -> Said:
    if by == "ours":
        caught = in_ours(text, language, SAID.date())
    else:
        (reading,) = reader.read([text], language=language, said_at=SAID)  # type: ignore[arg-type]
        caught = in_theirs(reading, said_on=SAID.date(), noted=by == "note")
    found = "none" if not caught else "broken" if any(one.broken for one in caught) else "open"
    return Said(by, language, text, says, found)


def report(said: Sequence[Said]) -> str:
    """Return the report as Markdown."""
    lines = [
        "# How promises are caught",
        "",
        f"{len(said)} messages of one to three sentences, written for this by the hand that wrote the",
        "rules, so the figures are kind. `open`: we promised something that is still to be kept.",
        "`broken`: it is told that it was not kept. Intervals are Wilson's, of 95%.",
        "",
        "The first 186 were written before there were rules for tense and negation, three batches of 46,",
        "52 and 41 after the rules of their day. Six more (`a` to `f`) were written and labelled before",
        "anything was run on them: half of each promises nothing, though it sounds like it (questions,",
        "conditions, wishes, offers, habits, quotes, kept promises, those of others). What was found in",
        "each before anything was changed by what it showed:",
        "",
        "| batch | messages | rules | open: precision | open: recall |",
        "|---|---:|---|---|---|",
        *(
            f"| {name} | {count} | {rules} | {_share(*precision)} | {_share(*recall)} |"
            for name, count, rules, precision, recall in UNSEEN
        ),
        "",
        "`c` to `f` together are what to expect of words nobody has seen, in a mixture made to be hard,",
        'by the same hand. Batch `d` told of promises in words that promise little ("according to the',
        'confirmation", "Anne mentioned"), which is what its recall shows. What was changed after `f` was',
        "not measured on words written after it.",
        "",
        "The table below is of all words with the rules of today.",
        "",
        "| part | told as | messages | found | precision | recall | F1 |",
        "|---|---|---:|---:|---|---|---:|",
    ]
    parts = [("all", said)]
    parts += [(name, [one for one in said if one.language == name]) for name in ("fi", "sv", "en")]
    kinds = (("theirs", "customers' words"), ("note", "our notes"), ("ours", "our answers"))
    parts += [(name, [one for one in said if one.by == by]) for by, name in kinds]
    lines += [
        _row(name, some, label)
        for name, some in parts
        for label in TOLD
        if any(one.says == label for one in some)
    ]
    wrong = [one for one in said if one.says != "open" and one.found == "open"]
    broken = sum(one.says == "broken" for one in wrong)
    lines += [
        "",
        f"Of {len(wrong)} proposed in vain as a new promise, {broken} tell of one that was not kept.",
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, some: Sequence[Said], label: str) -> str:
    told, found = sum(one.says == label for one in some), sum(one.found == label for one in some)
    right = sum(one.says == one.found == label for one in some)
    f1 = 2 * right / (told + found) if right else 0.0
    return (
        f"| {name} | {label} | {told} | {found} | {_share(right, found)} | {_share(right, told)} | {f1:.2f} |"
    )


def _share(right: int, of: int) -> str:
    if not of:
        return "–"
    low, high = wilson_interval(right, of)
    return f"{right / of:.2f} ({low:.2f}–{high:.2f})"


def main() -> None:
    """Print the report and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    said = measured()
    text = report(said)
    (HERE / "PROMISES.md").write_text(text, encoding="utf-8")
    print(text)
    if options.errors:
        for one in said:
            if one.says != one.found:
                print(f"{one.by} {one.language} told {one.says}, found {one.found}: {one.text}")


if __name__ == "__main__":
    main()
