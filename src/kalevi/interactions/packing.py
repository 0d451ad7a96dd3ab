"""Readings as they are stored: offsets and keys only, so that erased words leave nothing behind."""

from datetime import date
from typing import Any

from kalevi.text.reading import Feeling, Hot, Mark, Model, PersonalData, Reading, Theme


def packed(reading: Reading) -> dict[str, Any]:
    """Return a reading without any words of the text; the opposite of `unpacked`."""
    body = {
        "f": [
            [f.feeling, round(f.intensity, 2), round(f.confidence, 2), f.evidence] for f in reading.feelings
        ],
        "h": [[h.kind, h.span, round(h.confidence, 2), h.evidence] for h in reading.hots],
        "t": [[t.key, round(t.confidence, 2), t.evidence] for t in reading.themes],
        "m": [
            [m.mark, round(m.confidence, 2), m.due and m.due.isoformat(), m.evidence] for m in reading.marks
        ],
        "p": [[p.kind, p.span] for p in reading.personal_data],
    }
    return {key: found for key, found in body.items() if found}


def model_name(reading: Reading) -> str:
    """Return the name and version of the reader, as stored."""
    return f"{reading.model.name} {reading.model.version}"


def unpacked(body: dict[str, Any], *, text: str, language: str, sentiment: str, model: str) -> Reading:
    """Return the reading of `text` from its stored form."""
    name, _space, version = model.rpartition(" ")

    def spans(pairs: list[list[int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in pairs)

    return Reading(
        text=text,
        language=language,  # type: ignore[arg-type]  # stored by `packed`
        sentiment=sentiment,  # type: ignore[arg-type]
        feelings=tuple(Feeling(k, i, spans(e), c) for k, i, c, e in body.get("f", ())),
        hots=tuple(Hot(k, text[s[0] : s[1]], (s[0], s[1]), spans(e), c) for k, s, c, e in body.get("h", ())),
        themes=tuple(Theme(k, spans(e), c) for k, c, e in body.get("t", ())),
        marks=tuple(
            Mark(k, spans(e), c, date.fromisoformat(d) if d else None) for k, c, d, e in body.get("m", ())
        ),
        personal_data=tuple(PersonalData(k, (s[0], s[1])) for k, s in body.get("p", ())),
        model=Model(name, version),
    )
