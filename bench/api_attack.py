"""Attacks the API with 100,000 cases that its description allows or forbids: nothing fails, nothing is lost.

The whole application on SQLite, called in its own process without a network, by two processes with an
installation each. KALEVI_BENCH_CASES changes the number of cases, KALEVI_BENCH_SEED what they are, and
KALEVI_BENCH_SECONDS ends it early: `cases` says how many were sent.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from typing import Any

from bench import _served as served

PROCESSES = 2


def run() -> dict[str, Any]:
    """Return how many cases were sent, how they were answered, and what was acknowledged and not stored."""
    cases = int(os.environ.get("KALEVI_BENCH_CASES", "100000"))
    seed = int(os.environ.get("KALEVI_BENCH_SEED", "4"))
    seconds = os.environ.get("KALEVI_BENCH_SECONDS", "86400")
    with served.folder() as home:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "bench._attack_process", str(cases // PROCESSES), str(first), seconds],
                cwd=served.ROOT,
                env=served.environment(home / str(number), served.free_port()),
                stdout=subprocess.PIPE,
                text=True,
            )
            for number, first in enumerate(range(seed, seed + PROCESSES * 1_000_000, 1_000_000))
        ]
        try:
            told = [json.loads(process.communicate()[0]) for process in started]
        finally:
            for process in started:
                process.kill()
    statuses = Counter[str]()
    for one in told:
        statuses.update(one["statuses"])
        print(*one["faults"], sep="\n")
    return {
        "figures": {
            "cases": sum(one["cases"] for one in told),
            "statuses": dict(sorted(statuses.items())),
            "failures": sum(count for status, count in statuses.items() if status >= "500"),
            "faults": sum(len(one["faults"]) for one in told),
            "acknowledged": sum(one["acknowledged"] for one in told),
            "answered_again_by_their_key": sum(one["again"] for one in told),
            "acknowledged_and_lost": sum(one["lost"] for one in told),
            "never_understood": sum(one["never_understood"] for one in told),
        },
        "against": {"failures": 0, "acknowledged_and_lost": 0},
    }
