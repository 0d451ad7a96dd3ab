"""A company's own themes are found by their seed words in any form, not in words that only begin alike."""

import pytest

from kalevi.text import Reader

SAID = [
    *(("fi", "lauta", "Saimme laudat, ja laudoissa oli vikaa."), ("fi", "katu", "Kadulla oli lunta.")),
    *(("fi", "sauna", "Saunavuoro peruttiin."), ("fi", "sauna", "Saunassa oli kylmä.")),
    *(
        ("fi", "tilaus", "Tilauksen tila?"),
        ("fi", "vesi", "Veden tulo loppui."),
        ("fi", "kala", "Kalaa ei ollut."),
    ),
    *(("fi", "hissi", "Hississä haisi."), ("fi", "auto", "Autolla pääsi perille.")),
    *(
        ("sv", "bil", "Bilen stod kvar."),
        ("sv", "bok", "Böckerna kom sent."),
        ("sv", "hiss", "Hissarna är trasiga."),
    ),
    *(("sv", "leverans", "Leveransen dröjde."), ("sv", "bastu", "Bastun var kall.")),
    *(
        ("en", "delivery", "Two deliveries failed."),
        ("en", "shoe", "The shoes fit."),
        ("en", "car", "The cars were late."),
    ),
    *(("en", "return", "Returning it was hard."), ("en", "baby food", "No baby foods left.")),
]
OTHERS = [
    *(
        ("fi", "kala", "Kalastus on kielletty."),
        ("sv", "bil", "Det var billigt."),
        ("en", "car", "Careful staff."),
    ),
    *(("fi", "auto", "Automaatti jumitti."), ("en", "baby food", "Baby clothes and good food.")),
]


def found(language: str, seed: str, words: str) -> bool:
    (reading,) = Reader(themes={"own": [seed]}).read([words], language=language)
    return "own" in [theme.key for theme in reading.themes]


@pytest.mark.parametrize(("language", "seed", "words"), SAID)
def test_forms_and_compounds_are_found(language: str, seed: str, words: str) -> None:
    assert found(language, seed, words)


@pytest.mark.parametrize(("language", "seed", "words"), OTHERS)
def test_other_words_are_not(language: str, seed: str, words: str) -> None:
    assert not found(language, seed, words)
