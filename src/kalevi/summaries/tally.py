"""Counts readings one after another in memory that does not grow with their number."""

from collections import Counter

from kalevi.summaries.quotes import Shelf, hot_span, offer, sentence_around
from kalevi.text.reading import Hot, Model, Reading, Theme

REJECTS_KEPT = 20
MET_WELL = {"heard", "welcomed", "guided", "respected", "cared_for", "helped_unasked", "success", "ease"}
"""How one was met well: no theme of a problem, a need or a dream."""


class Tally:
    """What was met so far. Counts are of comments, each counted once whatever it repeats."""

    def __init__(self) -> None:
        self.rows = self.empty = self.rejected = self.masked = 0
        self.rejects: list[tuple[int, str]] = []
        self.model: Model | None = None
        self.languages: Counter[str] = Counter()
        self.sentiments: Counter[str] = Counter()
        self.feelings: Counter[str] = Counter()
        self.hots: Counter[str] = Counter()
        self.hot_themes: Counter[tuple[str, str]] = Counter()
        self.themes: Counter[str] = Counter()
        self.negative_themes: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.hot_shelves: dict[tuple[str, str], Shelf] = {}
        self.feeling_shelves: dict[str, Shelf] = {}
        self.thanks = Shelf()

    @property
    def read(self) -> int:
        """How many comments hold words: what every share is a share of."""
        return self.rows - self.empty

    def reject(self, row: int, reason: str) -> None:
        """Note a row that could not be read; the first few are remembered by number."""
        self.rejected += 1
        if len(self.rejects) < REJECTS_KEPT:
            self.rejects.append((row, reason))

    def add(self, row: int, reading: Reading) -> None:
        """Count the reading of one data row."""
        self.rows += 1
        self.model = reading.model
        if not reading.text.strip():
            self.empty += 1
            return
        self.languages[reading.language] += 1
        self.sentiments[reading.sentiment] += 1
        self.masked += bool(reading.personal_data)
        self.marks.update({mark.mark for mark in reading.marks})
        self._add_feelings(row, reading)
        self._add_hots(row, reading)
        for key in {theme.key for theme in reading.themes}:
            self.themes[key] += 1
            if reading.sentiment == "negative":
                self.negative_themes[key] += 1

    def _add_feelings(self, row: int, reading: Reading) -> None:
        for feeling in reading.feelings:
            self.feelings[feeling.feeling] += 1
            first = feeling.evidence[0] if feeling.evidence else None
            sure = feeling.confidence * (0.6 + 0.4 * feeling.intensity) / (1 + 0.3 * len(reading.feelings))
            shelves = [self.feeling_shelves.setdefault(feeling.feeling, Shelf())]
            if reading.sentiment == "positive" and feeling.feeling in ("joy", "trust") and not reading.hots:
                shelves.append(self.thanks)
            offer(shelves, reading, sentence_around(reading.text, first), row, sure)

    def _add_hots(self, row: int, reading: Reading) -> None:
        met: set[tuple[str, str]] = set()
        for hot in reading.hots:
            keys = themes_of(hot, reading.themes) or [""]
            met.update((hot.kind, key) for key in keys)
            shelves = [self.hot_shelves.setdefault((hot.kind, key), Shelf()) for key in keys]
            offer(shelves, reading, hot_span(reading, hot), row, hot.confidence)
        self.hot_themes.update(met)
        self.hots.update({kind for kind, _ in met})


def themes_of(hot: Hot, themes: tuple[Theme, ...]) -> list[str]:
    """The themes whose evidence stands within the words of a HOT; else the comment's theme, if it has one."""
    start, end = hot.span
    themes = tuple(theme for theme in themes if theme.key not in MET_WELL)
    within = [t.key for t in themes if any(start <= span[0] < end for span in t.evidence)]
    return within or ([themes[0].key] if len(themes) == 1 else [])
