"""Imports 100,000 distinct comments while somebody else answers, then grows to a million rows for memory.

Texts are varied from `../shared/data/airline_tweets` where it is there, else from the demo company's words.
KALEVI_BENCH_ROWS changes the number of rows, KALEVI_BENCH_MILLION=0 leaves the second part out.
"""

import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TWEETS = ROOT.parent / "shared" / "data" / "airline_tweets" / "tweets.csv"
WORDS = ROOT / "src" / "kalevi" / "demo" / "words"
AGAINST = {"rows_per_second": 10_000, "others_p95_ms": 50}


def run() -> dict[str, Any]:
    """Return rows a second, how long others waited, and how memory grew."""
    rows = int(os.environ.get("KALEVI_BENCH_ROWS", "100000"))
    figures = {f"first_{key}": value for key, value in _measured(rows, answering=True).items()}
    if os.environ.get("KALEVI_BENCH_MILLION", "1") != "0":
        large = _measured(1_000_000, answering=False)
        figures |= {f"million_{key}": value for key, value in large.items() if key != "others_p95_ms"}
    return {"figures": figures, "against": AGAINST}


def texts() -> list[str]:
    """Return comments people wrote."""
    if TWEETS.exists():
        with TWEETS.open(encoding="utf-8", newline="") as file:
            return [row["text"] for row in csv.DictReader(file)]
    found = []
    for path in sorted(WORDS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found += [text] if (text := json.loads(line).get("text")) else []
    return found


def write(path: Path, rows: int) -> None:
    """Write a file of comments no two of which are alike, in the order of time as exports are."""
    known, chance = texts(), random.Random(7)
    words = [word for text in known for word in text.split()]
    begin = datetime(2025, 1, 1)  # noqa: DTZ001  without a zone, as exports write it
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "created_at", "rating", "text"])
        for number in range(rows):
            parts = known[number % len(known)].split()
            place = chance.randrange(len(parts) + 1)
            parts[place:place] = [chance.choice(words), chance.choice(words)]
            at = begin + timedelta(seconds=number * 30)
            writer.writerow([f"r{number:08}", at.isoformat(sep=" "), chance.randrange(1, 6), " ".join(parts)])


def _measured(rows: int, *, answering: bool) -> dict[str, float]:
    home = Path(tempfile.mkdtemp(prefix="kalevi-bench-import-"))
    environment = {**os.environ, "KALEVI_HOME": str(home), "KALEVI_LANG": "en"}
    environment.pop("KALEVI_DATABASE_URL", None)
    # As in any installation, code is compiled once and not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    try:
        write(home / "first.csv", 1_000)
        write(home / "many.csv", rows)
        # The first import makes the database, compiles the code and warms the disk cache; it is not measured.
        subprocess.run(_command("import", "--json", home / "first.csv"), env=environment, check=True)
        answers = _answerer(environment) if answering else None
        begun = time.monotonic()
        process = subprocess.Popen(
            _command("import", "--json", home / "many.csv"),
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        watch = _Memory(process.pid)
        out, _errors = process.communicate()
        seconds = time.monotonic() - begun
        watch.stop()
        waits = _waited(answers) if answers else []
        counts = json.loads(out)
        assert counts["rows"] == counts["stored"] + counts["known"] + counts["rejected"] == rows
        size = sum(path.stat().st_size for path in home.glob("kalevi.sqlite3*"))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "cpu_us_per_row": round(watch.cpu_seconds / rows * 1e6),
        "memory_at_tenth_mb": round(watch.early_mb),
        "memory_most_mb": round(watch.most_mb),
        "database_bytes_per_row": round(size / rows),
        "others_p95_ms": round(sorted(waits)[int(len(waits) * 0.95)], 1) if waits else 0.0,
    }


def _command(*parts: object) -> list[str]:
    return [
        sys.executable,
        "-c",
        "import sys; from kalevi.cli import main; sys.exit(main())",
        *map(str, parts),
    ]


class _Memory:
    """Adds up the memory (PSS) and CPU time of a process and its children, four times a second."""

    def __init__(self, pid: int) -> None:
        self.most_mb = self.early_mb = self.cpu_seconds = 0.0
        self._pid, self._stop = pid, threading.Event()
        self._samples: list[float] = []
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        import psutil

        while not self._stop.wait(0.25):
            try:
                family = [psutil.Process(self._pid), *psutil.Process(self._pid).children(recursive=True)]
                self._samples.append(sum(one.memory_full_info().pss for one in family) / 1e6)
                spent = sum(sum(one.cpu_times()[:2]) for one in family)
                self.cpu_seconds = max(self.cpu_seconds, spent)
            except psutil.Error:
                continue

    def stop(self) -> None:
        """End watching and sum up."""
        self._stop.set()
        self._thread.join()
        self.most_mb = max(self._samples, default=0.0)
        self.early_mb = max(self._samples[: max(1, len(self._samples) // 10)], default=0.0)


def _answerer(environment: dict[str, str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _ANSWERS],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _waited(process: subprocess.Popen[str]) -> list[float]:
    out, _errors = process.communicate("stop\n")
    return list(_numbers(out))


def _numbers(out: str) -> Iterator[float]:
    return (float(line) for line in out.split())


# Somebody else's answers: each is one durable intake row, every 40 ms or so, until told to stop.
_ANSWERS = """
import os, sys, threading, time
os.environ["DJANGO_SETTINGS_MODULE"] = "kalevi.config.settings"
import kalevi.config, django
django.setup()
from django.db import transaction
from django.utils import timezone
from kalevi.interactions.intake import Arrival, digest, receive
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
print("ready", flush=True)
number = 0
while not stop.wait(0.04):
    number += 1
    raw = f"answer {number}".encode()
    begun = time.perf_counter()
    with transaction.atomic():
        one = Arrival(digest(raw), digest(raw), raw)
        receive(source="bench", scope="bench", arrivals=[one], at=timezone.now())
    print((time.perf_counter() - begun) * 1000)
"""
