"""Ready surveys can be asked as they are, in three languages, words first."""

import pytest

from kalevi.channels.survey.definition import MOST_QUESTIONS
from kalevi.channels.survey.ready import Ready, ready_surveys

LANGUAGES = ("fi", "sv", "en")


def test_there_is_one_for_each_part_of_the_way() -> None:
    way = ["first_contact", "purchase", "delivery", "support", "complaint", "visit", "renewal", "end"]
    assert list(ready_surveys()) == [*way, "year_after"]


@pytest.mark.parametrize("one", ready_surveys().values(), ids=list(ready_surveys()))
def test_it_is_short_whole_and_asks_for_words_first(one: Ready) -> None:
    one.asks.check_written(LANGUAGES)
    assert (one.name.missing(LANGUAGES), one.when.missing(LANGUAGES)) == ([], [])
    assert len(one.asks.questions) <= MOST_QUESTIONS
    assert one.asks.insisted is False
    assert one.asks.questions[0].is_open
    assert one.asks.seconds <= 90
