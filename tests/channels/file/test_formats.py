"""Exports we know are recognised by their columns, whatever the language of the system."""

import pytest

from kalevi.channels.file.formats import formats, recognised
from kalevi.channels.file.guessing import guess
from kalevi.channels.file.scores import scale_of, scored
from kalevi.interactions.told import Score
from kalevi.tables import open_table

pytestmark = pytest.mark.library

HEADERS = {
    "typeform": "#,How was it?,Response Type,Start Date (UTC),Submit Date (UTC),Network ID,Tags",
    "google_forms": "Aikaleima,Sähköpostiosoite,Mitä meiltä jäi puuttumaan?",
    "limesurvey": "Response ID,Date submitted,Last page,Start language,Seed,What went well?",
    "zendesk": "id,assignee_id,group_id,requester_id,ticket_id,score,created_at,updated_at,comment,reason",
    "hubspot": "Record ID,Survey Name,Survey Type,Date,Rating,Response,Contact email",
    "trustpilot": "Review Id,Review Created (UTC),Review Title,Review Content,Review Stars,Company Reply",
    "trustpilot_reviews": "Type,Review ID,Review Title,Review Text,Rating,Review Time,Consumer ID,Locale",
    "formbricks": "No.,Response ID,Timestamp,Finished,Survey ID,User ID,Notes,Tags,1. What would you miss?",
}


@pytest.mark.parametrize("key", sorted(HEADERS))
def test_header_is_recognised(key: str) -> None:
    found = recognised(HEADERS[key].split(","))
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "header",
    [
        "Vastaus-ID,Lähetyspäivämäärä,Aloituskieli,Tunniste,Päiväys tallennettu,IP-osoite,Mikä toimi?",
        "Vastaus-ID,Date submitted,Last page,Start language,Mikä toimi?",
        "Svars-ID,Date submitted,Behörighetskod,Datumstämpel,IP-adress,Hänvisande URL,Vad var bra?",
    ],
)
def test_limesurvey_in_other_languages_where_what_is_not_translated_is_english(header: str) -> None:
    found = recognised(header.split(","))
    assert found is not None
    roles = [found.columns.get(name.lower(), "") for name in header.split(",")]
    assert (found.key, roles[:2], roles.count("")) == ("limesurvey", ["id", "date"], 1)


def test_every_format_is_tried() -> None:
    assert sorted(formats()) == sorted(HEADERS)


def test_other_tables_are_not_mistaken() -> None:
    assert recognised(["id", "comment", "date"]) is None
    assert recognised(["Päivä", "Palaute"]) is None


def roles(text: str) -> dict[str, str]:
    import io

    with open_table(io.BytesIO(text.encode())) as table:
        found = guess(table)
    return {n: r for n, r in zip(found.header, found.mapping.roles, strict=True) if r != "ignore"}


def test_questions_with_open_answers_are_the_words() -> None:
    text = (
        "Aikaleima,Sähköpostiosoite,Suosittelisitko meitä? (0-10),Mikä meni hyvin?,Mitä jäi puuttumaan?\n"
        "22.11.2025 klo 9.05.33,a@example.fi,9,Palvelu oli ystävällistä ja nopeaa,Kahvia olisin kaivannut\n"
        "23.11.2025 klo 10.15.00,b@example.fi,3,Ei oikein mikään mennyt hyvin,Joku olisi voinut vastata\n"
    )
    assert roles(text) == {
        "Aikaleima": "date",
        "Sähköpostiosoite": "email",
        "Suosittelisitko meitä? (0-10)": "rating",
        "Mikä meni hyvin?": "text",
        "Mitä jäi puuttumaan?": "text",
    }


@pytest.mark.parametrize(
    ("cell", "scale", "expected"),
    [
        ("5", ("stars", 1, 5), Score("stars", 5, 1, 5)),
        ("4,5", ("stars", 1, 5), Score("stars", 4.5, 1, 5)),
        ("5 tähteä", ("stars", 1, 5), Score("stars", 5, 1, 5)),
        ("★★★★☆", ("stars", 1, 5), Score("stars", 4, 1, 5)),
        ("8/10", ("score", 0, 10), Score("score", 8, 0, 10)),
        ("0", ("nps", 0, 10), Score("nps", 0, 0, 10)),
        ("9", ("stars", 1, 5), Score("stars", 9, 0, 10)),
        ("ei tietoa", ("stars", 1, 5), None),
        ("", ("stars", 1, 5), None),
        ("1e400", ("stars", 1, 5), None),
    ],
)
def test_scores(cell: str, scale: tuple[str, float, float], expected: Score | None) -> None:
    assert scored(cell, scale) == expected


def test_scores_in_words() -> None:
    assert scored("Good", ("csat", 0, 1), {"good": 1.0}) == Score("csat", 1.0, 0, 1)


def test_scale_is_told_by_name_and_numbers() -> None:
    assert scale_of("NPS", ["9", "3"]) == ("nps", 0.0, 10.0)
    assert scale_of("arvosana", ["5", "3", "4,5"]) == ("stars", 1.0, 5.0)
    assert scale_of("pisteet", ["55", "90"]) == ("score", 0.0, 100.0)
    assert scale_of("label", ["0", "1"]) == ("score", 0.0, 1.0)
    assert scale_of("tila", ["avoin", "kiinni"]) is None


@pytest.mark.parametrize("scale", [5.0, 0.0, 700.0, -3.0])
@pytest.mark.parametrize("cell", ["4", "700", "-3", "0", "3/3", "0/5"])
def test_scale_without_width_still_gives_a_score_inside_one(cell: str, scale: float) -> None:
    found = scored(cell, ("score", scale, scale))
    assert found is not None
    assert found.low < found.high
    assert found.low <= found.value <= found.high
