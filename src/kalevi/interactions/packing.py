"""Readings as they are stored: offsets and keys only, so that erased words leave nothing behind."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
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


def packed_text(reading: Reading) -> str:
    """Return `packed` as JSON; written by hand, for an import has a million of them."""
    parts: list[str] = []
    if reading.feelings:
        feelings = [
            f"[{_quoted(f.feeling)},{round(f.intensity, 2)},{round(f.confidence, 2)},{_spans(f.evidence)}]"
            for f in reading.feelings
        ]
        parts.append(f'"f":[{",".join(feelings)}]')
    if reading.hots:
        hots = [
            f"[{_quoted(h.kind)},[{h.span[0]},{h.span[1]}],{round(h.confidence, 2)},{_spans(h.evidence)}]"
            for h in reading.hots
        ]
        parts.append(f'"h":[{",".join(hots)}]')
    if reading.themes:
        themes = [f"[{_quoted(t.key)},{round(t.confidence, 2)},{_spans(t.evidence)}]" for t in reading.themes]
        parts.append(f'"t":[{",".join(themes)}]')
    if reading.marks:
        marks = [
            f"[{_quoted(m.mark)},{round(m.confidence, 2)},{_day(m.due)},{_spans(m.evidence)}]"
            for m in reading.marks
        ]
        parts.append(f'"m":[{",".join(marks)}]')
    if reading.personal_data:
        found = [f"[{_quoted(p.kind)},[{p.span[0]},{p.span[1]}]]" for p in reading.personal_data]
        parts.append(f'"p":[{",".join(found)}]')
    return f"{{{','.join(parts)}}}"


_quoted = lru_cache(10_000)(encode_basestring)


def _spans(spans: Sequence[tuple[int, int]]) -> str:
    if len(spans) == 1:
        ((start, end),) = spans
        return f"[[{start},{end}]]"
    return f"[{','.join([f'[{start},{end}]' for start, end in spans])}]"


def _day(day: date | None) -> str:
    return f'"{day.isoformat()}"' if day else "null"


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
