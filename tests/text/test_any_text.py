"""Any string at all is read, in time that grows with its length and no faster."""

import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalevi.text import Reader, read

ODD = [
    "\ud800",
    "a\x00b\x00",
    "<p onclick='x'>Huono&nbsp;palvelu</p>",
    "\u202eمرحبا بكم\u202c",
    "é" * 300,
    "İstanbul İİİ",
    "👩‍👩‍👧‍👦❤️🏳️‍🌈",
    "...",
    "?!" * 500,
    ":-):-(:)",
    "\r\n\u2028\x85\n",
    "ﷺ\U0010ffff𝓐𝓑",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_read(text: str) -> None:
    (reading,) = read([text])
    assert reading.text == text


@given(st.lists(st.text(st.characters(), max_size=200), max_size=6))
@settings(deadline=None, max_examples=150)
def test_any_texts_are_read(texts: list[str]) -> None:
    readings = read(texts)
    assert [reading.text for reading in readings] == texts
    for reading in readings:
        found: list[Any] = [*reading.feelings, *reading.hots, *reading.themes]
        for finding in found:
            assert all(0 <= a < b <= len(reading.text) for a, b in finding.evidence)


@given(st.text(alphabet="a.!? \n:-)('’0ä", max_size=300))
@settings(deadline=None, max_examples=100)
def test_stops_and_quotes_in_any_order_are_read(text: str) -> None:
    assert read([text])[0].text == text


@pytest.mark.parametrize(
    "piece", ["a", "a ", ".", ". ", "!", "(", "'a", "1.", "ä\n", "👍", "no not ", "\u0301"]
)
def test_time_grows_no_faster_than_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        assert read([text])[0].text == text
        return time.process_time() - start

    # The best of three: the first time a size is read, the system hands out the memory for it.
    short = max(min(seconds(40_000) for _time in range(3)), 0.01)
    assert min(seconds(400_000) for _time in range(3)) < 25 * short


def test_foreign_texts_are_of_no_language_of_ours() -> None:
    texts = ["Я заказал товар, но он не пришёл", "我订购了产品,但还没有收到", "12345 !!! ???", ""]
    assert [reading.language for reading in read(texts)] == ["und"] * 4


def test_a_long_comment_takes_little_memory() -> None:
    reader = Reader()
    reader.read(["Kiitos avusta!"])[0].themes  # noqa: B018
    text = " ".join(f"Tilaus {number % 500} tuli myöhässä, ei kiitos." for number in range(12_000))
    tracemalloc.start()
    (reading,) = reader.read([text])
    assert reading.hots
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * len(text)
