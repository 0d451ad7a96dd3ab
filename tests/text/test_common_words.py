"""Everyday words of praise and blame are known in each language, alone and in a short sentence."""

import pytest

from kalevi.text import read

BLAME = {
    "fi": ["monimutkainen", "ammattitaidoton", "uuvuttava", "tarpeeton"],
    "sv": ["orättvis", "opraktisk", "omöjlig", "obekväm", "nedlåtande", "otillgänglig"],
    "en": ["pointless", "unusable", "insufficient", "unstable", "worthless", "pushy"],
}
FRAMES = {"fi": "Se on {}.", "sv": "Det är {}.", "en": "It is {}."}


@pytest.mark.parametrize("language", FRAMES)
def test_blame_is_heard(language: str) -> None:
    texts = [FRAMES[language].format(word) for word in BLAME[language]]
    assert [reading.sentiment for reading in read(texts, language=language)] == ["negative"] * len(texts)


def test_patience_and_flawlessness_are_praise() -> None:
    texts = ["Myyjä oli kärsivällinen ja ystävällinen.", "Palvelu oli virheetöntä, kiitos!"]
    assert [reading.sentiment for reading in read(texts)] == ["positive", "positive"]
