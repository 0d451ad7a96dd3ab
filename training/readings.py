"""How we read lines of the corpora ourselves, beside their own labels, and what feelings single words carry.

`readings/*.tsv` hold no text of others: a line is known by the hash of its bare words, a tab, then letters
with tenths, as in `A6D4`: six of ten readers would tick anger there, four disgust.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from kalevi.text.stemming.finnish import finnish_keys
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import FEELINGS
from training.corpora import POLARITIES, Line, bare
from training.projection import ridge
from training.sparse import counts

HERE = Path(__file__).parent / "readings"
FEELING_LETTERS = dict(zip("ANDFJSUT", FEELINGS, strict=True))
POLARITY_LETTERS = dict(zip("GUP", POLARITIES, strict=True))
SUBTITLES, FORUM = "subtitles-fi.tsv", "forum-fi.tsv"
WORDS, EXPRESSIONS = "words-fi.tsv", "expressions-fi.tsv"
# How a projected or neutral line counts once we have read it: by itself it counts 0.3, or not at all.
PROJECTED, NEUTRAL = 0.8, 0.5
# Words of the corpora that are seen this often and not listed were judged to carry nothing.
JUDGED_OFTEN = 2
UNKNOWN = 0.05
MOST_SEEN = 50
RIDGE, STEPS = 100.0, 30
_MARKS = re.compile(r"([A-Z])([1-9])")

Shares = dict[str, float]


def digest(text: str) -> str:
    """What a line is known by: case, spaces and punctuation do not matter."""
    return hashlib.sha256(bare(text).encode("utf-8", "replace")).hexdigest()[:12]


def shares(marks: str, letters: Mapping[str, str] = FEELING_LETTERS) -> Shares:
    """The share of readers for each feeling or polarity named by letters with tenths."""
    return {letters[letter]: int(tenths) / 10 for letter, tenths in _MARKS.findall(marks)}


def listed(name: str) -> dict[str, Shares]:
    """The shares by the hash or word of one file."""
    letters = POLARITY_LETTERS if name == FORUM else FEELING_LETTERS
    rows = (HERE / name).read_text(encoding="utf-8").split("\n")
    return {key: shares(marks, letters) for key, _, marks in (row.partition("\t") for row in rows if row)}


def with_readings(lines: Sequence[Line]) -> list[Line]:
    """The lines, each Finnish one with our own reading of it where there is one.

    Raises ValueError where a reading is of no line: the corpora are not those that were read.
    """
    subtitles, forum = listed(SUBTITLES), listed(FORUM)
    missing = set(subtitles) | set(forum)
    found = []
    for line in lines:
        if line.language == "fi":
            key = digest(line.text)
            missing.discard(key)
            read = (forum if line.corpus == "finnsentiment" else subtitles).get(key)
            if read is not None:
                line = replace(line, read=read, read_weight=_weight(line))
        found.append(line)
    if missing:
        raise ValueError(f"{len(missing)} readings are of no line of the corpora: they have changed")
    return found


def expressions() -> list[Line]:
    """Our list of Finnish expressions with the feelings they carry, but none that is a line to test on."""
    told = listed(EXPRESSIONS).items()
    lines = [Line("expressions", "fi", text, None, None, read=read, read_weight=1.0) for text, read in told]
    return [line for line in lines if line.part != "test"]


def _weight(line: Line) -> float:
    return {"xed-projected": PROJECTED, "xed-neutral": NEUTRAL}.get(line.corpus, line.weight)


def word_feelings(texts: Sequence[str], idf: np.ndarray) -> np.ndarray:
    """(buckets, feelings): what runs of characters of Finnish words say of feelings, by our list.

    All words of `texts` and of the list are told from their runs by a ridge regression, so that forms and
    words that nobody judged are told by those they share runs with. `idf` is of each bucket of `counts`.
    """
    told: dict[str, np.ndarray] = {}
    forms = listed(WORDS)
    for form, carried in forms.items():
        told[_key(form)] = np.array([carried.get(feeling, 0.0) for feeling in FEELINGS])
    seen: dict[str, int] = dict.fromkeys(forms, 0)
    often: dict[str, int] = {}
    for word in tokenise(texts).words:
        seen[word] = seen.get(word, 0) + 1
        often[_key(word)] = often.get(_key(word), 0) + 1
    wanted = np.stack([told.get(_key(word), np.zeros(len(FEELINGS))) for word in seen])
    judged = np.array([_key(word) in told or often.get(_key(word), 0) >= JUDGED_OFTEN for word in seen])
    weight = np.sqrt(1 + np.minimum(list(seen.values()), MOST_SEEN))
    weight = np.where(judged, weight, UNKNOWN)[:, None]
    runs = counts(list(seen), len(idf), pairs=False).multiply(idf).multiply(weight).tocsr()
    return ridge(runs.astype(np.float32), (wanted * weight).astype(np.float32), RIDGE, STEPS)


@cache
def _key(word: str) -> str:
    return (finnish_keys(word) or (word,))[0]


def sureness(line: Line, output: str, counted: Mapping[str, float]) -> float:
    """How surely a line is of `output`, 0 to 1: by its label, and as much as is `counted` by our reading.

    `counted` is for each corpus; a line whose label tells nothing of `output` goes by our reading alone.
    """
    label = (line.feelings is not None and output in line.feelings) or line.polarity == output
    if line.read is None or (output in POLARITIES) != (line.corpus == "finnsentiment"):
        return float(label)  # subtitles were read for feelings, forum sentences for polarity
    labelled = (line.polarity if output in POLARITIES else line.feelings) is not None
    by = counted.get(line.corpus, 0.0) if labelled else 1.0
    return (1 - by) * float(label) + by * min(line.read.get(output, 0.0), 0.97)
