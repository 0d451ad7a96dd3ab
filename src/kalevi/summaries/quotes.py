"""The customers' own words, chosen to be shown: telling, readable, various, with personal data masked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from zlib import crc32

from kalevi.summaries.wording import Wording
from kalevi.text.reading import Hot, Reading, Span

LONGEST = 320
_TIE = 1e-4
_WORDS = re.compile(r"[^\W\d_]{3,}")
_ALWAYS_MASKED = re.compile(
    r"(?P<email>[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,})|(?P<phone>\+?\d[\d\s()-]{5,}\d)|(?<!\w)@(?P<name>\w+)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_ADDRESS = re.compile(r"^(?:@\w+[\s,:.!-]*)+")
_ADDRESSED = re.compile(r"^(?:@…[\s,:.!-]*)+|(?:\s*@…)+$")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]+")
_UNSHOWABLE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one comment; `masks` are half-open ranges of personal data with their kind."""

    text: str
    masks: tuple[tuple[int, int, str], ...]
    language: str
    row: int
    worth: float

    def shown(self, wording: Wording, longest: int = LONGEST) -> str:
        """The words as they may be shown: personal data named instead of told, cut at a word when long.

        Accounts addressed at either end are left out; `&amp;` and the like are shown as what they stand for.
        """
        out, at = [], 0
        for start, end, kind in self.masks:
            if start >= at:
                out += [self.text[at:start], f"[{wording.name(kind)}]" if kind != "account" else "@…"]
                at = end
        text = _ADDRESSED.sub("", unescape("".join([*out, self.text[at:]])))
        text = " ".join(_UNSHOWABLE.sub("\ufffd", _INVISIBLE.sub(" ", text)).split())
        return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"


def quote_of(reading: Reading, span: Span, row: int, confidence: float) -> Quote:
    """The quote of a range of a reading's text."""
    start, end = span
    text = reading.text[start:end]
    masks = [
        (max(data.span[0], start) - start, min(data.span[1], end) - start, data.kind)
        for data in reading.personal_data
        if data.span[0] < end and data.span[1] > start
    ]
    for match in _ALWAYS_MASKED.finditer(text):
        kind = "account" if match.lastgroup == "name" else match.lastgroup or ""
        masks.append((*match.span(), kind))
    worth = confidence * worth_of(_ADDRESS.sub("", text)) * 0.85 ** len(masks)
    # Equally good words would otherwise be chosen by their place in the file.
    worth += _TIE * (crc32(text.encode("utf-8", "surrogatepass")) % 1000) / 1000
    return Quote(text, tuple(sorted(masks)), reading.language, row, worth)


def worth_of(text: str) -> float:
    """How well words read as a quote, 0–1: a whole sentence of middle length that does not shout."""
    length = len(text)
    if length < 12:
        return 0.05
    worth = min(1.0, 0.35 + length / 60) if length < 160 else max(0.2, 1 - (length - 160) / 300)
    if not text[0].isupper() or text[-1] not in ".!?…":
        worth *= 0.8
    if "http" in text or "@" in text or "#" in text:
        worth *= 0.55
    letters = sum(map(str.isupper, text))
    return worth * (0.4 if letters > 0.4 * length else 1.0)


def hot_span(reading: Reading, hot: Hot) -> Span:
    """Where the words of a HOT stand, without the space around them."""
    start = reading.text.find(hot.text, hot.span[0]) if hot.text else -1
    return (start, start + len(hot.text)) if start >= 0 else hot.span


def sentence_around(text: str, span: Span | None) -> Span:
    """The sentence that holds the start of a range; the whole text when it is short or no range is given."""
    whole = (0, len(text))
    if len(text) <= LONGEST or span is None:
        return whole if len(text) <= LONGEST else (0, LONGEST)
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > span[0]:
            return start, match.start()
        start = match.end()
    return start, len(text)


class Shelf:
    """The best few quotes met so far, no two much alike; it never holds more than `room`."""

    __slots__ = ("_held", "_room", "least")

    def __init__(self, room: int = 8) -> None:
        self._room, self.least = room, -1.0
        self._held: list[tuple[Quote, frozenset[str]]] = []

    def offer(self, quote: Quote) -> None:
        """Keep the quote if it is worth more than the least one held."""
        if quote.worth <= self.least:
            return
        words = frozenset(_WORDS.findall(quote.text.lower()))
        alike = [held for held in self._held if _alike(words, held[1])]
        if any(held[0].worth >= quote.worth for held in alike):
            return
        self._held = [held for held in self._held if held not in alike]
        self._held.append((quote, words))
        self._held.sort(key=lambda held: (-held[0].worth, held[0].row))
        del self._held[self._room :]
        if len(self._held) == self._room:
            self.least = self._held[-1][0].worth

    def quotes(self, language: str = "") -> list[Quote]:
        """The quotes held, the most telling first; those in `language` count for a little more."""
        held = [quote for quote, _ in self._held]
        return sorted(held, key=lambda quote: -quote.worth * (1.3 if quote.language == language else 1))


def offer(shelves: Iterable[Shelf], reading: Reading, span: Span, row: int, confidence: float) -> None:
    """Offer a range of a reading's text to shelves; it is looked at closely only where it may be wanted."""
    rough = confidence * worth_of(_ADDRESS.sub("", reading.text[span[0] : span[1]])) + _TIE
    wanting = [shelf for shelf in shelves if rough > shelf.least]
    if wanting:
        quote = quote_of(reading, span, row, confidence)
        for shelf in wanting:
            shelf.offer(quote)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    together = len(one | other)
    return together == 0 or len(one & other) / together > 0.5


def first_unused(quotes: list[Quote], used: set[int]) -> Quote | None:
    """The first quote from a comment not quoted yet, else the first; notes it as used."""
    for quote in quotes:
        if quote.row not in used:
            used.add(quote.row)
            return quote
    return quotes[0] if quotes else None
