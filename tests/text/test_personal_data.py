import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalevi.text.personal_data import mask, personal_data
from kalevi.text.vocabulary import PERSONAL_DATA_KINDS

FOUND = [
    ("Maija Virtanen palveli hienosti.", [("name", "Maija Virtanen")]),
    ("Kiitos Pekalle ja Jukan avulle!", [("name", "Pekalle"), ("name", "Jukan")]),
    ("Nimeni on Xavier Lindberg.", [("name", "Xavier Lindberg")]),
    ("Hyvä palvelu.\nTerveisin\nKukkis Mäkinen", [("name", "Kukkis Mäkinen")]),
    ("Ei toimi. terv. maija virtanen", [("name", "maija virtanen")]),
    ("Rouva Hirvijoki neuvoi.", [("name", "Hirvijoki")]),
    ("Onneksi Toivo auttoi.", [("name", "Toivo")]),
    ("Jag heter Åsa Lindqvist. Mvh Åsa", [("name", "Åsa Lindqvist"), ("name", "Åsa")]),
    ("Best regards, J. Doe", [("name", "J. Doe")]),
    ("Thanks to Sarah's team", [("name", "Sarah")]),
    ("Oli Matti Meikäläisen vuoro.", [("name", "Matti Meikäläisen")]),
    ("Kirjoita matti.m@firma.fi!", [("email", "matti.m@firma.fi")]),
    ("Soita 040 123 4567 tai +358 50 1234567.", [("phone", "040 123 4567"), ("phone", "+358 50 1234567")]),
    ("Ring 08-123 456 78", [("phone", "08-123 456 78")]),
    ("Call 800-555-0199 now", [("phone", "800-555-0199")]),
    ("Hetu 131052-308T.", [("personal_identity_code", "131052-308T")]),
    ("Hetu 131052Y308T.", [("personal_identity_code", "131052Y308T")]),
    ("Tili FI21 1234 5600 0007 85 kiitos", [("iban", "FI21 1234 5600 0007 85")]),
    ("Asun Peltotie 12 A 5, 00100 Helsinki.", [("street_address", "Peltotie 12 A 5, 00100 Helsinki")]),
    ("Bor på Storgatan 5 B i stan", [("street_address", "Storgatan 5 B")]),
    ("I live at 12 High Street now", [("street_address", "12 High Street")]),
    ("Autoni ABC-123 sai sakon", [("licence_plate", "ABC-123")]),
    ("Kiitos Gun-Britt ja Timo-Pekalle!", [("name", "Gun-Britt"), ("name", "Timo-Pekalle")]),
    (
        "Soita 050\u00a0123\u00a04567 tai 050–123 4567.",
        [("phone", "050\u00a0123\u00a04567"), ("phone", "050–123 4567")],
    ),
    ("Hetu 131052 – 308T.", [("personal_identity_code", "131052 – 308T")]),
    ("Tili FI21-1234-5600-0007-85.", [("iban", "FI21-1234-5600-0007-85")]),
    ("osoite koivukuja 5 as 12", [("street_address", "koivukuja 5 as 12")]),
    ("Hämeentie 12-14 remontissa", [("street_address", "Hämeentie 12-14")]),
    ("Kulma on Sibeliuksen katu 3.", [("street_address", "Sibeliuksen katu 3")]),
    ("Send it to 27 Willow Lane, Leeds LS1 4AB.", [("street_address", "27 Willow Lane, Leeds LS1 4AB")]),
    ("rekkari on abc 123 ja väärin", [("licence_plate", "abc 123")]),
]
LEFT_ALONE = [
    "Toivon parempaa palvelua. Onni onnettomuudessa.",
    "Anna minulle rahat takaisin. Aina sama juttu. Kai te vastaatte?",
    "Ostin sen Clas Ohlsonilta ja Matti Virtanen Oy asensi.",
    "Pekan Pizza on hyvä, samoin Robert's Coffee.",
    "Elisan liittymä ei toimi Lovisassa.",
    "Will you come in May? Mark my words, April was cold.",
    "ANNA RAHAT TAKAISIN",
    "Terveisin pettynyt asiakas",
    "Med vänlig hälsning en besviken kund",
    "Tilausnumero 0401234567, lasku 0501234567.",
    "Maksoin 149,90 € ja odotin 22.11.2026 klo 12.30 asti.",
    "Hetu 131052-308A on väärä, ja 991352-308T samoin.",
    "Tili FI21 1234 5600 0007 86 on väärä.",
    "Tuote XYZ-500 hajosi, malli ABC-123 autoon ei sovi.",
    "Jono oli 30 minuuttia ja tie 5 oli poikki.",
    "Miksi @palvelu ei vastaa?",
    "Even so it was good, the ticket number is 014206430.",
    "Se hyvä rantatie 4 oli poikki, rekkari on 3 tonnia.",
]


def found_in(text: str) -> list[tuple[str, str]]:
    return [(data.kind, text[slice(*data.span)]) for data in personal_data(text)]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_personal_data_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert found_in(text) == found


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_words_and_numbers_are_left_alone(text: str) -> None:
    assert found_in(text) == []


def test_every_kind_has_an_example() -> None:
    assert {kind for _, found in FOUND for kind, _ in found} == set(PERSONAL_DATA_KINDS)


def test_masked_text_keeps_everything_else() -> None:
    text = "Maija soitti numerosta 040 123 4567."
    assert mask(text, [data.span for data in personal_data(text)]) == "••• soitti numerosta •••."


def test_overlapping_spans_are_masked_as_one() -> None:
    assert mask("abcdef", [(1, 3), (2, 5), (1, 2)]) == "a•••f"


@given(st.text(st.characters(min_codepoint=0, max_codepoint=sys.maxunicode)))
def test_any_text_is_searched_without_a_fault(text: str) -> None:
    spans = [data.span for data in personal_data(text)]
    assert [span for span in spans if not 0 <= span[0] < span[1] <= len(text)] == []
    assert spans == sorted(spans)


@given(st.text("0123456789 -+()@.,/:ABCFIfi€Terv\n", max_size=80))
def test_any_mix_of_signs_is_searched_without_a_fault(text: str) -> None:
    mask(text, [data.span for data in personal_data(text)])


@pytest.mark.parametrize(
    "piece", ["a", "@", "a@", "Aa ", "1 2-", "(0", "Anna 0401", "Virtanen ", "A. ", "Anna-", "asun tie 1 "]
)
def test_a_megabyte_is_searched_to_its_end(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert [data.span for data in personal_data(text) if data.span[1] > len(text)] == []
