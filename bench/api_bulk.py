"""Sends 100,000 interactions to the API in batches of 1,000: validated, durably stored, acknowledged.

Over HTTP on two connections, to the real web server on SQLite; each item is a row of the intake log with its
own raw bytes. Reading the words comes after, as a job: every row is counted, then read for a second figure.
KALEVI_BENCH_ROWS changes the number of interactions.
"""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from bench._served import free_port
from bench.import_ import texts

BATCH, CALLERS = 1_000, 2
_PREPARE = """
import sys
from kalevi.config.installation import bring_up_to_date, set_up_django
set_up_django()
bring_up_to_date()
from kalevi.channels.api.actions import make_token
print(make_token(name="bench", source="bench", scopes=["interactions:write"], ends_at=None, actor_id=None)[1])
"""
_WEB = """
from kalevi.config.installation import set_up_django
set_up_django()
from kalevi.channels.api import auth
from kalevi.shell.buckets import Buckets
auth.PER_TOKEN = auth.PER_ADDRESS = Buckets(burst=1e9, a_second=1e9)
from kalevi.config import serving
serving._warm_up()
serving._web()
"""
_COUNT = """
from kalevi.config.installation import set_up_django
set_up_django()
from django.db import connection
from kalevi.interactions.models import Intake
with connection.cursor() as cursor:
    cursor.execute("PRAGMA synchronous")
    print(Intake.objects.count(), cursor.fetchone()[0])
"""
_READ = """
import time
from kalevi.config.installation import set_up_django
set_up_django()
from kalevi.interactions.models import Interaction
from kalevi.channels.api.understanding import understand_all
from kalevi.interactions.unread import default_reader
default_reader().read(["Hei!"])
begun = time.monotonic()
understand_all()
print(Interaction.objects.count(), time.monotonic() - begun)
"""


def run() -> dict[str, Any]:
    """Return interactions a second, the time of a batch, and whether each was there afterwards."""
    rows = int(os.environ.get("KALEVI_BENCH_ROWS", "100000"))
    home = Path(tempfile.mkdtemp(prefix="kalevi-bench-api-"))
    port = free_port()
    environment = {
        **os.environ,
        "KALEVI_HOME": str(home),
        "KALEVI_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "kalevi.config.settings",
    }
    environment.pop("KALEVI_DATABASE_URL", None)
    web = None
    try:
        token = call(environment, _PREPARE).split()[-1]
        web = subprocess.Popen([sys.executable, "-c", _WEB], env=environment, process_group=0)
        wait_for(port)
        bodies = batches(rows)
        send(port, token, batches(5 * BATCH, name="warm"))
        before, begun = worked(web.pid), time.perf_counter()
        with ThreadPoolExecutor(CALLERS) as callers:
            parts = [bodies[place::CALLERS] for place in range(CALLERS)]
            seconds = [
                one for part in callers.map(lambda part: send(port, token, part), parts) for one in part
            ]
        whole, cpu = time.perf_counter() - begun, worked(web.pid) - before
        stop(web)
        web = None
        stored, synchronous = map(int, call(environment, _COUNT).split())
        if stored != rows + 5 * BATCH or synchronous != 2:
            raise RuntimeError(f"{stored} rows stored, synchronous={synchronous}")
        read, reading = call(environment, _READ).split()
        return {
            "figures": {
                "interactions_per_second": round(rows / whole),
                "server_cpu_ms_per_1000": round(cpu / len(bodies) * 1_000, 1),
                "batch_of_1000_p50_ms": round(sorted(seconds)[len(seconds) // 2] * 1_000, 1),
                "batch_of_1000_p95_ms": round(sorted(seconds)[int(len(seconds) * 0.95)] * 1_000, 1),
                "stored": stored,
                "read_afterwards_per_second": round(int(read) / float(reading)),
            },
            "against": {"interactions_per_second": 20_000},
        }
    finally:
        if web is not None:
            stop(web)
        shutil.rmtree(home, ignore_errors=True)


def batches(rows: int, *, name: str = "b") -> list[bytes]:
    """Return bodies of a thousand interactions each, no two alike, as a shop would send them."""
    known, chance, found = texts(), random.Random(4), []
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for start in range(0, rows, BATCH):
        many = [
            {
                "id": f"{name}{number:08}",
                "words": f"{known[number % len(known)]} {number}",
                "occurred_at": (begin + timedelta(seconds=number * 30)).isoformat(),
                "channel": "web_form",
                "score": {"kind": "nps", "value": chance.randrange(11), "low": 0, "high": 10},
                "contact": {"external_id": f"c{chance.randrange(30_000)}"},
            }
            for number in range(start, min(start + BATCH, rows))
        ]
        found.append(json.dumps(many, ensure_ascii=False).encode())
    return found


def send(port: int, token: str, bodies: list[bytes]) -> list[float]:
    """Send bodies one after the other over one connection; return how long each took until acknowledged."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken = []
    for body in bodies:
        begun = time.perf_counter()
        connection.request("POST", "/api/v1/interactions/many", body, headers)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        taken.append(time.perf_counter() - begun)
        if answer.status != 202 or told["stored"] != told["received"]:
            raise RuntimeError(f"{answer.status}: {told}")
    connection.close()
    return taken


def worked(pid: int) -> float:
    """Return the seconds of CPU that a process and all it started have used."""
    parent = psutil.Process(pid)
    used = [process.cpu_times() for process in (parent, *parent.children(recursive=True))]
    return sum(one.user + one.system for one in used)


def call(environment: dict[str, str], script: str) -> str:
    """Run a script in a process of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the web server did not start")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
