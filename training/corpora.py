"""Reads the labelled corpora and our own labels, and parts them by a hash before any training."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FEELINGS = ("anger", "anticipation", "disgust", "fear", "joy", "sadness", "surprise", "trust")
ALIKE = 0.3
# the first lines of these files tell the same matters in two languages
TWINS = {"own-en.jsonl": range(16), "own-sv.jsonl": range(16)}
PHRASES = "phrases-"
MOODS = {"neg": "negative", "neu": "neutral", "pos": "positive", "mix": "mixed"}
POLARITIES = ("negative", "neutral", "positive")
_GOEMOTIONS = {
    "anger": ("anger", "annoyance"),
    "anticipation": ("optimism", "desire", "curiosity"),
    "disgust": ("disgust",),
    "fear": ("fear", "nervousness"),
    "joy": ("joy", "amusement", "excitement", "love", "gratitude", "relief", "pride"),
    "sadness": ("sadness", "disappointment", "grief", "remorse"),
    "surprise": ("surprise", "realization"),
    "trust": ("admiration", "approval", "caring", "gratitude"),
}
_GOOD = {
    "admiration",
    "amusement",
    "approval",
    "caring",
    "excitement",
    "gratitude",
    "joy",
    "love",
    "optimism",
}
_GOOD |= {"pride", "relief"}
_BAD = {"anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment", "fear", "grief"}
_BAD |= {"nervousness", "remorse", "sadness"}


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a corpus: which feelings (None where not judged) and which polarity (or None).

    `read` is the share of readers for each feeling or polarity by our own reading, and `read_weight` what the
    line then counts.
    """

    corpus: str
    language: str
    text: str
    feelings: frozenset[str] | None
    polarity: str | None
    weight: float = 1.0
    read: Mapping[str, float] | None = None
    read_weight: float = 0.0

    @property
    def part(self) -> str:
        """train, dev or test."""
        return part_of(self.text)


@dataclass(frozen=True, slots=True)
class Comment:
    """One labelled comment of ours, or a labelled line of a corpus; `source` is the file of its labels."""

    id: str
    language: str
    text: str
    problem: bool
    need: bool
    dream: bool
    sentiment: str
    feelings: dict[str, int]
    themes: tuple[str, ...]
    marks: tuple[str, ...]
    own: bool
    part: str
    source: str = ""


def bare(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def part_of(text: str) -> str:
    """train, dev (5%) or test (15%), by the words alone: case, spaces and punctuation do not matter."""
    slot = int.from_bytes(hashlib.sha256(bare(text).encode("utf-8", "replace")).digest()[:4], "big") % 100
    return "test" if slot < 15 else "dev" if slot < 20 else "train"


def parts_of(texts: Sequence[str], twins: Sequence[int] = ()) -> list[str]:
    """The part of each text of one file, where lines that are nearly the same stay together.

    A line belongs with the one before when they share `ALIKE` of the words of the shorter; `twins` names
    lines that belong together wherever they stand. A group goes to test if any of it does, else to dev.
    """
    words = [set(re.findall(r"\w+", text.lower())) for text in texts]
    group = list(range(len(texts)))
    for place in range(1, len(texts)):
        shorter = min(len(words[place]), len(words[place - 1]))
        if shorter and len(words[place] & words[place - 1]) >= ALIKE * shorter:
            group[place] = group[place - 1]
    for place in twins:
        group = [group[twins[0]] if number == group[place] else number for number in group]
    held: dict[int, set[str]] = {}
    for number, text in zip(group, texts, strict=True):
        held.setdefault(number, set()).add(part_of(text))
    return [min(held[number], key=("test", "dev", "train").index) for number in group]


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield line.rstrip("\r").split("\t")


def _xed(path: Path, corpus: str, language: str, weight: float) -> Iterator[Line]:
    for row in _rows(path):
        digits = row[1].replace(",", " ").split() if len(row) == 2 else []
        if digits and all(digit.isdigit() for digit in digits):
            numbers = [int(digit) for digit in digits]
            feelings = frozenset(FEELINGS[n - 1] for n in numbers if 1 <= n <= 8)
            good = feelings & {"joy", "trust"}
            bad = feelings & {"anger", "disgust", "fear", "sadness"}
            polarity = "positive" if good and not bad else "negative" if bad and not good else None
            if language == "sv" and not good and not bad:
                polarity = "neutral"  # no neutral lines were published for Swedish
            yield Line(corpus, language, row[0], feelings, polarity, weight)


def xed(data: Path) -> list[Line]:
    """Annotated, projected and neutral lines of XED."""
    folder = data / "xed"
    lines = [
        *_xed(folder / "fi-annotated.tsv", "xed", "fi", 1.0),
        *_xed(folder / "en-annotated.tsv", "xed", "en", 1.0),
        *_xed(folder / "fi-projections.tsv", "xed-projected", "fi", 0.3),
        *_xed(folder / "en-projections.tsv", "xed-projected", "en", 0.3),
        *_xed(folder / "sv-projections.tsv", "xed-projected", "sv", 1.0),
    ]
    for language in ("fi", "en"):
        rows = _rows(folder / f"neu_{language}.txt")
        lines += [Line("xed-neutral", language, row[1], None, "neutral", 0.5) for row in rows]
    return lines


def finnsentiment(data: Path) -> list[Line]:
    """Finnish forum sentences with their polarity."""
    lines = []
    for name, polarity in (("neg", "negative"), ("neut", "neutral"), ("pos", "positive")):
        path = data / "finnsentiment" / f"FinnSentiment2020{name}.txt"
        rows = path.read_text(encoding="utf-8").split("\n")
        lines += [Line("finnsentiment", "fi", row.strip(), None, polarity) for row in rows if row.strip()]
    return lines


def goemotions(data: Path) -> list[Line]:
    """English forum comments; 27 emotions folded into Plutchik's eight and polarity."""
    folder = data / "goemotions"
    with (folder / "labels.txt").open(encoding="utf-8") as file:
        names = [row.split()[-1].strip() if row.split() else "" for row in file]
    lines = []
    for row in [*_rows(folder / "train.tsv"), *_rows(folder / "dev.tsv")]:
        found = {names[int(n)] for n in row[1].split(",")}
        feelings = frozenset(f for f, group in _GOEMOTIONS.items() if found & set(group))
        good, bad = bool(found & _GOOD), bool(found & _BAD)
        polarity = "positive" if good and not bad else "negative" if bad and not good else None
        if not good and not bad and found == {"neutral"}:
            polarity = "neutral"
        lines.append(Line("goemotions", "en", row[0], feelings, polarity, 0.5))
    return lines


def labels(data: Path, folder: Path) -> list[Comment]:
    """Our own labels; the text of a corpus line is joined from the corpus and checked by its hash.

    Raises ValueError where a line of a corpus is not the one that was labelled.
    """
    comments = []
    cached: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        texts = [row["text"] if "text" in row else joined(data, row, cached) for row in rows]
        twins = tuple(place for place in TWINS.get(path.name, ()) if place < len(rows))
        for row, text, part in zip(rows, texts, parts_of(texts, twins), strict=True):
            comments.append(
                Comment(
                    row["id"],
                    row["language"],
                    text,
                    bool(row["problem"]),
                    bool(row["need"]),
                    bool(row["dream"]),
                    row["sentiment"],
                    {key: int(value) for key, value in row["feelings"].items()},
                    tuple(row["themes"]),
                    tuple(row["marks"]),
                    "text" in row,
                    part,
                    path.stem,
                )
            )
    return comments


def phrases(folder: Path) -> list[Comment]:
    """Everyday phrases of all languages. All are learnt from."""
    return [phrase for path in sorted(folder.glob("??.tsv")) for phrase in phrases_of(path)]


def phrases_of(path: Path) -> list[Comment]:
    """The phrases of one file: what each tells and its mood, nothing of feelings or themes."""
    return [
        Comment(
            f"{PHRASES}{path.stem}-{number:04d}",
            path.stem,
            text,
            "P" in told,
            "N" in told,
            "D" in told,
            MOODS[mood],
            {},
            (),
            (),
            False,
            "train",
            f"{PHRASES}{path.stem}",
        )
        for number, (text, told, mood) in enumerate(_rows(path), 1)
    ]


def exclaimed(phrases: Sequence[Comment]) -> list[Comment]:
    """Phrases as they stand, and those that end in a letter exclaimed as well: "!" alone tells no mood."""
    loud = [phrase for phrase in phrases if phrase.text[-1].isalpha()]
    return [
        *phrases,
        *(replace(p, id=f"{p.id}!", text=f"{p.text[0].upper()}{p.text[1:]}!") for p in loud),
    ]


def joined(data: Path, row: dict[str, Any], cached: dict[str, list[str]]) -> str:
    """The text of a corpus line that a label is about; raises ValueError where it has changed."""
    source = row["corpus"]
    if source not in cached:
        cached[source] = (data / source).read_text(encoding="utf-8").split("\n")
    lines = cached[source]
    text = _text_at(lines[row["line"] - 1], row["sha256"]) if row["line"] <= len(lines) else None
    if text is None:
        raise ValueError(f"{row['id']}: the corpus line has changed")
    return text


def _text_at(line: str, digest: str) -> str | None:
    """The cell of a corpus line whose hash is the one that was labelled."""
    for cell in [line, *line.split("\t"), *next(csv.reader([line]))]:
        if hashlib.sha256(cell.strip().encode("utf-8")).hexdigest()[:16] == digest:
            return cell.strip()
    return None
