"""What changed in behaviour is told only where there is enough to compare."""

from datetime import UTC, datetime, timedelta

import pytest

from kalevi.stats.behaviour import Behaviour, Encounter, Tone, behaviour

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NOTHING = Behaviour(0, 0, None, None, 0, None, (), (), None, None)
pytestmark = pytest.mark.library


def met(*days: int, channel: str = "email", tone: int | None = None) -> list[Encounter]:
    return [Encounter(NOW - timedelta(days=ago), channel, tone) for ago in days]


def test_nothing_is_said_of_nothing() -> None:
    assert behaviour([], NOW) == NOTHING
    assert behaviour(met(1), NOW) == Behaviour(0, 1, None, None, 0, None, (), (), None, None)


def test_a_silence_is_measured_against_the_usual_gap() -> None:
    changed = behaviour(met(200, 190, 180, 170, 160), NOW)
    assert (changed.silence, changed.usual_gap, changed.gaps) == (160.0, 10.0, 4)
    assert behaviour(met(40, 30, 20, 10), NOW).silence is None


def test_channels_that_came_and_went() -> None:
    changed = behaviour(met(300, 200, 100, channel="phone") + met(3, 2, 1, channel="chat"), NOW)
    assert (changed.new, changed.left) == (("chat",), ("phone",))
    assert behaviour(met(300) + met(1, channel="chat"), NOW).new == ()


def test_tones_are_counted_from_three_up() -> None:
    changed = behaviour(met(300, 290, 280, tone=1) + met(3, 2, tone=-1) + met(1), NOW)
    assert (changed.tone_before, changed.tone_recent) == (Tone(0, 3, 3), None)


@pytest.mark.parametrize(
    ("days", "oftener"),
    [
        ((360, 270, 180, 5, 4, 3), True),
        ((300, 290, 280, 270, 260, 250, 240, 230, 220, 210), False),
        ((200, 150, 100, 50), None),
    ],
)
def test_how_often(days: tuple[int, ...], oftener: bool | None) -> None:
    assert behaviour(met(*days), NOW).oftener is oftener
