"""The tone of what customers call their feelings, in three languages, also where a beginning misleads."""

import pytest

from kalevi.interactions.own_feelings import tone_of


@pytest.mark.parametrize(
    ("words", "tone"),
    [
        ("helpotus", "good"),
        ("Ilo!", "good"),
        ("kuulluksi tuleminen", "good"),
        ("lättnad", "good"),
        ("relieved and calm", "good"),
        ("tyytyväinen olo", "good"),
        ("turhautuminen", "bad"),
        ("toivottomuus", "bad"),
        ("onneton", "bad"),
        ("epäluottamus", "bad"),
        ("tyytymätön", "bad"),
        ("missnöjd", "bad"),
        ("otrygghet", "bad"),
        ("hopeless", "bad"),
        ("besvikelse", "bad"),
        ("let down", "bad"),
        ("yllätys", ""),
        ("suru ja kiitos", ""),
        ("en ole iloinen", ""),
        ("not happy", ""),
        ("made", ""),
        ("argument", ""),
        ("", ""),
        ("🙂", ""),
    ],
)
def test_tone(words: str, tone: str) -> None:
    assert tone_of(words) == tone
