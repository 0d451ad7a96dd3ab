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
    if feelings := reading.feelings:
        told = [
            f"[{_quoted(f.feeling)},{_short[f.intensity]},{_short[f.confidence]},{_spans(f.evidence)}]"
            for f in feelings
        ]
        parts.append(f'"f":[{",".join(told)}]')
    if hots := reading.hots:
        told = [
            f"[{_quoted(h.kind)},[{h.span[0]},{h.span[1]}],{_short[h.confidence]},{_spans(h.evidence)}]"
            for h in hots
        ]
        parts.append(f'"h":[{",".join(told)}]')
    if themes := reading.themes:
        told = [f"[{_quoted(t.key)},{_short[t.confidence]},{_spans(t.evidence)}]" for t in themes]
        parts.append(f'"t":[{",".join(told)}]')
    if marks := reading.marks:
        told = [
            f"[{_quoted(m.mark)},{_short[m.confidence]},{_day(m.due)},{_spans(m.evidence)}]" for m in marks
        ]
        parts.append(f'"m":[{",".join(told)}]')
    if personal_data := reading.personal_data:
        told = [f"[{_quoted(p.kind)},[{p.span[0]},{p.span[1]}]]" for p in personal_data]
        parts.append(f'"p":[{",".join(told)}]')
    return f"{{{','.join(parts)}}}"


class _Short(dict[float, str]):
    """Numbers with two decimals, as JSON has them: few differ, and rounding costs more than looking up."""

    def __missing__(self, number: float) -> str:
        if len(self) >= _MOST_NUMBERS:
            self.clear()
        self[number] = short = repr(round(number, 2))
        return short


_MOST_NUMBERS = 20_000
_short = _Short()
_quoted = lru_cache(10_000)(encode_basestring)


def _spans(spans: Sequence[tuple[int, int]]) -> str:
    if len(spans) == 1:
        return "[[%d,%d]]" % spans[0]  # noqa: UP031  the quickest way, a million times
    return f"[{','.join(['[%d,%d]' % span for span in spans])}]"  # noqa: UP031


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
