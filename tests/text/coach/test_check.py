"""The coach says what is missing, quotes it, and is silent when an answer is good."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalevi.text.coach import QUALITIES, check

LATE = (
    "Tilasin laudat kolme viikkoa sitten eikä niistä kuulu mitään. Olen todella pettynyt. Milloin ne tulevat?"
)
GOOD = (
    "Hei Mari, olen pahoillani, että jouduit odottamaan lautoja kolme viikkoa. Vika oli meillä: tilaus jäi "
    "kirjaamatta. Lähetin ne nyt, ja auto on pihassasi torstaina kello 9. Soitan sinulle keskiviikkona."
)
POOR = (
    "Pahoittelemme aiheutunutta haittaa. Valitettavasti kiireen vuoksi toimitukset ovat myöhässä. "
    "Ole yhteydessä kuljetusliikkeeseen. Palaamme asiaan."
)


def keys(draft: str, to: str = "", **more: object) -> list[str]:
    return [hint.key for hint in check(draft, to=to, **more).hints]  # type: ignore[arg-type]


def test_a_good_answer_gets_no_hint() -> None:
    checked = check(GOOD, to=LATE)
    assert checked.hints == ()
    assert dict(checked.qualities) == {
        "feeling": True,
        "question": None,
        "ownership": True,
        "next_step": True,
        "answers": True,
        "aims": True,
    }


def test_a_poor_answer_is_told_what_is_missing() -> None:
    told = keys(POOR, LATE)
    assert told[:4] == ["ritual", "excuse", "pass_around", "promise_without_time"]
    assert told[-1] == "answers"


def test_a_hint_quotes_the_words_and_says_why_in_the_readers_language() -> None:
    hint = check(POOR, to=LATE, say="sv").hints[0]
    assert POOR[hint.span[0] : hint.span[1]] == hint.quote == "Pahoittelemme aiheutunutta haittaa."
    assert hint.why.startswith("En sådan mening")
    assert hint.better == "Olen pahoillani, että jouduit odottamaan …"


def test_what_is_missing_is_shown_by_the_customers_words() -> None:
    hint = next(hint for hint in check(POOR, to=LATE).hints if hint.key == "answers")
    assert (hint.of_customer, hint.quote) == (True, "Milloin ne tulevat?")
    assert LATE[hint.span[0] : hint.span[1]] == hint.quote


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        ("Soita Penalle, hän tietää.", "pass_around"),
        ("Valitettavasti järjestelmä ei salli tätä. Pahoittelemme aiheutunutta haittaa.", "excuse"),
        ("Teidän olisi pitänyt lukea ehdot.", "blame"),
        ("Asia ei kuulu teille.", "belittle"),
        ("Du borde ha läst villkoren.", "blame"),
        ("Lugna ner dig.", "belittle"),
        ("You should have read the terms.", "blame"),
        ("Please calm down.", "belittle"),
        ("Olemme alan johtava toimija ja laatu on meille tärkeää.", "we_talk"),
        ("Our aim is to exceed expectations. We strive for excellence.", "we_talk"),
        ("We have escalated your ticket.", "jargon"),
    ],
)
def test_a_fault_is_found_by_its_words(draft: str, key: str) -> None:
    assert key in keys(draft, "Nothing works. I am angry." if draft.isascii() else LATE)


def test_a_label_on_a_person_is_found_in_a_note_and_a_fact_is_not() -> None:
    assert keys("Hankala asiakas, aina valittamassa.", kind="note") == ["label"]
    assert keys("Soitti kaksi kertaa, toivoo ovea ennen juhannusta.", kind="note") == []


def test_an_answer_in_another_language_is_noticed() -> None:
    assert "other_language" in keys("I will call you tomorrow at nine. I am sorry you had to wait.", LATE)


@pytest.mark.parametrize(
    ("to", "draft"),
    [
        ("Kuitti puuttuu.", "Etsin sen. Ilmoitatko vielä päivän ja summan, niin lähetän kuitin tänään."),
        ("Fakturan stämmer inte.", "Då rättas den i dag. Hör gärna av dig med fakturanumret."),
        ("Refund not received.", "If you send me the date of the return, I'll chase the bank today."),
    ],
)
def test_a_question_needs_no_question_mark(to: str, draft: str) -> None:
    assert check(draft, to=to).qualities["question"] is True


@pytest.mark.parametrize(
    ("to", "draft"),
    [
        ("Avain ei käy.", "Avainturvallisuus on meille tärkeää. Olethan kokeillut sitä oikein päin?"),
        (
            "Fel storlek. Jättebesviken.",
            "Returer görs enligt våra villkor. Har du verkligen tittat på lappen?",
        ),
        ("Cancel it please.", "Cancellations are subject to our terms. Who says you may?"),
    ],
)
def test_what_is_unknown_and_not_asked_is_missing(to: str, draft: str) -> None:
    assert check(draft, to=to).qualities["question"] is False


def test_thanks_are_enough_for_praise() -> None:
    assert keys("Kiitos viestistäsi, se lämmitti mieltä! Kerron terveiset.", "Kiitos, ihana apu!") == []


class TestPersonalData:
    def test_a_third_persons_number_blocks(self) -> None:
        checked = check("Naapurisi Villen numero on 040 123 4567.", to="Kuka soitti minulle?")
        assert checked.blocked is True
        assert [hint.quote for hint in checked.hints if hint.key == "personal_data"] == ["040 123 4567"]

    @pytest.mark.parametrize(
        "draft",
        [
            "Soitan sinulle numeroon 040 123 4567 huomenna.",
            "Lähetin vahvistuksen osoitteeseen mari@example.fi.",
            "Vastaamme osoitteessa asiakaspalvelu@example.fi.",
            "Numeroni on 050 765 4321, vastaan itse.",
            "Voit myös soittaa numeroon 020 123 456 arkisin.",
            "Varasto tuo ne huomenna klo 9, varaston numero on 019 123 4567.",
            "Hiekka vaihdetaan tänään. Terveisin Liisa Mäkinen, Esimerkkilän kaupunki, puh. 03 565 611",
            "Se tulee huomenna.\n\nYstävällisin terveisin\nOuti Laine\nKatu 12, 00100 Helsinki\n040 765 4321",
            "Vi kommer i morgon. Med vänlig hälsning Ann-Sofie, 040 765 4321",
        ],
    )
    def test_the_recipients_and_the_senders_own_are_fine(self, draft: str) -> None:
        assert check(draft, known=["+358 40 1234567 0401234567", "mari@example.fi"]).blocked is False

    @pytest.mark.parametrize(
        "draft",
        [
            "Kerro terveisiä Villelle, hänen numeronsa on 040 123 4567.",
            "Numero on 040 123 4567. Terveisin Liisa",
            "Varastolla on Ville, numero 040 123 4567.",
        ],
    )
    def test_only_what_stands_below_the_closing_words_is_the_senders(self, draft: str) -> None:
        assert check(draft, to="Kuka soitti minulle?").blocked is True


@pytest.mark.parametrize(
    "draft",
    [
        "Jonossa on kaksi edellä, sitten on sinun vuorosi.",
        "I put the matinee tickets in the post today.",
        "Jag har rättat båda adresserna i registret.",
        "You should have it by Friday.",
        "You should never have been left waiting in the rain.",
        "Kiitos viestistäsi, nähdään taas pian!",
        "Thank you, we hope to see you again soon!",
    ],
)
def test_words_of_every_day_are_no_fault(draft: str) -> None:
    faults = {"jargon", "blame", "promise_without_time", "label"}
    assert faults.intersection(keys(draft, "Nothing works. I am angry.")) == set()


@pytest.mark.parametrize(
    ("to", "draft", "key"),
    [
        (
            "Laskussa on palvelu jota en ole tilannut. Perukaa se.",
            "Peruin palvelun nyt ja hyvitin 9,90 euroa. Sinun olisi pitänyt irtisanoa se itse.",
            "blame",
        ),
        (
            "Bredbandet ligger nere igen.",
            "En tekniker kommer i morgon klockan 9. Du borde ha startat om routern.",
            "blame",
        ),
    ],
)
def test_blame_is_told_of_an_answer_that_is_good_otherwise(to: str, draft: str, key: str) -> None:
    assert key in keys(draft, to)


def test_a_feeling_is_shown_by_the_words_that_say_it_and_no_closing_words_are_quoted() -> None:
    to = "Palvelu Lahden myymälässä oli töykeää. Tuli tosi paha mieli."
    draft = "Asia on kirjattu ja välitetty eteenpäin. Ystävällisin terveisin Myymäläketjun asiakaspalvelu"
    hints = {hint.key: hint.quote for hint in check(draft, to=to).hints}
    assert hints["feeling"] == "Tuli tosi paha mieli."
    assert [quote for quote in hints.values() if "terveisin" in quote] == []


def test_who_only_asks_is_sent_elsewhere_too() -> None:
    to = "Milloin terassin laudat tulevat?"
    assert "pass_around" in keys("Toimituksista vastaa varasto, soita sinne.", to)
    assert keys("Perjantaina 27.11. kello 8. Soita minulle, jos aika ei sovi.", to) == []


def test_a_fault_is_quoted_with_the_clause_it_stands_in() -> None:
    draft = "Hej! Ring 0800-12345 om felet kvarstår, vi har öppet till fyra."
    hint = next(h for h in check(draft, to="Bredbandet ligger nere igen.").hints if h.key == "pass_around")
    assert hint.quote == "Ring 0800-12345 om felet kvarstår"


@pytest.mark.parametrize(
    "draft",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "😀" * 50,
        "?" * 2000,
        "a" * 100_000,
        "A" * 100_000,
        "AA " * 3_000,
        "ﷺ́" * 100,
    ],
)
def test_any_text_is_read(draft: str) -> None:
    assert check(draft, to=draft).draft == draft


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_is_answered_alike_twice(draft: str, to: str) -> None:
    once = check(draft, to=to)
    assert once == check(draft, to=to)
    assert tuple(once.qualities) == QUALITIES
    for hint in once.hints:
        text = to if hint.of_customer else draft
        assert text[hint.span[0] : hint.span[1]] == hint.quote


def test_the_same_words_of_the_customer_are_quoted_once() -> None:
    said = "Mikään ei toimi."
    told = [hint for hint in check("Hei! Kiitos viestistäsi.", to=said).hints if hint.of_customer]
    assert len({hint.quote for hint in told}) == len(told)


def test_a_quote_ends_with_a_word_and_an_address_ends_no_sentence() -> None:
    draft = (
        "We are sorry for any inconvenience, and "
        + "truly " * 60
        + "so. Write to care@example.com, please do so."
    )
    hints = [hint for hint in check(draft, to="Nothing works. I am angry.").hints if not hint.of_customer]
    assert [hint.quote for hint in hints if draft[hint.span[1] :][:1].isalnum()] == []
    assert [hint.quote for hint in hints if hint.quote.startswith("com")] == []


def test_who_told_much_is_not_asked_for_more() -> None:
    told = "Tilasin kolme ovea, ja ne tulivat väärän värisinä. " * 9
    assert "question" not in keys("Kiitos viestistäsi.", told)


@pytest.mark.parametrize(
    "note",
    [
        "Asiakas on hankala.",
        "Oikea energiasyöppö tämä.",
        "Kunden är jobbig.",
        "The customer was unreasonable again.",
        "Epärehellinen ja laiska asiakas.",
        "Vanhus, ei ymmärrä mitään tekniikasta.",
        "Customer is a pain.",
        "Kunden är en riktig kverulant.",
    ],
)
def test_a_label_is_found_however_it_is_put(note: str) -> None:
    assert keys(note, kind="note") == ["label"]


@pytest.mark.parametrize(
    "note",
    [
        "Tämä on vaikea tapaus: takuu päättyi.",
        "Asiakkaan mielestä myyjä oli töykeä hänelle.",
        "Svårt att nå kunden.",
        "Vaikea tilanne asiakkaalle, työpaikka meni.",
        "Hullun hyvä idea asiakkaalta: tilaus tekstiviestillä.",
        "Asiakas kertoi, että myyjä oli töykeä ja bussi aina myöhässä.",
        "Difficult time for many people.",
    ],
)
def test_a_fact_of_a_matter_is_no_label(note: str) -> None:
    assert keys(note, kind="note") == []


@pytest.mark.parametrize(
    ("draft", "to", "asks"),
    [
        ("Mikä tilaus on kyseessä?", "Tilaus ei tullut.", True),
        ("Laita minulle koneen malli, niin tuon osan.", "Pesukone vuotaa.", True),
        ("Skicka numret på beställningen, så ringer jag chauffören.", "Paketet har inte kommit.", True),
        ("Tell me which order it is and I will find it.", "I want a refund.", True),
        ("Toivottavasti se tulee. Voinko auttaa jossain muussa?", "Tilaus ei tullut.", False),
        ("Returns follow our refund policy. Is there anything else?", "I want a refund.", False),
    ],
)
def test_a_question_about_the_matter_is_asked_and_a_ritual_one_is_not(
    draft: str, to: str, asks: bool
) -> None:
    assert check(draft, to=to).qualities["question"] is asks


def test_nothing_is_asked_of_whoever_told_all_and_got_it() -> None:
    to = "Paketti 88127 ei tullut perjantaina 20.11. kello 12, vaikka lupasitte."
    draft = "Se jäi meiltä terminaaliin. Kuljettaja tuo sen sinulle huomenna kello 9."
    assert check(draft, to=to).qualities["question"] is None


@pytest.mark.parametrize(
    ("draft", "theirs_first"),
    [
        ("Palautusoikeus on 14 vuorokautta toimitusehtojemme mukaisesti.", False),
        ("Saat rahat takaisin. Lähetin ne tänään, ja ne näkyvät tililläsi keskiviikkona.", True),
    ],
)
def test_their_aim_stands_before_our_rules(draft: str, theirs_first: bool) -> None:
    assert check(draft, to="Haluan palauttaa takin, koko oli väärä.").qualities["aims"] is theirs_first
