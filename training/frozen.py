"""Writes the frozen test that ships in the package: our own-written comments that fell to the test part.

.venv/bin/python -m training.frozen
"""

import json
import sys
from pathlib import Path

from kalevi.text.cues import LANGUAGES
from training.corpora import labels, part_of

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "src" / "kalevi" / "text" / "refitting" / "frozen.jsonl"


def main() -> int:
    """Write them in the order of the labels."""
    comments = labels(HERE.parent.parent / "shared" / "data", HERE / "labels")
    lines = [
        json.dumps(
            {
                "language": comment.language,
                "text": comment.text,
                "sentiment": comment.sentiment,
                "feelings": sorted(comment.feelings),
                "hots": [kind for kind in ("dream", "problem", "need") if getattr(comment, kind)],
                "themes": sorted(theme for theme in comment.themes if theme != "other"),
            },
            ensure_ascii=False,
        )
        for comment in comments
        if comment.own and comment.part == part_of(comment.text) == "test" and comment.language in LANGUAGES
    ]
    SHIPPED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
