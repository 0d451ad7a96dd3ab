"""Readings as they are stored: offsets and keys only, so that erased words leave nothing behind."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from kalevi.text.listed import Listed
from kalevi.text.reading import Feeling, Hot, Mark, Model, PersonalData, Reading, Theme


def packed(listed: Listed) -> list[str]:
    """Return what was found in each text as JSON, without any words of it; `unpacked` reads it.

    Written by hand, for an import has a million of them.
    """
    parts: list[list[str]] = [[] for _text in listed.languages]
    feelings = [
        (row, f"[{_quoted(k)},{_short[i]},{_short[c]},{_spans(e)}]") for row, k, i, c, e in listed.feelings
    ]
    hots = [
        (row, f"[{_quoted(k)},[{s[0]},{s[1]}],{_short[c]},{_spans(e)}]") for row, k, s, c, e in listed.hots
    ]
    themes = [(row, f"[{_quoted(k)},{_short[c]},{_spans(e)}]") for row, k, c, e in listed.themes]
    marks = [(row, f"[{_quoted(k)},{_short[c]},{_day(d)},{_spans(e)}]") for row, k, c, d, e in listed.marks]
    personal = [(row, f"[{_quoted(k)},[{s[0]},{s[1]}]]") for row, k, s in listed.personal_data]
    for key, found in (("f", feelings), ("h", hots), ("t", themes), ("m", marks), ("p", personal)):
        told: dict[int, str] = {}
        for row, text in found:
            told[row] = f"{told[row]},{text}" if row in told else text
        for row, text in told.items():
            parts[row].append(f'"{key}":[{text}]')
    return [f"{{{','.join(these)}}}" for these in parts]


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


def model_name(model: Model) -> str:
    """Return the name and version of a reader, as stored."""
    return f"{model.name} {model.version}"


def unpacked(
    body: dict[str, Any],
    *,
    text: str,
    language: str,
    sentiment: str,
    model: str,
    grade: float | None = None,
) -> Reading:
    """Return the reading of `text` from its stored form; `grade` is what the customer gave beside it."""
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
        grade=grade,
    )
