"""Which column holds what, by name and by content, in three languages."""

from typing import Any

import pytest

from kalevi.tables import guess_columns

TEXTS = [
    "Toimitus oli viikon myöhässä, eikä kukaan kertonut mitään.",
    "Kiitos, palvelu oli ystävällistä ja nopeaa!",
    "",
    "Toivoisin, että myymälä olisi auki myös sunnuntaisin.",
]


def names(header: Any, columns: Any) -> Any:
    sample = [list(row) for row in zip(*columns, strict=True)]
    return {role: header[guess.index] for role, guess in guess_columns(header, sample).roles.items()}


@pytest.mark.parametrize(
    "header",
    [
        ["Tunnus", "Päivämäärä", "Arvosana", "Palaute", "Sähköposti", "Nimi"],
        ["Nummer", "Datum", "Betyg", "Kommentar", "E-post", "Namn"],
        ["ID", "Submitted at", "Rating", "Comment", "Email", "Name"],
    ],
)
def test_usual_names(header: Any) -> None:
    columns = [
        ["1", "2", "3", "4"],
        ["22.11.2026 klo 9.05", "21.11.2026", "20.11.2026", "19.11.2026"],
        ["5", "4", "5", "1"],
        TEXTS,
        ["a@esimerkki.fi", "", "b@esimerkki.fi", "c@esimerkki.fi"],
        ["Aino", "Eero", "Aino", "Liisa"],
    ]
    assert names(header, columns) == dict(
        zip(["id", "date", "rating", "text", "email", "name"], header, strict=True)
    )


def test_content_tells_where_names_do_not() -> None:
    columns = [
        ["a", "b", "a", "b"],
        ["1.2.2026", "2.2.2026", "3.2.2026", "4.2.2026"],
        TEXTS,
    ]
    found = names(["x1", "x2", "x3"], columns)
    assert {role: found[role] for role in ("date", "text")} == {
        "date": "x2",
        "text": "x3",
    }


def test_question_as_a_header() -> None:
    header = [
        "Timestamp",
        "Kuinka todennäköisesti suosittelisit meitä?",
        "Mitä voisimme tehdä paremmin?",
    ]
    columns = [["2026/11/22 9:05:11 AM GMT+2"] * 4, ["9", "10", "0", "7"], TEXTS]
    assert names(header, columns) == dict(zip(["date", "rating", "text"], header, strict=True))


def test_our_reply_is_not_the_customers_text() -> None:
    replies = [
        "Hei! Pahoittelemme kovasti, että tilauksesi myöhästyi näin paljon. Soitamme sinulle tänään." + t
        for t in TEXTS
    ]
    assert names(["Review Text", "Reply Text"], [TEXTS, replies])["text"] == "Review Text"


def test_numbers_alone_hold_no_text() -> None:
    assert "text" not in names(["a", "b"], [["1", "2"], ["3,5", "4"]])


def test_short_words_are_better_than_nothing() -> None:
    assert names(["a", "b"], [["1", "2", "3"], ["ihan hyvä", "ei toimi", "no joo"]])["text"] == "b"


def test_empty_sample() -> None:
    assert guess_columns(["palaute"], []).index("text") == 0
    assert guess_columns([], []).roles == {}
