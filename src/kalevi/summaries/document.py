"""The report as a PDF for a board: PDF/UA-1, in the reader's language, set with fonts that typst ships."""

import json
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from kalevi.stats import Share
from kalevi.summaries.feelings import looks
from kalevi.summaries.findings import HOT_ORDER, Findings
from kalevi.summaries.quotes import Quote
from kalevi.summaries.steps import notes, step_text
from kalevi.summaries.wording import Wording

QUOTE = 150
ATTEMPTS = 40
STAND_IN = "□"
_EMOJI = re.compile(r"[\u200d\u20e3\u2b00-\u2bff\ufe00-\ufe0f\U00010000-\U0010ffff]")
_OTHER_SCRIPT = re.compile(r"[\u2e80-\uabff\uac00-\ud7ff\ue000-\uf8ff]")
_NOT_IN_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
ROWS = 12


class NotMadeError(Exception):
    """The PDF could not be set."""


def document(findings: Findings, wording: Wording, name: str, made_on: date | None = None) -> bytes:
    """The whole PDF; `name` is the file's, `made_on` the date to print. Raises NotMadeError."""
    import typst

    template = (files("kalevi.summaries") / "document.typ").read_bytes()
    contents = json.dumps(_showable(_contents(findings, wording, name, made_on)), ensure_ascii=False)
    moment = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC) if made_on else None
    for _ in range(ATTEMPTS):
        try:
            made = typst.compile(
                template,
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"contents": contents},
                pdf_standards="ua-1",
                timestamp=moment,
            )
        except RuntimeError as error:
            missing = _NOT_IN_FONT.search(str(error))
            if missing is None:
                raise NotMadeError from error
            for character in missing[1]:
                contents = contents.replace(character, STAND_IN) if character > "~" else contents
            continue
        if isinstance(made, bytes):
            return made
    raise NotMadeError


def _showable(value: Any) -> Any:
    """Leave out emoji and put a stand-in for scripts that the shipped fonts lack; PDF/UA refuses both."""
    if isinstance(value, str):
        return _OTHER_SCRIPT.sub(STAND_IN, _EMOJI.sub("", value))
    if isinstance(value, list):
        return [_showable(item) for item in value]
    return {key: _showable(item) for key, item in value.items()} if isinstance(value, dict) else value


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF else "\ufffd" for c in text)


def _contents(findings: Findings, wording: Wording, name: str, made_on: date | None) -> dict[str, Any]:
    say = wording.say
    facts = [wording.counted("count.comments", findings.read)]
    facts += [wording.counted("count.empty", findings.empty)] if findings.empty else []
    facts += [wording.counted("count.rejected", findings.rejected)] if findings.rejected else []
    facts += [
        f"{wording.name(key)} {wording.percent(s)}" for key, s in findings.languages[:3] if s.value >= 0.005
    ]
    facts += [say("report.made", date=wording.date(made_on))] if made_on else []
    return {
        "language": wording.language,
        "title": say("report.title"),
        "file": _clean(name),
        "facts": " · ".join(facts),
        "nothing": "" if findings.read else say("report.nothing"),
        "feel": {
            "title": say("report.feel"),
            "none": say("report.feel_none"),
            "items": _feelings(findings, wording),
        },
        "hots": [_hot(findings, wording, kind) for kind in HOT_ORDER],
        "first": {
            "title": say("report.first"),
            "items": [step_text(step, wording) for step in findings.steps] or [say("report.first_none")],
        },
        "thanks": {
            "title": say("report.thanks"),
            "quote": _quote(findings.thanks, wording, 320) if findings.thanks else None,
        },
        "more": {"title": say("report.more_words"), "items": _more(findings, wording)},
        "heads": [say(f"report.{key}") for key in ("name", "share", "interval", "count")],
        "tables": _tables(findings, wording),
        "how": {"title": say("report.how_title"), "items": notes(findings, wording)},
    }


def _quote(quote: Quote, wording: Wording, longest: int = QUOTE) -> dict[str, str]:
    language = quote.language if quote.language != "und" else wording.language
    return {"words": wording.quoted(quote.shown(wording, longest)), "language": language}


def _figures(share: Share, wording: Wording) -> str:
    return f"{wording.percent(share)} ({wording.interval(share)}) · {wording.hits(share)}"


def _mark(key: str) -> str:
    look = looks().get(key)
    if look is None:
        return ""
    path = f'<path fill="{look.light}" d="{look.path}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{path}</svg>'


def _feelings(findings: Findings, wording: Wording) -> list[dict[str, Any]]:
    return [
        {
            "mark": _mark(key),
            "name": wording.name(key),
            "figures": _figures(share, wording),
            "quote": _quote(findings.feeling_quotes[key][0], wording),
        }
        for key, share in findings.feelings[:3]
    ]


def _hot(findings: Findings, wording: Wording, kind: str) -> dict[str, Any]:
    return {
        "title": wording.say(f"report.{kind}_three"),
        "none": wording.say(f"report.{kind}_none"),
        "mark": _mark(kind),
        "figures": _figures(findings.hots[kind], wording),
        "items": [
            {
                "name": wording.name(topic.theme),
                "figures": _figures(topic.share, wording),
                "quote": _quote(topic.quotes[0], wording, QUOTE),
            }
            for topic in findings.topics[kind][:3]
        ],
    }


def _more(findings: Findings, wording: Wording) -> list[dict[str, Any]]:
    return [
        {
            "mark": _mark(kind),
            "name": f"{wording.name(kind)}: {wording.name(theme)}",
            "quote": _quote(quote, wording, 260),
        }
        for kind, theme, quote in findings.further
    ]


def _tables(findings: Findings, wording: Wording) -> list[dict[str, Any]]:
    hots: list[tuple[str, str, Share]] = []
    for kind in HOT_ORDER:
        hots.append((kind, wording.say(f"report.{kind}_many"), findings.hots[kind]))
        hots += [("", "   " + wording.name(t.theme), t.share) for t in findings.topics[kind][:5]]
    named = {
        "sentiment": [(key, wording.name(key), share) for key, share in findings.sentiments],
        "feelings": [(key, wording.name(key), share) for key, share in findings.feelings],
        "by_theme": hots,
        "themes": [("", wording.name(t.key), t.share) for t in findings.themes[:ROWS]],
        "marks": [("", wording.name(key), share) for key, share in findings.marks[:ROWS]],
        "languages": [("", wording.name(key), share) for key, share in findings.languages],
    }
    negative = [
        f"{wording.percent(t.negative)} ({wording.interval(t.negative)})" for t in findings.themes[:ROWS]
    ]
    return [
        {
            "title": wording.say(f"report.{key}"),
            "caption": wording.say(f"report.{key}_caption"),
            "last": wording.say("report.negative_share") if key == "themes" else "",
            "rows": [
                _row(at, row, wording, negative if key == "themes" else [], largest(rows))
                for at, row in enumerate(rows)
            ],
        }
        for key, rows in named.items()
        if rows
    ]


def largest(rows: list[tuple[str, str, Share]]) -> float:
    """The end of the longest interval, to which bars are scaled."""
    return max(share.interval[1] for _, _, share in rows)


def _row(
    at: int, row: tuple[str, str, Share], wording: Wording, lasts: list[str], scale: float
) -> dict[str, Any]:
    key, name, share = row
    low, high = share.interval
    look = looks().get(key)
    return {
        "mark": _mark(key),
        "name": name.strip(),
        "inner": name.startswith(" "),
        "colour": look.light if look else "#1a567f",
        "share": share.value / scale,
        "low": low / scale,
        "high": high / scale,
        "cells": [wording.percent(share), wording.interval(share), wording.hits(share), *lasts[at : at + 1]],
    }
