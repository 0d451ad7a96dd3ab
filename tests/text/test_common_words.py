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


@pytest.mark.parametrize("text", ["Ei koskaan enää!", "Aldrig mer!", "Never again!", "Never again"])
def test_blame_is_blame_however_loud(text: str) -> None:
    assert read([text])[0].sentiment == "negative"


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Kiitos :D", "positive"),
        ("Tack =DDD", "positive"),
        ("Hyvä :-D", "positive"),
        ("ok :/", "negative"),
        ("jaha :-/", "negative"),
        ("no :'(", "negative"),
    ],
)
def test_a_face_tells_a_mood(text: str, sentiment: str) -> None:
    assert read([text])[0].sentiment == sentiment
