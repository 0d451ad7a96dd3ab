"""How it has felt, encounter by encounter, as a curve to draw: positions on a field 360 wide and 150 high."""

from collections.abc import Sequence
from dataclasses import dataclass

from kalevi.interactions.queries.cards import Card

WIDTH, TOP, STEP, EDGE = 360, 26, 48, 16
LEVELS = {"positive": 0, "neutral": 1, "mixed": 1, "negative": 2}


@dataclass(frozen=True, slots=True)
class Point:
    """One encounter on the curve, with the strongest feeling that was read in it, if any."""

    x: float
    y: float
    feeling: str
    card: Card

    @property
    def left(self) -> float:
        """Where a shape 24 wide begins so that its middle is here."""
        return self.x - 12

    @property
    def top(self) -> float:
        """Where a shape 24 high begins so that its middle is here."""
        return self.y - 12


@dataclass(frozen=True, slots=True)
class Curve:
    """The points, oldest first, and the line through them as the attribute `points` of a polyline."""

    points: tuple[Point, ...]

    @property
    def count(self) -> int:
        """How many encounters."""
        return len(self.points)

    @property
    def line(self) -> str:
        """Positions as SVG writes them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


def curve(cards: Sequence[Card]) -> Curve:
    """Return the curve of encounters with words, oldest first, evenly spaced: pauses are told in words."""
    read = [card for card in cards if card.read]
    space = (WIDTH - 2 * EDGE) / max(1, len(read) - 1)
    points = []
    for place, card in enumerate(read):
        assert card.read is not None  # noqa: S101  chosen above
        strongest = max(card.read.feelings, key=lambda feeling: feeling.intensity, default=None)
        level = LEVELS[card.read.sentiment]
        feeling = strongest.feeling if strongest else card.read.sentiment
        points.append(Point(EDGE + place * space, TOP + level * STEP, feeling, card))
    return Curve(tuple(points))
