"""What is stored of a reading tells all of it again, and holds no words."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kalevi.interactions.findings import code, codes
from kalevi.interactions.packing import packed, unpacked
from kalevi.text import Reader
from kalevi.text.listed import Listed

COMMENTS = Path(__file__).parents[2] / "src" / "kalevi" / "demo" / "words"
SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def test_stored_readings_tell_what_was_read() -> None:
    reader = Reader(themes={"sauna": ["sauna", "löyly"]})
    lines = [line for path in sorted(COMMENTS.glob("*.jsonl")) for line in path.read_text().splitlines()]
    texts = [
        *filter(None, (json.loads(line).get("text") for line in lines[::3])),
        "",
        "Soitatte Liisalle huomenna 040 123 4567, sauna odottaa! Pojat on jees.",
    ]
    listed, told = reader.listed(texts, said_at=SAID), []
    for text, language, sentiment, body in zip(
        texts, listed.languages, listed.sentiments, packed(listed), strict=True
    ):
        found = json.loads(body)
        told.append(unpacked(found, text=text, language=language, sentiment=sentiment, model="kalevi 1"))
    for stored, read, numbers in zip(told, reader.read(texts, said_at=SAID), codes(listed), strict=True):
        rounded = {
            "feelings": tuple(
                replace(f, intensity=round(f.intensity, 2), confidence=round(f.confidence, 2))
                for f in read.feelings
            ),
            "hots": tuple(replace(h, confidence=round(h.confidence, 2)) for h in read.hots),
            "themes": tuple(replace(t, confidence=round(t.confidence, 2)) for t in read.themes),
            "marks": tuple(replace(m, confidence=round(m.confidence, 2)) for m in read.marks),
        }
        left_out: dict[str, object] = {"scores": {}, "sentiment_confidence": None}
        assert stored == replace(read, **rounded, **left_out, model=stored.model)  # type: ignore[arg-type]
        keys = [
            *(("feeling", f.feeling) for f in read.feelings),
            *(("hot", h.kind) for h in read.hots),
            *(("theme", t.key) for t in read.themes if t.key != "sauna"),
            *(("mark", m.mark) for m in read.marks),
            ("sentiment", read.sentiment),
            ("language", read.language),
        ]
        assert numbers == {code(*key) for key in keys}


def test_it_is_written_as_json_writes_it() -> None:
    listed = Listed.of(2)
    listed.feelings.append((0, "joy", 0.126, 0.5, ((0, 4), (5, 8))))
    listed.feelings.append((0, "anger", 1, 0.333, ()))
    listed.themes.append((0, 'own "theme"', 0.75, ((0, 4),)))
    listed.marks.append((0, "promise", 0.9, date(2026, 11, 23), ((0, 4),)))
    listed.marks.append((0, "late", 0.8, None, ()))
    first, second = packed(listed)
    assert json.loads(first) == {
        "f": [["joy", 0.13, 0.5, [[0, 4], [5, 8]]], ["anger", 1, 0.33, []]],
        "t": [['own "theme"', 0.75, [[0, 4]]]],
        "m": [["promise", 0.9, "2026-11-23", [[0, 4]]], ["late", 0.8, None, []]],
    }
    assert second == "{}"
