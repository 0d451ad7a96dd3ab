"""Readings of many texts: decided all at once, their objects and offsets made when asked for."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.deciding import FIRST_THEME, Decided
from kalevi.text.evidence import telling_words
from kalevi.text.listed import Listed
from kalevi.text.marks import told
from kalevi.text.marks.batch import Heard
from kalevi.text.reading import (
    Feeling,
    Hot,
    Language,
    Mark,
    Model,
    PersonalData,
    Reading,
    Span,
    Theme,
    late_reading,
)
from kalevi.text.scores import SIZE, Scores
from kalevi.text.scoring import Floats, Said
from kalevi.text.segments import Ints
from kalevi.text.tokens import Tokens
from kalevi.text.vocabulary import SENTIMENTS

_NOTHING_HEARD = Heard([], lambda upto: ())


class Evidence:
    """What the words of a batch speak for by themselves, to be looked at only when somebody asks."""

    def __init__(
        self, said: Said, kinds: Ints, cues: NDArray[np.float64], step: Floats, lengths: Sequence[Floats]
    ):
        """`cues` is what the cues of each kind add; `lengths` are those of texts and of sentences."""
        self._said, self._kinds, self._cues, self._step, self._lengths = said, kinds, cues, step, lengths

    def spans(self, tokens: Tokens, decided: Decided) -> list[tuple[Span, ...]]:
        """The evidence of each finding, as offsets into its text."""
        found = decided.found
        if not len(found.output):
            return []
        length = np.concatenate([self._lengths[0][decided.rows], self._lengths[1][decided.hot_sentences]])
        owner, words = telling_words(found, self._said, self._cues, self._kinds, self._step, length)
        shift = tokens.text_starts[np.concatenate([decided.rows, decided.hot_rows])][owner]
        begins = (tokens.word_starts[words] - shift).tolist()
        spans = list(zip(begins, (tokens.word_ends[words] - shift).tolist(), strict=True))
        bounds = np.searchsorted(owner, np.arange(len(found.output) + 1)).tolist()
        return [tuple(spans[first:last]) for first, last in pairwise(bounds)]


class Batch:
    """What was read in some texts, all by the words of one language. Each method tells of text `row`."""

    def __init__(
        self,
        texts: Sequence[str],
        languages: Sequence[Language],
        times: Sequence[datetime | None],
        model: Model,
        outputs: Sequence[str],
        tokens: Tokens,
        decided: Decided,
        evidence: Evidence,
        heard: dict[int, Heard],
        phrases_in: str,
        own: dict[int, list[Theme]],
        personal: dict[int, tuple[PersonalData, ...]],
        grades: Sequence[float | None] | None = None,
    ) -> None:
        self._texts, self._languages, self._times, self._model = texts, languages, times, model
        self._outputs, self._tokens, self._decided, self._evidence = outputs, tokens, decided, evidence
        self._heard, self._phrases_in, self._own, self._personal = heard, phrases_in, own, personal
        self._grades = grades
        self._found: tuple[list[list[Feeling]], list[list[Hot]], list[list[Theme]]] | None = None

    def readings(self) -> list[Reading]:
        """One reading a text."""
        return [late_reading(self, row) for row in range(len(self._texts))]

    def text(self, row: int) -> str:
        """The words themselves."""
        return self._texts[row]

    def language(self, row: int) -> Language:
        """fi, sv, en or und."""
        return self._languages[row]

    def model(self, row: int) -> Model:
        """Which reader made the reading."""
        return self._model

    def sentiment(self, row: int) -> str:
        """One of `SENTIMENTS`."""
        return SENTIMENTS[self._decided.sentiments[row]]

    def sentiment_confidence(self, row: int) -> float:
        """The chance that the mood is this one."""
        return self._decided.moods[row]

    def grade(self, row: int) -> float | None:
        """What the customer gave."""
        return self._grades[row] if self._grades else None

    def scores(self, row: int) -> Scores:
        """Every score by its name."""
        return Scores(self._decided.scores[row * SIZE : (row + 1) * SIZE])

    def marks(self, row: int) -> tuple[Mark, ...]:
        """What the phrases tell."""
        heard, personal = self._heard.get(row), self._personal.get(row, ())
        if not (heard or personal) or self._languages[row] == "und":
            return ()
        heard = heard or _NOTHING_HEARD
        names = [one.span for one in personal if one.kind == "name"]
        text, mood = self._texts[row], self.sentiment(row)
        return told(heard.phrases, heard.spans_of, text, self._phrases_in, self._times[row], mood, names)

    def personal_data(self, row: int) -> tuple[PersonalData, ...]:
        """What points to a person."""
        return self._personal.get(row, ())

    def feelings(self, row: int) -> tuple[Feeling, ...]:
        """The feelings."""
        return tuple(self._objects()[0][row])

    def hots(self, row: int) -> tuple[Hot, ...]:
        """The dreams, problems and needs."""
        return tuple(self._objects()[1][row])

    def themes(self, row: int) -> tuple[Theme, ...]:
        """The themes, the company's own last."""
        return tuple(self._objects()[2][row])

    def list_into(self, listed: Listed, places: Sequence[int]) -> None:
        """Write down everything but the scores; text `row` stands at `places[row]` there."""
        decided, tokens, texts = self._decided, self._tokens, self._texts
        spans = self._evidence.spans(tokens, decided)
        for place, language, sentiment in zip(places, self._languages, decided.sentiments, strict=True):
            listed.languages[place], listed.sentiments[place] = language, SENTIMENTS[sentiment]
        confidence, strength = decided.confidence.tolist(), decided.strength.tolist()
        names = [self._outputs[output] for output in decided.found.output.tolist()]
        feeling = (decided.found.output < FIRST_THEME).tolist()
        feelings, themes = listed.feelings, listed.themes
        for at, row in enumerate(decided.rows.tolist()):
            if feeling[at]:
                feelings.append((places[row], names[at], strength[at], confidence[at], spans[at]))
            else:
                themes.append((places[row], names[at], confidence[at], spans[at]))
        shift = tokens.text_starts[decided.hot_rows]
        begins = (tokens.sentence_starts[decided.hot_sentences] - shift).tolist()
        ends = (tokens.sentence_ends[decided.hot_sentences] - shift).tolist()
        for at, row in enumerate(decided.hot_rows.tolist()):
            sentence = texts[row][begins[at] : ends[at]]
            start = begins[at] + len(sentence) - len(sentence.lstrip())
            span = (start, start + len(sentence.strip()))
            told = at + len(decided.rows)
            listed.hots.append((places[row], names[told], span, confidence[told], spans[told]))
        for row, more in self._own.items():
            themes += [(places[row], one.key, one.confidence, one.evidence) for one in more]
        for row in {**self._heard, **self._personal}:
            listed.marks.extend(
                [(places[row], one.mark, one.confidence, one.due, one.evidence) for one in self.marks(row)]
            )
        for row, these in self._personal.items():
            listed.personal_data.extend([(places[row], one.kind, one.span) for one in these])

    def _objects(self) -> tuple[list[list[Feeling]], list[list[Hot]], list[list[Theme]]]:
        if self._found is None:
            feelings: list[list[Feeling]] = [[] for _ in self._texts]
            hots: list[list[Hot]] = [[] for _ in self._texts]
            themes: list[list[Theme]] = [[] for _ in self._texts]
            listed = Listed.of(len(self._texts))
            self.list_into(listed, range(len(self._texts)))
            name: Any
            for row, name, strength, sure, evidence in listed.feelings:
                feelings[row].append(Feeling(name, strength, evidence, sure))
            for row, name, span, sure, evidence in listed.hots:
                hots[row].append(Hot(name, self._texts[row][slice(*span)], span, evidence, sure))
            for row, name, sure, evidence in listed.themes:
                themes[row].append(Theme(name, evidence, sure))
            self._found = feelings, hots, themes
        return self._found
