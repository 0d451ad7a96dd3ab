"""Words and sentences, with offsets that stay true."""

import pytest

from kalevi.text.tokens import LONGEST_LAUGH, lowered, tokenise


def sentences(text: str) -> list[str]:
    """The sentences of one text, without the space after them."""
    found = tokenise([text])
    return [text[a:b].strip() for a, b in zip(found.sentence_starts, found.sentence_ends, strict=True)]


def test_sentences_end_where_readers_think_they_do() -> None:
    assert sentences("Tuli 3. toukokuuta klo 9.05 esim. kotiin. Hyvä!") == [
        "Tuli 3. toukokuuta klo 9.05 esim. kotiin.",
        "Hyvä!",
    ]
    assert sentences("tuli myöhässä. en saanut mitään\nTerveisin Aino") == [
        "tuli myöhässä.",
        "en saanut mitään",
        "Terveisin Aino",
    ]
    assert sentences("Odotin kolme viikkoa.Kukaan ei soittanut.") == [
        "Odotin kolme viikkoa.",
        "Kukaan ei soittanut.",
    ]
    assert sentences("www.verkkokauppa.fi ei toimi") == ["www.verkkokauppa.fi ei toimi"]


def test_words_are_in_lower_case_with_their_places() -> None:
    text = "Don't worry :) HYVÄ!! 👍"
    found = tokenise([text])
    assert found.words == ["don't", "worry", ":)", "hyvä", "!!", "👍"]
    places = zip(found.word_starts, found.word_ends, strict=True)
    assert [text[a:b].lower() for a, b in places] == found.words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kiva:D", ["kiva", ":d"]),
        ("Kiitos =DDDD ihan huippua :-D", ["kiitos", "=d", "ihan", "huippua", ":-d"]),
        ("en tiedä :/ :-/ :'( ;p", ["en", "tiedä", ":/", ":-/", ":'(", ";p"]),
        ("=" + "d" * LONGEST_LAUGH, ["=d"]),
        (":" + "d" * (LONGEST_LAUGH + 1), ["d" * (LONGEST_LAUGH + 1)]),
        ("https://kalevi.fi http:/ks klo 12:d 5:/ :päivä :dp ?q=d &amp;p", None),
    ],
)
def test_faces_are_words(text: str, words: list[str] | None) -> None:
    found = tokenise([text])
    if words is None:
        assert not any(sign in word for word in found.words for sign in ":/=")
    else:
        assert found.words == words
        pieces = [text[a:b].lower() for a, b in zip(found.word_starts, found.word_ends, strict=True)]
        assert pieces == words


@pytest.mark.parametrize("apostrophe", list("’‘ʼ´`′＇"))
def test_any_apostrophe_is_read_as_one(apostrophe: str) -> None:
    assert tokenise([f"It doesn{apostrophe}t"]).words == ["it", "doesn't"]
    # with a letter that has no one small letter the text is put into lower case another way
    assert tokenise([f"İ doesn{apostrophe}t"]).words[-1] == "doesn't"
    assert tokenise([f"{apostrophe}kiva{apostrophe}"]).words == ["kiva"]


def test_a_name_one_is_called_by_is_no_word() -> None:
    text = "@trygghansa svarar inte, @Finnair. anna@kauppa.fi"
    found = tokenise([text])
    assert found.words == ["svarar", "inte", "anna", "fi"]
    assert tokenise(["@", "@@", "a @ b"]).words == ["a", "b"]


def test_every_text_has_a_sentence() -> None:
    found = tokenise(["", "...", "hei"])
    assert found.text_sentences.tolist() == [0, 1, 2, 3]
    assert found.sentence_words.tolist() == [0, 0, 0, 1]


def test_lower_case_keeps_the_length() -> None:
    assert lowered("İÄ") == "İä"
