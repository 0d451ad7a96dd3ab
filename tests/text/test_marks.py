import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalevi.text.marks import marks
from kalevi.text.vocabulary import MARKS

SAID = date(2026, 11, 18)

EXAMPLES = [
    ("fi", "promise", "Lupasitte soittaa."),
    ("fi", "suggestion", "Voisitteko lisätä penkin pysäkille?"),
    ("fi", "suggestion", "Olisi hyvä jos olisitte auki sunnuntaina."),
    ("fi", "suggestion", "Ehdotan, että jono merkitään."),
    ("fi", "suggestion", "Kunpa saisi laskun paperilla."),
    ("fi", "late", "Bussi oli myöhässä."),
    ("fi", "late", "Paketti ei ole vieläkään tullut."),
    ("fi", "first_time", "Kävin ensimmäistä kertaa teillä."),
    ("fi", "recommends", "Suosittelen kaikille!"),
    ("fi", "leaving", "Ei koskaan enää."),
    ("fi", "leaving", "Vaihdan pankkia."),
    ("fi", "disappointment", "Olen pettynyt."),
    ("fi", "despair", "En tiedä enää mitä tehdä."),
    ("fi", "relief", "Olin niin helpottunut."),
    ("fi", "urgency", "Asia on kiireellinen."),
    ("fi", "asks_for_human", "Haluan puhua ihmisen kanssa."),
    ("fi", "order_differs", "Sain väärän tuotteen."),
    ("fi", "comparison", "Kilpailijalla tämä onnistuu."),
    ("fi", "expectation", "Palvelu vastasi odotuksia."),
    ("fi", "better_than_expected", "Kaikki ylitti odotukset."),
    ("fi", "worse_than_expected", "Huonompi kuin odotin."),
    ("fi", "wow", "Vau, mikä palvelu!"),
    ("fi", "praise_of_colleague", "Kiitos myyjälle!"),
    ("sv", "promise", "Ni lovade ringa."),
    ("sv", "suggestion", "Det vore bra om ni hade öppet."),
    ("sv", "suggestion", "Ni borde ha fler bänkar."),
    ("sv", "late", "Tåget var försenat."),
    ("sv", "first_time", "Vi var där för första gången."),
    ("sv", "recommends", "Jag rekommenderar er varmt."),
    ("sv", "leaving", "Jag byter bank."),
    ("sv", "disappointment", "Jag är besviken."),
    ("sv", "relief", "Vilken lättnad!"),
    ("sv", "urgency", "Svara omgående."),
    ("sv", "order_differs", "Jag fick fel storlek."),
    ("sv", "praise_of_colleague", "Tack till personalen!"),
    ("en", "promise", "You promised to call."),
    ("en", "suggestion", "Please add a dark mode."),
    ("en", "suggestion", "It would be nice if you opened earlier."),
    ("en", "suggestion", "Why not let people pay at the desk?"),
    ("en", "late", "The parcel is late."),
    ("en", "first_time", "It was my first visit."),
    ("en", "recommends", "Highly recommended."),
    ("en", "leaving", "Never again."),
    ("en", "disappointment", "I am disappointed."),
    ("en", "relief", "What a relief."),
    ("en", "urgency", "I need it ASAP."),
    ("en", "asks_for_human", "Let me speak to a human."),
    ("en", "order_differs", "I got the wrong size."),
    ("en", "wow", "Wow, just wow."),
    ("en", "praise_of_colleague", "Thanks to your driver!"),
]
SILENT = [
    ("fi", "late", "Bussi ei ollut myöhässä."),
    ("fi", "recommends", "En suosittele."),
    ("fi", "disappointment", "En pettynyt."),
    ("en", "recommends", "I would not recommend it."),
    ("en", "late", "It was not late."),
    ("sv", "disappointment", "Jag blev inte besviken."),
    ("sv", "recommends", "Jag rekommenderar inte er."),
    ("en", "recommends", "I would not really recommend it."),
]
ELSEWISE = [
    ("fi", "late", "Jos olette myöhässä, ilmoittakaa."),
    ("fi", "late", "Olin itse myöhässä."),
    ("fi", "recommends", "Suositteletteko jotain mallia?"),
    ("fi", "leaving", "Jos hinta nousee, irtisanon sopimuksen."),
    ("fi", "suggestion", "Mitä ehdotatte, korjataanko?"),
    ("fi", "urgency", "Myyjällä oli kiire."),
    ("fi", "first_time", "Niskat aukesivat ensimmäistä kertaa vuosiin."),
    ("fi", "praise_of_colleague", "Kiitos. Terveisin Maija"),
    ("fi", "order_differs", "Tilasin kortilla ja sain vahvistuksen heti."),
    ("fi", "relief", "Erittely helpottaisi."),
    ("sv", "leaving", "Hur flyttar jag avtalet till en ny adress?"),
    ("sv", "late", "Jag kom för sent men fick komma in."),
    ("sv", "expectation", "Han väntade på mig."),
    ("sv", "recommends", "Vilken färg skulle du rekommendera?"),
    ("en", "late", "Is there a late night menu?"),
    ("en", "late", "My late husband loved it."),
    ("en", "late", "If they were late again I would say so."),
    ("en", "late", "Sorry I was late."),
    ("en", "late", "The parcel has been delivered."),
    ("en", "leaving", 'The waiter said "never again" and laughed.'),
    ("en", "leaving", "The last time I flew with you it was fine."),
    ("en", "leaving", "The same costs half elsewhere."),
    ("en", "recommends", "Which one do you recommend?"),
    ("en", "praise_of_colleague", "Thank you for your reply."),
    ("en", "asks_for_human", "Stop calling me back."),
    ("en", "despair", "The website is hopeless."),
]
BY_NAME = [
    ("fi", "Ruusut Marjukalle lihatiskille!", "Ruusut Marjukalle"),
    ("fi", "Veera auttoi minua.", "Veera auttoi"),
    ("sv", "Tack Gun-Britt på mottagningen!", "Tack Gun-Britt"),
    ("en", "Big thanks to Gareth in parts.", "thanks to Gareth"),
]


def keys(text: str, language: str) -> list[str]:
    return [mark.mark for mark in marks(text, language)]


@pytest.mark.parametrize(("language", "mark", "text"), EXAMPLES)
def test_a_mark_is_read(language: str, mark: str, text: str) -> None:
    assert mark in keys(text, language)


@pytest.mark.parametrize(("language", "mark", "text"), SILENT)
def test_a_negation_silences_a_mark(language: str, mark: str, text: str) -> None:
    assert mark not in keys(text, language)


@pytest.mark.parametrize(("language", "mark", "text"), ELSEWISE)
def test_words_that_stand_elsewise_tell_no_mark(language: str, mark: str, text: str) -> None:
    assert mark not in keys(text, language)


@pytest.mark.parametrize(("language", "text", "words"), BY_NAME)
def test_thanks_by_name_praise_a_colleague(language: str, text: str, words: str) -> None:
    praise = [mark for mark in marks(text, language) if mark.mark == "praise_of_colleague"]
    assert [[text[slice(*span)] for span in mark.evidence] for mark in praise] == [[words]]


@pytest.mark.parametrize(("sentiment", "found"), [("positive", True), ("negative", False), (None, True)])
def test_a_word_that_is_not_sure_agrees_with_the_sentiment(sentiment: str | None, found: bool) -> None:
    told = [mark.mark for mark in marks("Wow.", "en", sentiment=sentiment)]
    assert ("wow" in told) == found


def test_every_mark_has_an_example() -> None:
    assert {mark for _, mark, _ in EXAMPLES} == set(MARKS)


def test_a_promise_carries_its_date_and_evidence() -> None:
    text = "Soitin eilen. Lupasitte toimittaa sohvan huomenna."
    (promise,) = [mark for mark in marks(text, "fi", SAID) if mark.mark == "promise"]
    assert promise.due == date(2026, 11, 19)
    assert [text[slice(*span)] for span in promise.evidence] == ["Lupasitte"]


def test_without_a_moment_there_is_no_date() -> None:
    assert [mark.due for mark in marks("Lupasitte soittaa huomenna.", "fi")] == [None]


def test_a_text_in_no_known_language_has_no_marks() -> None:
    assert marks("Please add it", "und") == ()


@given(
    st.text(st.characters(min_codepoint=0, max_codepoint=sys.maxunicode)),
    st.sampled_from(["fi", "sv", "en", "und"]),
)
def test_any_text_is_read_without_a_fault(text: str, language: str) -> None:
    for mark in marks(text, language, SAID):
        assert [span for span in mark.evidence if not 0 <= span[0] < span[1] <= len(text)] == []


@given(st.text("İΣßẞlupasitte huomenna!.\x00\ud800", max_size=60))
def test_letters_that_grow_in_lower_case_keep_offsets(text: str) -> None:
    for mark in marks(text, "fi", SAID):
        assert [span for span in mark.evidence if span[1] > len(text)] == []


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Aa ",
        "please ",
        "would be ",
        "lupasitte huomenna. ",
        "ei ei ei ",
        "3 3.",
        '"late, if ',
        "Thanks Anna ",
    ],
)
def test_a_megabyte_is_read_to_its_end(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert [mark.mark for mark in marks(text, "en", SAID) if mark.evidence[-1][1] > len(text)] == []
    assert [mark.mark for mark in marks(text, "fi", SAID) if mark.evidence[-1][1] > len(text)] == []
