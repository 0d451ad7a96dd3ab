"""Whatever day it is, the words lie in their seasons, in order and in the past."""

from datetime import date, timedelta

import pytest

from kalevi.demo.calendar import anchor, event_shift, latest_shift, monday, placed
from kalevi.demo.material import comments

pytestmark = pytest.mark.library
DAYS = [date(2026, 11, 22) + timedelta(days=17 * number) for number in range(24)]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_words_fit_any_day(today: date) -> None:
    places = placed(comments(), today)
    assert places.keys() == {comment.id for comment in comments()}
    days = [place.day for place in places.values() if place.newest is None]
    assert max(days) < today
    assert min(days) >= today - timedelta(weeks=120)
    assert sorted(place.newest for place in places.values() if place.newest is not None) == list(range(20))
    stories: dict[str, list[tuple[int, date]]] = {}
    for comment in comments():
        if comment.persona:
            stories.setdefault(comment.persona, []).append((comment.week or 0, places[comment.id].day))
    for story in stories.values():
        in_order = [day for _week, day in sorted(story)]
        assert in_order == sorted(in_order)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nearly_every_word_keeps_its_season(today: date) -> None:
    places = placed(comments(), today)
    moved = 0
    for comment in comments():
        if comment.week is None or places[comment.id].newest is not None:
            continue
        season = monday(comment.week, latest_shift(comment.week, today))
        apart = (places[comment.id].day - season).days % 364
        moved += min(apart, 364 - apart) > 21
    assert moved <= 30


def test_the_campaign_comes_in_spring_after_the_weeks_before_it() -> None:
    for today in DAYS:
        begins = monday(61, event_shift(today))
        assert begins.month in (4, 5)
        assert timedelta(weeks=17) <= today - begins <= timedelta(weeks=71)


def test_years_begin_on_a_monday_near_the_end_of_february() -> None:
    for year in range(2020, 2060):
        assert anchor(year).weekday() == 0
        assert abs(anchor(year) - date(year, 2, 26)) <= timedelta(days=3)
