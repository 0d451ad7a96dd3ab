"""Attacks the API with 100,000 cases that its description allows or forbids: nothing fails, nothing is lost.

The real web server on SQLite. KALEVI_BENCH_CASES changes their number, KALEVI_BENCH_SEED what they are.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.api_bulk import _WEB, call, free_port, stop, wait_for

_PREPARE = """
from kalevi.config.installation import bring_up_to_date, set_up_django
set_up_django()
bring_up_to_date()
from kalevi.channels.api.actions import make_token
from kalevi.channels.api.scopes import SCOPES
print(make_token(name="attack", source="attack", scopes=list(SCOPES), ends_at=None, actor_id=None)[1])
"""
_COUNT = """
from kalevi.config.installation import set_up_django
set_up_django()
from kalevi.interactions.models import Intake
from kalevi.channels.api.understanding import something_waits, understand_all
print(Intake.objects.count(), end=" ")
understand_all()
print(int(something_waits()))
"""


def run() -> dict[str, Any]:
    """Return how many cases were sent, how they were answered, and what was acknowledged and not stored."""
    from tests.reliability.attacking import attack

    cases = int(os.environ.get("KALEVI_BENCH_CASES", "100000"))
    seed = int(os.environ.get("KALEVI_BENCH_SEED", "4"))
    home, port = Path(tempfile.mkdtemp(prefix="kalevi-bench-attack-")), free_port()
    environment = {
        **os.environ,
        "KALEVI_HOME": str(home),
        "KALEVI_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "kalevi.config.settings",
    }
    environment.pop("KALEVI_DATABASE_URL", None)
    web = None
    # Ended from outside it takes its server along.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    try:
        token = call(environment, _PREPARE).split()[-1]
        script = _WEB.replace("auth.PER_ADDRESS =", "auth.PER_ADDRESS = auth.WRONG_TOKENS =")
        web = subprocess.Popen([sys.executable, "-c", script], env=environment, process_group=0)
        wait_for(port)
        found = attack(description(port), f"http://127.0.0.1:{port}", token, cases=cases, seed=seed)
        stop(web)
        web = None
        stored, waiting = map(int, call(environment, _COUNT).split())
        for fault in found.faults[:20]:
            print(fault)
        return {
            "figures": {
                "cases": found.cases,
                "statuses": {str(status): found.statuses[status] for status in sorted(found.statuses)},
                "failures": sum(count for status, count in found.statuses.items() if status >= 500),
                "faults": len(found.faults),
                "acknowledged": found.stored,
                "acknowledged_and_lost": found.stored - stored,
                "never_understood": waiting,
            },
            "against": {"failures": 0, "acknowledged_and_lost": 0},
        }
    finally:
        if web is not None:
            stop(web)
        shutil.rmtree(home, ignore_errors=True)


def description(port: int) -> dict[str, Any]:
    """Return the description of the API as the server gives it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/api/v1/openapi.json")
    found: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return found
