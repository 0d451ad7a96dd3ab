"""Reads customers' words: language, sentiment, feelings, dreams, problems and needs, themes, marks."""

import gc
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import numpy as np

from kalevi.text.batches import Batch, Evidence
from kalevi.text.cue_features import feature_names
from kalevi.text.cues import LANGUAGES
from kalevi.text.deciding import Judge
from kalevi.text.language_guess import LanguageGuess
from kalevi.text.lexicon import EXTREMES
from kalevi.text.listed import Listed
from kalevi.text.marks.batch import heard_phrases
from kalevi.text.own_themes import OwnThemes
from kalevi.text.personal_batch import batch_personal_data
from kalevi.text.reading import Language, Model, Reading
from kalevi.text.scoring import Scorer
from kalevi.text.segments import Ints
from kalevi.text.tokens import Tokens, tokenise
from kalevi.text.weights_file import Weights, load
from kalevi.text.words import WordNumbers

BATCH = 2048
Grades = Sequence[float | None] | None
SaidAt = datetime | Sequence[datetime | None] | None
_NAMES: tuple[Language, ...] = ("fi", "sv", "en", "und")


class Reader:
    """Reads texts with the shipped weights, or those in the folder `weights`.

    `themes` adds own themes by seed words: {"sauna": ["sauna", "kiuas", "löyly"]}. Inflected forms count.
    """

    def __init__(
        self, themes: Mapping[str, Sequence[str]] | None = None, weights: str | os.PathLike[str] | None = None
    ) -> None:
        """Raises OSError, KeyError or ValueError where `weights` are none, or none of this version."""
        self._weights: Weights = load(weights)
        settings: dict[str, Any] = self._weights.settings
        domain = settings["domain"]
        general: list[str] = settings["general"][LANGUAGES[0]]["outputs"]
        if len(domain["weights"]) != len(feature_names()) + len(general) + EXTREMES:
            raise ValueError("these weights are of other cues than this version's")
        self.model = Model("kalevi", settings["version"])
        self._words = WordNumbers()
        self._language = LanguageGuess(self._weights, self._words)
        self._scorers: dict[int, Scorer] = {}
        self._own = OwnThemes(themes or {})
        self.lock = threading.Lock()
        self.judge = Judge(domain, settings["general"])
        self.thresholds = self.judge.thresholds
        self._step = {name: np.array(step) for name, step in domain["step"].items()}
        self._outputs: list[str] = domain["outputs"]

    def read(
        self,
        texts: Sequence[str],
        language: str | None = None,
        said_at: SaidAt = None,
        grades: Grades = None,
    ) -> list[Reading]:
        """One reading a text, in order. `language` (fi, sv or en) fixes the language; else it is guessed.

        `said_at` is when the words were said, for all texts or for each: promises get their date from it.
        `grades` are what the customers themselves gave beside their words, from 0 (worst) to 1 (best), or
        None for each who gave none: a grade speaks with the words for mood and problems.
        Raises ValueError for a language that is not read, for a grade outside 0 to 1, or where `said_at` or
        `grades` have another length.
        """
        times = _times(texts, language, said_at)
        given = _grades(texts, grades)
        readings: list[Reading | None] = [None] * len(texts)
        with self.lock, _no_collection():
            for part in _parts(texts):
                for batch, places in self._batches(texts, part, language, times, given):
                    for place, reading in zip(places, batch.readings(), strict=True):
                        readings[place] = reading
        return [reading for reading in readings if reading is not None]

    def listed(
        self,
        texts: Sequence[str],
        language: str | None = None,
        said_at: SaidAt = None,
        grades: Grades = None,
    ) -> Listed:
        """What `read` finds, but for the scores, as plain values. Raises as `read` does."""
        times = _times(texts, language, said_at)
        given = _grades(texts, grades)
        listed = Listed.of(len(texts))
        with self.lock, _no_collection():
            for part in _parts(texts):
                for batch, places in self._batches(texts, part, language, times, given):
                    batch.list_into(listed, places)
        return listed

    def spoken_by(self, grade: float | None) -> list[float]:
        """What a customer's own grade adds to the log odds of each output of the model, in its order."""
        added: list[float] = self.judge.graded(np.array([np.nan if grade is None else grade]))[0].tolist()
        return added

    def scorer(self, number: int) -> Scorer:
        """What scores texts of a language, by its number in `LANGUAGES`."""
        if number not in self._scorers:
            self._scorers[number] = Scorer(self._weights, number, self._words)
        return self._scorers[number]

    def language_number(self, reading: Reading, tokens: Tokens) -> int:
        """The language whose words the reading went by: its own, or the nearest where it is "und"."""
        if reading.language in LANGUAGES:
            return LANGUAGES.index(reading.language)
        bounds = tokens.sentence_words[tokens.text_sentences]
        return int(self._language.guess(self._words.of(tokens), bounds)[0][0])

    def _batches(
        self,
        all_texts: Sequence[str],
        part: slice,
        language: str | None,
        all_times: Sequence[datetime | None],
        all_grades: Sequence[float | None] | None,
    ) -> Iterator[tuple[Batch, Sequence[int]]]:
        """A part of all texts, read by the words of one language each time, and where those texts stand."""
        texts, times = all_texts[part], all_times[part]
        grades = all_grades[part] if all_grades is not None else None
        tokens = tokenise(texts)
        words = self._words.of(tokens)
        bounds = tokens.sentence_words[tokens.text_sentences]
        if language in LANGUAGES:
            nearest = np.full(len(texts), LANGUAGES.index(language), dtype=np.int64)
            told = nearest
        else:
            nearest, told = self._language.guess(words, bounds)
            told = np.where(np.diff(bounds) == 0, 3, told)
            if language == "und":
                told = np.full(len(texts), 3, dtype=np.int64)
        numbers = np.flatnonzero(np.bincount(nearest)).tolist()
        if len(numbers) == 1:
            places = range(part.start, part.start + len(texts))
            yield self._of_language(numbers[0], texts, times, grades, tokens, words, told), places
            return
        for number in numbers:
            chosen = nearest == number
            rows = np.flatnonzero(chosen).tolist()
            yield (
                self._of_language(
                    number,
                    [texts[row] for row in rows],
                    [times[row] for row in rows],
                    [grades[row] for row in rows] if grades is not None else None,
                    tokens.only(chosen),
                    words[np.repeat(chosen, np.diff(bounds))],
                    told[chosen],
                ),
                [part.start + row for row in rows],
            )

    def _of_language(
        self,
        number: int,
        texts: Sequence[str],
        times: Sequence[datetime | None],
        grades: Sequence[float | None] | None,
        tokens: Tokens,
        words: Ints,
        told: Ints,
    ) -> Batch:
        """Texts read by the words of one language; `told` are the languages they count as."""
        scored = self.scorer(number).score(tokens, words)
        kinds = self.scorer(number).lexicon.kinds
        lengths = (scored.lengths, scored.sentence_lengths)
        given = None if grades is None else np.array([np.nan if g is None else g for g in grades])
        return Batch(
            texts,
            [_NAMES[name] for name in told.tolist()],
            times,
            self.model,
            self._outputs,
            tokens,
            self.judge.decide(tokens, scored, LANGUAGES[number], given),
            Evidence(scored.said, scored.kinds, kinds.cues, self._step[LANGUAGES[number]], lengths),
            heard_phrases(texts, tokens, scored.kinds, kinds, told < 3),
            LANGUAGES[number],
            self._own.find(tokens) if self._own else {},
            batch_personal_data(texts, tokens, kinds.hints.take(scored.kinds)),
            grades,
        )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that reading makes is cyclic: looking for cycles would take a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _times(texts: Sequence[str], language: str | None, said_at: SaidAt) -> list[datetime | None]:
    """When each text was said."""
    if language not in (None, *LANGUAGES, "und"):
        raise ValueError(f"not a language that is read: {language!r}")
    times = [said_at] * len(texts) if said_at is None or isinstance(said_at, datetime) else list(said_at)
    if len(times) != len(texts):
        raise ValueError("said_at must have one time a text")
    return times


def _grades(texts: Sequence[str], grades: Grades) -> Grades:
    """The grades of the texts, None where nobody gave any."""
    if grades is None:
        return None
    if len(grades) != len(texts):
        raise ValueError("grades must have one a text")
    if not any(grade is not None for grade in grades):
        return None
    if not all(grade is None or 0 <= grade <= 1 for grade in grades):
        raise ValueError("a grade must lie between 0 and 1")
    return grades


def _parts(texts: Sequence[str]) -> list[slice]:
    """Batches of at most BATCH texts and, where texts are long, about a quarter of a million characters."""
    parts, start, size = [], 0, 0
    for place, text in enumerate(texts):
        if place > start and (place - start == BATCH or size + len(text) > 250_000):
            parts.append(slice(start, place))
            start, size = place, 0
        size += len(text)
    if len(texts) > start:
        parts.append(slice(start, len(texts)))
    return parts


_default: list[Reader] = []


def default_reader() -> Reader:
    """The reader with the shipped weights and no own themes, loaded once."""
    if not _default:
        _default.append(Reader())
    return _default[0]


def read(
    texts: Sequence[str], language: str | None = None, said_at: SaidAt = None, grades: Grades = None
) -> list[Reading]:
    """`Reader().read(…)` with the default reader."""
    return default_reader().read(texts, language, said_at, grades)
