"""Readings made by hand, so that tests of summaries do not lean on a model."""

from typing import Any

from kalevi.summaries.tally import Tally
from kalevi.text import Feeling, Hot, Mark, Model, PersonalData, Reading, Theme

MODEL = Model("käsin", "1")


def reading(
    text: str,
    *,
    sentiment: Any = "negative",
    feeling: Any = "sadness",
    kind: Any = "problem",
    theme: Any = "delivery",
    masked: Any = (),
    language: Any = "fi",
) -> Any:
    whole = (0, len(text))
    return Reading(
        text=text,
        language=language,
        sentiment=sentiment,
        feelings=(Feeling(feeling, 0.8, (whole,), 0.9),) if feeling else (),
        hots=(Hot(kind, text, whole, (whole,), 0.9),) if kind else (),
        themes=(Theme(theme, (whole,), 0.9),) if theme else (),
        marks=(Mark("leaving", (whole,), 0.9),) if "lähden" in text else (),
        personal_data=tuple(PersonalData(kind_, span) for kind_, span in masked),
        model=MODEL,
        scores={"joy": 0.25},
    )


def empty() -> Any:
    return Reading("", "und", "neutral", (), (), (), (), (), MODEL)


def tally_of(*readings: Any) -> Any:
    tally = Tally()
    for row, one in enumerate(readings, 1):
        tally.add(row, one)
    return tally


SOME = (
    reading("Tilaus tuli kaksi viikkoa myöhässä, eikä kukaan kertonut."),
    reading("Paketti jäi terminaaliin, ja sain soittaa sen perään itse."),
    reading("Milloin saan uuden laskun?", sentiment="neutral", feeling="", kind="need", theme="billing"),
    reading("Olisipa kauppa auki sunnuntaisin!", kind="dream", theme="premises", feeling="anticipation"),
    reading(
        "Kiitos lämpimästä palvelusta!", sentiment="positive", feeling="joy", kind="", theme="staff_service"
    ),
    empty(),
)
