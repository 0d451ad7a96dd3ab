"""Reads distinct real comments on one core, beside VADER (English polarity only) in the same run.

Takes the messages of ../shared/data/airline_tweets where they are, else our own labelled comments.
"""

import csv
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "airline_tweets" / "tweets.csv"


def comments() -> list[str]:
    """Distinct comments, the same on every run."""
    if REAL.exists():
        with REAL.open(encoding="utf-8", newline="") as file:
            return list(dict.fromkeys(row["text"] for row in csv.DictReader(file)))
    lines = [
        line
        for path in sorted((ROOT / "training" / "labels").glob("own-*.jsonl"))
        for line in path.read_text(encoding="utf-8").split("\n")
    ]
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines if line))


def first_reading() -> tuple[float, float]:
    """Seconds and peak megabytes of importing `kalevi.text` and reading one comment, in a fresh process.

    The quickest of five: what the machine does beside it is not ours.
    """
    script = (
        "import time; start = time.perf_counter()\n"
        "from kalevi.text import read; read(['Kiitos avusta!'])[0].themes\n"
        "import resource; peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(time.perf_counter() - start, peak)"
    )
    found = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        seconds, kilobytes = done.stdout.split()
        found.append((float(seconds), float(kilobytes) / 1024))
    return min(found)


def long_comment() -> float:
    """Megabytes by which reading one comment of a million characters raises the peak of a fresh process."""
    script = (
        "import resource; from kalevi.text import read; read(['Kiitos avusta!'])[0].themes\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "text = ' '.join(f'Tilaus {n} tuli myöhässä, ei kiitos.' for n in range(30_000))[:1_000_000]\n"
        "read([text])[0].themes\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout) / 1024


def run() -> dict[str, Any]:
    """Measure; return the figures."""
    # first, since a process counts the memory of the one that started it as its own peak
    seconds, megabytes = first_reading()
    longest = long_comment()
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from kalevi.text import Reader

    texts = comments()
    reader, analyser = Reader(), SentimentIntensityAnalyzer()
    reader.read(texts[:50])
    rates: dict[str, list[float]] = {"kalevi": [], "vader": []}
    for turn in range(3):
        part = texts[turn::3]
        start = time.process_time()
        reader.read(part)
        rates["kalevi"].append(len(part) / (time.process_time() - start))
        start = time.process_time()
        for text in part:
            analyser.polarity_scores(text)
        rates["vader"].append(len(part) / (time.process_time() - start))
    start = time.process_time()
    fresh = Reader().read(texts)
    new = len(texts) / (time.process_time() - start)
    for reading in fresh:
        _ = reading.feelings, reading.hots, reading.themes, reading.marks, reading.scores
    everything = len(texts) / (time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "figures": {
            "comments": len(texts),
            "mean_characters": round(sum(map(len, texts)) / len(texts), 1),
            "whole_pipeline_comments_per_s": round(max(rates["kalevi"])),
            "by_a_new_reader_comments_per_s": round(new),
            "and_every_offset_comments_per_s": round(everything),
            "first_reading_s": round(seconds, 3),
            "first_reading_peak_mb": round(megabytes, 1),
            "whole_run_peak_mb": round(peak, 1),
            "million_characters_peak_mb": round(longest, 1),
        },
        "against": {"vader_comments_per_s": round(max(rates["vader"]))},
    }
