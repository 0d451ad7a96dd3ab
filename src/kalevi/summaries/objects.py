"""A reading as one plain object, and as one line of JSON or one row of CSV."""

import json
import re
from collections.abc import Sequence
from typing import Any

from kalevi.text.reading import Reading

CSV_COLUMNS = (
    *("row", "text", "language", "sentiment", "feelings", "hots", "hot_texts"),
    *("themes", "marks", "personal_data", "model"),
)
_NOT_IN_A_LINE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_FORMULA = re.compile(r"[=+\-@\t\r][^\n]*[(|]")


def plain(row: int, reading: Reading, *, scores: bool = False, rejected: str = "") -> dict[str, Any]:
    """The reading of data row `row` with lists and numbers only; offsets count characters of `text`.

    `rejected` names why a row could not be read; its text is then empty.
    """
    found: dict[str, Any] = {
        "row": row,
        "text": reading.text,
        "language": reading.language,
        "sentiment": reading.sentiment,
        "sentiment_confidence": reading.sentiment_confidence,
        "feelings": [
            {
                "feeling": f.feeling,
                "intensity": round(f.intensity, 4),
                "evidence": [list(s) for s in f.evidence],
            }
            for f in reading.feelings
        ],
        "hots": [
            {
                "kind": h.kind,
                "text": h.text,
                "evidence": [list(s) for s in h.evidence],
                "confidence": round(h.confidence, 4),
            }
            for h in reading.hots
        ],
        "themes": [theme.key for theme in reading.themes],
        "marks": [
            {"mark": m.mark, "evidence": [list(s) for s in m.evidence]}
            | ({"due": m.due.isoformat()} if m.due else {})
            for m in reading.marks
        ],
        "personal_data": [{"kind": data.kind, "span": list(data.span)} for data in reading.personal_data],
        "model": {"name": reading.model.name, "version": reading.model.version},
    }
    if scores:
        found["scores"] = {name: round(float(score), 6) for name, score in reading.scores.items()}
    if rejected:
        found["rejected"] = rejected
    return found


def json_line(found: dict[str, Any]) -> bytes:
    """One line of JSON in UTF-8 that ends with a line feed and holds no other line break of any kind.

    Lone surrogates and the line breaks of Unicode are written as escapes, so nothing is lost.
    """
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    if not text.isascii():
        text = _NOT_IN_A_LINE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text.encode("utf-8") + b"\n"


def csv_cells(found: dict[str, Any], score_names: Sequence[str]) -> list[str]:
    """The object's cells under CSV_COLUMNS and the score names; several values are parted by `; `.

    Words that a spreadsheet would run as a formula get an apostrophe in front.
    """
    model = found["model"]
    cells = [
        str(found["row"]),
        _harmless(found["text"]),
        found["language"],
        found["sentiment"],
        "; ".join(f"{f['feeling']} {f['intensity']:.2f}" for f in found["feelings"]),
        "; ".join(dict.fromkeys(h["kind"] for h in found["hots"])),
        _harmless(" | ".join(h["text"] for h in found["hots"])),
        "; ".join(found["themes"]),
        "; ".join(mark["mark"] for mark in found["marks"]),
        "; ".join(dict.fromkeys(data["kind"] for data in found["personal_data"])),
        f"{model['name']} {model['version']}",
    ]
    return cells + [str(found["scores"].get(name, "")) for name in score_names]


def _harmless(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text
