"""Writes the parts of XED and FinnSentiment that nothing was trained on.

`python -m training.clean_split --data FOLDER --out FOLDER`.

The files have the forms of the originals, so that any scorer of those reads them.
"""

import argparse
import os
from pathlib import Path

from training.corpora import FEELINGS, finnsentiment, xed


def main() -> None:
    """Write xed_LANGUAGE.tsv and the three polarity files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("KALEVI_TRAINING_DATA"), required=False)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    lines = [line for line in xed(given.data) if line.corpus == "xed" and line.part == "test"]
    for language in ("fi", "en"):
        rows = [
            f"{line.text}\t{', '.join(str(FEELINGS.index(f) + 1) for f in sorted(line.feelings or ()))}\n"
            for line in lines
            if line.language == language
        ]
        (given.out / f"xed_{language}.tsv").write_text("".join(rows), encoding="utf-8")
    sentences = [line for line in finnsentiment(given.data) if line.part == "test"]
    for polarity in ("negative", "neutral", "positive"):
        text = "".join(f"{line.text}\n" for line in sentences if line.polarity == polarity)
        (given.out / f"{polarity}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
