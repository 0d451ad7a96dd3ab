"""Cue words as listed can be met in texts."""

import numpy as np
import pytest

from kalevi.text.cue_features import carriers, feature_names, features, word_cues
from kalevi.text.cues import LANGUAGES, class_names, cues
from kalevi.text.cues.spoken import spoken
from kalevi.text.kinds import Kinds, bit_names
from kalevi.text.tokens import tokenise


def found(text: str, language: str) -> set[str]:
    """The names of the features of one text."""
    tokens = tokenise([text])
    kinds = Kinds(language, np.zeros((len(bit_names()), 1)))
    of_words = kinds.of(tokens.words).astype(np.int64)
    met = word_cues(kinds, of_words, tokens.sentence_words, language)
    told = features(met, tokens.sentence_words, tokens.text_sentences).texts[0]
    return {name for name, there in zip(feature_names(), told, strict=True) if there}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "It would be nice to have a lamp.", "better_yet"),
        ("sv", "Det hade varit kul att höra mer.", "better_yet"),
        ("fi", "Olisi tosi kiva nähdä lisää.", "better_yet"),
        ("fi", "Ei kertaakaan tarvinnut odottaa.", "spared"),
        ("sv", "Han tog oss på allvar hela tiden.", "heard"),
        ("en", "It was out of stock again.", "availability_stock"),
        ("fi", "Ei ole huono.", "spared"),
        ("fi", "Ei hassumpi.", "spared"),
        ("sv", "Inte så dåligt!", "spared"),
        ("en", "Not bad at all.", "spared"),
        ("fi", "En voi suositella.", "recommend"),
    ],
)
def test_words_that_stand_apart_are_met_together(language: str, text: str, name: str) -> None:
    assert name in found(text, language)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Olisi kiva, jos tulisi viesti.", "Ois kiva jos tulis viesti."),
        ("Pitäisi näkyä heti.", "Pitäs näkyä heti."),
        ("Voisiko tänne soittaa?", "Voisko tänne soittaa?"),
        ("Onko teillä tätä?", "Onks teillä tätä?"),
        ("Ei ole saanut vastausta.", "Ei oo saanu vastausta."),
        ("Haluaisin rahat takaisin.", "Haluisin rahat takasin."),
        ("Miksi näin?", "Miks näin?"),
    ],
)
def test_finnish_is_met_as_it_is_said(listed: str, said: str) -> None:
    assert found(said, "fi") == found(listed, "fi")


def test_what_is_said_stands_in_one_order_and_never_for_itself() -> None:
    assert spoken("voitaisi") == ("voitais", "voitas")
    assert spoken("nut") == spoken("kiva") == spoken("josko") == ()
    assert [word for word in cues("fi").exact if word in spoken(word)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_part_of_a_pair_holds_more_than_one_word(language: str) -> None:
    parts = {*cues(language).parts, *cues(language).part_beginnings}
    assert [part for part in parts if "_" in part or not part] == []


def test_there_is_room_for_every_class() -> None:
    assert len(class_names()) < 120


@pytest.mark.parametrize("text", ["Nobody answered :/", "Kukaan ei vastannut :(", "Ingen svarade :-("])
@pytest.mark.parametrize("face", ["", " :D", " 😀"])
def test_a_face_is_never_denied(text: str, face: str) -> None:
    language = {"N": "en", "K": "fi", "I": "sv"}[text[0]]
    names = found(text + face, language)
    assert {"negation", "face", "negative", "negative_1"} <= names
    assert names.isdisjoint({"not face", "not negative", "not positive_strong"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_and_face_that_is_for_or_against_is_a_face(language: str) -> None:
    numbers = {name: number for number, name in enumerate(class_names())}
    moods = {numbers[name] for name in ("positive_strong", "negative", "negative_strong")}
    for word, classes in cues(language).exact.items():
        if moods & set(classes) and not any(letter.isalnum() for letter in word.rstrip("d")):
            assert numbers["face"] in classes, word


def test_what_words_carry_is_what_their_text_has() -> None:
    tokens = tokenise(["Ei ollut hyvä. Miksi kukaan ei vastaa :/ Voisitteko soittaa?"])
    kinds = Kinds("fi", np.zeros((len(bit_names()), 1)))
    met = word_cues(kinds, kinds.of(tokens.words).astype(np.int64), tokens.sentence_words, "fi")
    carried = carriers(met, tokens.sentence_words)
    told = features(met, tokens.sentence_words, tokens.text_sentences).texts[0][: len(carried)]
    by_many = ("_2", "_3", "more_positive", "more_negative", "even", "both")
    for name, there, words in zip(feature_names(), told, carried, strict=False):
        if there:
            assert words.any(), name
        elif not name.endswith(by_many):
            assert not words.any(), name
