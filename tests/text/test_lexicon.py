"""Remembered words save time and change nothing."""

import pytest

from kalevi.text import Reader, words

TEXTS = [
    "Toimitus kesti kolme viikkoa eikä kukaan vastannut.",
    "Kiitos nopeasta avusta, suosittelen!",
    "Tack för hjälpen, men paketet var trasigt.",
]


def test_forgetting_words_changes_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Reader().read(TEXTS)
    monkeypatch.setattr(words, "MOST_WORDS", 3)
    reader = Reader()
    assert [reader.read([text])[0] for text in TEXTS * 3] == expected * 3
