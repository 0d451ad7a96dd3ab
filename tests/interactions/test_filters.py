"""Addresses of the stream hold known keys and dates only."""

from datetime import date

import pytest
from django.http import QueryDict

from kalevi.interactions.queries.filters import Filters, filters_from, number_from


def test_an_address_says_the_same_as_its_filters() -> None:
    query = "feeling=joy&feeling=anger&hot=need&sentiment=negative&touchpoint=web-shop&since=2026-11-01"
    filters = filters_from(QueryDict(query))
    assert filters == Filters(
        findings=(("feeling", "joy"), ("feeling", "anger"), ("hot", "need"), ("sentiment", "negative")),
        touchpoint="web-shop",
        since=date(2026, 11, 1),
    )
    assert filters.query() == f"?{query}"


@pytest.mark.parametrize(
    "query",
    ["feeling=bliss", "theme=joy", "since=soon", "since=2026-02-31", "since=1066-10-14", "period=era",
     "touchpoint=a%20b", "search=Aino", "nonsense=1"],
)  # fmt: skip
def test_what_is_unknown_is_passed_over(query: str) -> None:
    assert filters_from(QueryDict(query), "words") == Filters()


def test_words_stand_in_no_address() -> None:
    filters = filters_from(QueryDict("search=yes"), "Aino Virtanen")
    assert (filters.words, filters.query(), "Aino" in repr(filters)) == (
        "Aino Virtanen",
        "?search=yes",
        False,
    )


def test_there_is_one_tone_at_a_time() -> None:
    filters = Filters().toggled("sentiment", "positive").toggled("sentiment", "negative")
    assert filters.findings == (("sentiment", "negative"),)
    assert filters.toggled("sentiment", "negative") == Filters()


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-12", -12), ("9223372036854775808", None), ("1e3", None), ("", None), ("١٢", None)],
)
def test_ids_fit_the_database(text: str, number: int | None) -> None:
    query = QueryDict(mutable=True)
    query["before"] = text
    assert number_from(query, "before") == number
