"""Quotes: masked, readable, various."""

from typing import Any

from kalevi.summaries.quotes import LONGEST, Quote, Shelf, hot_span, quote_of, sentence_around
from kalevi.summaries.wording import Wording
from tests.summaries.made import reading

FI = Wording("fi")


def shown(text: str, masked: Any = ()) -> Any:
    one = reading(text, masked=masked)
    return quote_of(one, (0, len(text)), 1, 0.9).shown(FI)


def test_personal_data_found_by_the_reader_is_named_instead() -> None:
    assert shown("Terveisin Aino Esimerkki.", [("name", (10, 24))]) == "Terveisin [nimi]."


def test_addresses_numbers_and_accounts_are_masked_even_if_the_reader_missed_them() -> None:
    assert shown("Soita 040 123 4567 tai kirjoita: a.b@esimerkki.fi") == (
        f"Soita [{FI.name('phone')}] tai kirjoita: [{FI.name('email')}]"
    )
    text = shown("Kerroin @jonkun tilille asiasta, 040 123 4567.")
    assert ("@…" in text, "jonkun" in text, "4567" in text) == (True, False, False)


def test_account_at_the_start_is_left_out_and_entities_are_read() -> None:
    assert shown("@firma Hyvä &amp; nopea palvelu.") == "Hyvä & nopea palvelu."


def test_control_characters_and_directions_do_not_reach_the_page() -> None:
    assert shown("a\x1b[31mb\u202ec\ud800d\nrivi") == "a [31mb c\ufffdd rivi"


def test_long_words_are_cut_at_a_word() -> None:
    text = shown("sana " * 200)
    assert (len(text) <= LONGEST + 2, text.endswith("sana …")) == (True, True)


def test_overlapping_masks() -> None:
    quote = Quote("Aino Esimerkki kirjoitti", ((0, 14, "name"), (5, 14, "name")), "fi", 1, 1.0)
    assert quote.shown(FI) == "[nimi] kirjoitti"


def test_shelf_keeps_the_best_and_no_two_alike() -> None:
    shelf = Shelf(room=2)
    for row, (text, worth) in enumerate(
        [
            ("Toimitus oli myöhässä taas.", 0.5),
            ("Toimitus oli myöhässä taas!", 0.6),
            ("Kallis hinta.", 0.4),
            ("Jono kesti kauan.", 0.7),
        ]
    ):
        shelf.offer(Quote(text, (), "fi", row, worth))
    assert [quote.text for quote in shelf.quotes()] == ["Jono kesti kauan.", "Toimitus oli myöhässä taas!"]


def test_own_language_comes_first_among_nearly_equal() -> None:
    shelf = Shelf()
    shelf.offer(Quote("Good service here.", (), "en", 1, 0.6))
    shelf.offer(Quote("Hyvää palvelua täällä.", (), "fi", 2, 0.5))
    assert [quote.language for quote in shelf.quotes("fi")] == ["fi", "en"]


def test_where_words_stand() -> None:
    text = "Alku. " + "Täyte. " * 60 + "Tässä se on. Loppu."
    start = text.index("Tässä")
    assert text[slice(*sentence_around(text, (start + 2, start + 4)))] == "Tässä se on."
    one = reading("  Vika.  ")
    assert hot_span(one, one.hots[0]) == (0, 9)
