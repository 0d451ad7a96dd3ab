"""A difficulty among many kind words is no problem, and what weighed it is told."""

import pytest

from kalevi.text import explain, read
from kalevi.text.explaining import WHOLE

THANKS = (
    "I want to thank Maria, who helped me resolve my issue with such patience. Every question was answered, "
    "she explained each step and followed up the next day. Wonderful, friendly and professional service from "
    "start to finish, and I recommend you warmly to everybody."
)


def test_an_issue_that_was_resolved_among_thanks_is_no_problem() -> None:
    (reading,) = read([THANKS])
    assert (reading.sentiment, [hot.kind for hot in reading.hots]) == ("positive", [])


def test_tone_and_length_are_among_the_voices_of_a_problem_alone() -> None:
    (reading,) = read([THANKS])
    adds = {one.output: voice.adds for one in explain(reading) for voice in one.voices if voice.name == WHOLE}
    assert list(adds) == ["problem"]
    assert adds["problem"] < 0


def test_a_reading_does_not_depend_on_its_neighbours() -> None:
    texts = [THANKS, "Paketti oli rikki.", "", "Kiitos!"]
    together = [reading.scores["problem"] for reading in read(texts)]
    assert together == pytest.approx([read([text])[0].scores["problem"] for text in texts], abs=0)
