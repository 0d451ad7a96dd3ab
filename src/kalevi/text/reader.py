"""Reads customers' words: language, sentiment, feelings, dreams, problems and needs, themes, marks."""

import gc
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from kalevi.text.cues import LANGUAGES
from kalevi.text.evidence import Findings, telling_words
from kalevi.text.language_guess import LanguageGuess
from kalevi.text.marks.batch import batch_marks
from kalevi.text.own_themes import OwnThemes
from kalevi.text.personal_batch import batch_personal_data
from kalevi.text.reading import Feeling, Hot, Language, Model, Reading, Span, Theme
from kalevi.text.scores import SIZE, Scores
from kalevi.text.scoring import Floats, Scored, Scorer
from kalevi.text.tokens import Ints, Tokens, tokenise
from kalevi.text.vocabulary import SENTIMENTS, THEMES
from kalevi.text.weights_file import Weights, load
from kalevi.text.words import WordNumbers

BATCH = 512
LONG = 50
SaidAt = datetime | Sequence[datetime | None] | None
_NAMES: tuple[Language, ...] = ("fi", "sv", "en", "und")
_HOT, _SENTIMENT = slice(0, 3), slice(3, 7)
_FIRST_FEELING, _FIRST_THEME = 7, 15


def chance(odds: Floats) -> Floats:
    """Log odds as a probability."""
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


class Reader:
    """Reads texts with the shipped weights, or those in the folder `weights`.

    `themes` adds own themes by seed words: {"sauna": ["sauna", "kiuas", "löyly"]}. Inflected forms count.
    """

    def __init__(
        self, themes: Mapping[str, Sequence[str]] | None = None, weights: str | Path | None = None
    ) -> None:
        self._weights: Weights = load(None if weights is None else Path(weights))
        settings: dict[str, Any] = self._weights.settings
        domain = settings["domain"]
        self.model = Model("kalevi", settings["version"])
        self._words = WordNumbers()
        self._language = LanguageGuess(self._weights, self._words)
        self._scorers: dict[int, Scorer] = {}
        self._own = OwnThemes(themes or {})
        self.lock = threading.Lock()
        self.thresholds = np.array(domain["thresholds"])
        self._slope, self._shift = np.array(domain["slope"]), np.array(domain["shift"])
        self._long = np.array(domain.get("long", 0.0))
        self._strength = np.array(domain.get("intensity", [(0.15, 0.4)] * 8))
        self._step = {name: np.array(step) for name, step in domain["step"].items()}
        self._outputs: list[str] = domain["outputs"]

    def read(
        self, texts: Sequence[str], language: str | None = None, said_at: SaidAt = None
    ) -> list[Reading]:
        """One reading a text, in order. `language` (fi, sv or en) fixes the language; else it is guessed.

        `said_at` is when the words were said, for all texts or for each: promises get their date from it.
        Raises ValueError for a language that is not read, or where `said_at` has another length.
        """
        if language not in (None, *LANGUAGES, "und"):
            raise ValueError(f"not a language that is read: {language!r}")
        times = [said_at] * len(texts) if said_at is None or isinstance(said_at, datetime) else list(said_at)
        if len(times) != len(texts):
            raise ValueError("said_at must have one time a text")
        readings: list[Reading] = []
        with self.lock, _no_collection():
            for part in _parts(texts):
                readings += self._batch(texts[part], language, times[part])
        return readings

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
        return int(self._language.guess(self._words.of(tokens.words), bounds)[0][0])

    def _batch(
        self, texts: Sequence[str], language: str | None, times: Sequence[datetime | None]
    ) -> list[Reading]:
        tokens = tokenise(texts)
        words = self._words.of(tokens.words)
        bounds = tokens.sentence_words[tokens.text_sentences]
        if language in LANGUAGES:
            nearest = np.full(len(texts), LANGUAGES.index(language), dtype=np.int64)
            told = nearest
        else:
            nearest, told = self._language.guess(words, bounds)
            told = np.where(np.diff(bounds) == 0, 3, told)
            if language == "und":
                told = np.full(len(texts), 3, dtype=np.int64)
        readings: list[Reading | None] = [None] * len(texts)
        for number in sorted(set(nearest.tolist())):
            chosen = nearest == number
            places = np.flatnonzero(chosen).tolist()
            whole = len(places) == len(texts)
            some = tokens if whole else tokens.only(chosen)
            some_words = words if whole else words[np.repeat(chosen, np.diff(bounds))]
            names: list[Language] = [_NAMES[n] for n in told[chosen].tolist()]
            scored = self.scorer(number).score(some, some_words)
            some_texts = [texts[i] for i in places]
            parts = self._found(some, scored, LANGUAGES[number], some_texts)
            phrases = self.scorer(number).lexicon.phrases
            some_times = [times[i] for i in places]
            marks = batch_marks(some_texts, some, scored.numbers, phrases, told[chosen] < 3, some_times)
            personal = batch_personal_data(some_texts, some, phrases.hints.take(scored.numbers))
            for at, (place, (sentiment, feelings, hots, themes, scores)) in enumerate(
                zip(places, parts, strict=True)
            ):
                readings[place] = Reading(
                    some_texts[at], names[at], sentiment, feelings, hots, themes,
                    marks[at], personal[at], self.model, scores,
                )  # fmt: skip
        return [reading for reading in readings if reading is not None]

    def _found(
        self, tokens: Tokens, scored: Scored, language: str, texts: list[str]
    ) -> list[tuple[Any, ...]]:
        """(sentiment, feelings, hots, themes, scores) of each text."""
        bounds = tokens.sentence_words[tokens.text_sentences]
        # a long letter has more words for anything: it must speak louder
        length = np.log2(np.maximum(np.diff(bounds), LONG) / LONG)[:, None]
        odds = scored.domain - length * self._long
        firing = odds >= self.thresholds
        firing[np.diff(bounds) == 0] = False
        sure = chance(odds * self._slope + self._shift)
        moods = np.exp((odds * self._slope + self._shift)[:, _SENTIMENT].clip(-30, 30))
        sure[:, _SENTIMENT] = moods / moods.sum(axis=1, keepdims=True)
        rows, outputs = np.nonzero(firing[:, _FIRST_FEELING : _FIRST_THEME + len(THEMES)])
        outputs = outputs + _FIRST_FEELING
        hot_sentences, hot_kinds = self._hot_sentences(tokens, scored, firing)
        found = Findings(
            np.concatenate([outputs, hot_kinds]),
            np.concatenate([bounds[rows], tokens.sentence_words[hot_sentences]]),
            np.concatenate([bounds[rows + 1], tokens.sentence_words[hot_sentences + 1]]),
        )
        spans = self._spans(tokens, scored, language, found, rows, hot_sentences)
        text_of = np.repeat(np.arange(len(texts)), np.diff(tokens.text_sentences))
        starts = tokens.text_starts
        feelings: list[list[Feeling]] = [[] for _ in texts]
        themes: list[list[Theme]] = [[] for _ in texts]
        hots: list[list[Hot]] = [[] for _ in texts]
        confidence = np.round(sure[rows, outputs], 4).tolist()
        strength = np.round(self._intensity(odds, rows, outputs), 3).tolist()
        for at, (row, output) in enumerate(zip(rows.tolist(), outputs.tolist(), strict=True)):
            name: Any = self._outputs[output]
            if output < _FIRST_THEME:
                feelings[row].append(Feeling(name, strength[at], spans[at], confidence[at]))
            else:
                themes[row].append(Theme(name, spans[at], confidence[at]))
        hot_texts = text_of[hot_sentences]
        begins = (tokens.sentence_starts[hot_sentences] - starts[hot_texts]).tolist()
        ends = (tokens.sentence_ends[hot_sentences] - starts[hot_texts]).tolist()
        certain = np.round(sure[hot_texts, hot_kinds], 4).tolist()
        for at, (row, kind) in enumerate(zip(hot_texts.tolist(), hot_kinds.tolist(), strict=True)):
            sentence = texts[row][begins[at] : ends[at]]
            start = begins[at] + len(sentence) - len(sentence.lstrip())
            sentence = sentence.strip()
            evidence = spans[len(rows) + at]
            name = self._outputs[kind]
            hots[row].append(Hot(name, sentence, (start, start + len(sentence)), evidence, certain[at]))
        if self._own:
            for row, more in enumerate(self._own.find(tokens)):
                themes[row] += more
        sentiments = np.argmax(sure[:, _SENTIMENT], axis=1)
        sentiments[np.diff(bounds) == 0] = SENTIMENTS.index("neutral")
        raw = self._scores(scored, sure).round(4).tobytes()
        return [
            (
                SENTIMENTS[sentiment],
                tuple(feelings[row]),
                tuple(hots[row]),
                tuple(themes[row]),
                Scores(raw[row * SIZE : (row + 1) * SIZE]),
            )
            for row, sentiment in enumerate(sentiments.tolist())
        ]

    def _scores(self, scored: Scored, sure: Floats) -> Floats:
        """All scores: by what comments' labels taught, and where a text is no comment, by the corpora."""
        comment = sure[:, -1:]
        general = chance(scored.general)
        sentiment = sure[:, _SENTIMENT]
        polarity = general[:, 8:] / general[:, 8:].sum(axis=1, keepdims=True)
        polarity = np.concatenate([polarity, np.zeros_like(comment)], axis=1)
        feelings = comment * sure[:, _FIRST_FEELING:_FIRST_THEME] + (1 - comment) * general[:, :8]
        sentiment = comment * sentiment + (1 - comment) * polarity
        return np.concatenate([feelings, sentiment, sure[:, _HOT], sure[:, _FIRST_THEME:-1]], axis=1)

    def _hot_sentences(self, tokens: Tokens, scored: Scored, firing: Any) -> tuple[Ints, Ints]:
        """The sentences that tell what the whole text was read to hold, at least the likeliest one."""
        sentence_odds = scored.sentence_domain[:, _HOT]
        empty = np.diff(tokens.sentence_words) == 0
        sentence_odds = np.where(empty[:, None], -np.inf, sentence_odds)
        text_of = np.repeat(np.arange(len(firing)), np.diff(tokens.text_sentences))
        highest = np.maximum.reduceat(sentence_odds, tokens.text_sentences[:-1], axis=0)
        enough = np.minimum(highest, self.thresholds[_HOT])
        telling = firing[text_of, _HOT] & (sentence_odds >= enough[text_of]) & ~empty[:, None]
        sentences, kinds = np.nonzero(telling)
        return sentences.astype(np.int64), kinds.astype(np.int64)

    def _intensity(self, odds: Floats, rows: Ints, outputs: Ints) -> Floats:
        """How strong a feeling is told, as labelled strengths rise with its log odds. Themes have none."""
        feelings = np.minimum(outputs - _FIRST_FEELING, len(self._strength) - 1)
        slope, start = self._strength[feelings].T
        strength: Floats = np.clip(odds[rows, outputs] * slope + start, 0.05, 1.0)
        return strength

    def _spans(
        self, tokens: Tokens, scored: Scored, language: str, found: Findings, rows: Ints, sentences: Ints
    ) -> list[tuple[Span, ...]]:
        """The evidence of each finding, as offsets into its text."""
        if not len(found.output):
            return []
        length = np.concatenate([scored.lengths[rows], scored.sentence_lengths[sentences]])
        owner, words = telling_words(
            found,
            scored.words_domain,
            self.scorer(LANGUAGES.index(language)).lexicon.cues,
            scored.numbers,
            self._step[language],
            length,
        )
        text_of = np.repeat(np.arange(len(tokens.text_sentences) - 1), np.diff(tokens.text_sentences))
        shift = tokens.text_starts[np.concatenate([rows, text_of[sentences]])][owner]
        begins = (tokens.word_starts[words] - shift).tolist()
        spans = list(zip(begins, (tokens.word_ends[words] - shift).tolist(), strict=True))
        bounds = np.searchsorted(owner, np.arange(len(found.output) + 1)).tolist()
        return [tuple(spans[first:last]) for first, last in pairwise(bounds)]


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


def _parts(texts: Sequence[str]) -> list[slice]:
    """Batches of at most BATCH texts and, where texts are long, about a hundred thousand characters."""
    parts, start, size = [], 0, 0
    for place, text in enumerate(texts):
        if place > start and (place - start == BATCH or size + len(text) > 100_000):
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


def read(texts: Sequence[str], language: str | None = None, said_at: SaidAt = None) -> list[Reading]:
    """`Reader().read(…)` with the default reader."""
    return default_reader().read(texts, language, said_at)
