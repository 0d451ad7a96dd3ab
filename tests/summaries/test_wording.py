"""The three languages say the same things."""

import re
from typing import Any

import pytest

from kalevi.stats import Share
from kalevi.summaries.wording import LANGUAGES, Wording, texts
from kalevi.tables import REJECT_REASONS, TABLE_REASONS
from kalevi.text import vocabulary

PLACES = re.compile(r"\{(\w+)\}")


def keys(language: str) -> Any:
    return {
        f"{section}.{key}": sorted(set(PLACES.findall(text)))
        for section, found in texts(language).items()
        for key, text in found.items()
    }


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_same_keys_and_places_as_in_english(language: str) -> None:
    assert keys(language) == keys("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for found in texts(language).values() for key, text in found.items() if not text] == []


def test_every_reason_has_its_sentence() -> None:
    assert set(TABLE_REASONS) - set(texts("en")["error"]) == set()
    assert set(texts("en")["reject"]) == set(REJECT_REASONS)


def test_every_theme_has_something_to_do() -> None:
    assert set(texts("en")["action"]) == {*vocabulary.THEMES, "other"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ["1\u00a0234", "50\u00a0%", "24–76\u00a0%", "22.11.2026", "1 palaute", "2 palautetta"]),
        ("sv", ["1\u00a0234", "50\u00a0%", "24–76\u00a0%", "22.11.2026", "1 kommentar", "2 kommentarer"]),
        ("en", ["1,234", "50%", "24–76%", "22/11/2026", "1 comment", "2 comments"]),
    ],
)
def test_numbers(language: str, expected: Any) -> None:
    from datetime import date

    say, share = Wording(language), Share(5, 10)
    assert [
        say.number(1234),
        say.percent(share),
        say.interval(share),
        say.date(date(2026, 11, 22)),
        say.counted("count.comments", 1),
        say.counted("count.comments", 2),
    ] == expected


def test_small_shares_keep_a_decimal() -> None:
    assert Wording("fi").percent(Share(3, 1000)) == "0,3\u00a0%"


def test_own_themes_are_their_own_names() -> None:
    assert (Wording("fi").name("oma_aihe"), Wording("fi").name("")) == ("oma aihe", "muu aihe")
