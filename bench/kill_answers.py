"""Kills the web server with SIGKILL under six clients, 200 times on SQLite and 200 times on PostgreSQL.

Three clients answer surveys, two call the API, one brings mail as a mail service does. Each sends the same
again until it is acknowledged. In the end everything that was acknowledged must be stored, each thing once.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from typing import Any

import psutil

from bench import _served as served
from bench._killing import postgresql

KILLS = int(os.environ.get("KALEVI_BENCH_KILLS", "200"))
_TOKEN = """
from kalevi.channels.api.actions import make_token
print(make_token(name="bench", source="bench", scopes=["interactions:write"], ends_at=None, actor_id=None)[1])
"""
_MAIL = """
from kalevi.channels.email import inbound
print(inbound.key_of(inbound.renew(actor_id=None)))
"""
_FORM = """
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.tokens import new_token
for survey in Survey.objects.order_by("pk"):
    print(survey.key, new_token(survey.current_id, "fi").decode())
"""
_STORED = """
import re
from collections import Counter
from django.db import connection
from kalevi.interactions.models import Intake
counts = Counter()
for raw in Intake.objects.values_list("raw", flat=True):
    counts.update(set(re.findall(rb"kerta(\\d+x\\d+)x", bytes(raw))))
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2, "synchronous is not FULL"
for name, count in counts.items():
    print(name.decode(), count)
"""


@dataclass
class Told:
    """What the clients were told: the names of what was acknowledged, and how often nobody answered."""

    acknowledged: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    broken: int = 0
    refused: int = 0


def run() -> dict[str, Any]:
    """Return what was acknowledged, lost and doubled, by database."""
    figures: dict[str, int] = {}
    for database in ("sqlite", "postgresql"):
        found = killed(database=database, kills=KILLS, seed=4)
        figures |= {f"{database}_{name}": value for name, value in found.items()}
        print(database, found, flush=True)
    return {"figures": figures, "against": "kills 200, lost 0, doubled 0 on both"}


def killed(*, database: str, kills: int, seed: int, clients: int = 6) -> dict[str, int]:
    """Answer while killing; `database` is sqlite, postgresql (a server of its own) or given."""
    chance = random.Random(seed)
    with ExitStack() as stack:
        home, port = stack.enter_context(served.folder()) / "home", served.free_port()
        environment = served.environment(home, port) | {"PYTHONUNBUFFERED": "1"}
        if database == "postgresql":
            environment["KALEVI_DATABASE_URL"] = postgresql(stack)
        elif database == "given":
            environment["KALEVI_DATABASE_URL"] = os.environ["KALEVI_DATABASE_URL"]
        served.make_surveys(environment, 2)
        bearer = served.call(environment, _TOKEN).strip()
        place = served.call(environment, _MAIL).strip()
        forms = [line.split() for line in served.call(environment, _FORM).splitlines()]
        told, over = Told(), threading.Event()
        servers = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "bench._answer_process"],
                cwd=served.ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        stack.callback(servers.kill)
        pid = _again(servers, port)
        threads = [
            threading.Thread(
                target=_client, args=(n, _sender(n, clients, port, bearer, place, forms), told, over)
            )
            for n in range(clients)
        ]
        for thread in threads:
            thread.start()
        for _kill in range(kills):
            time.sleep(chance.uniform(0.02, 0.6))
            _kill_all(pid)
            pid = _again(servers, port)
        time.sleep(1)
        over.set()
        for thread in threads:
            thread.join()
        _kill_all(pid)
        stored = dict(line.split() for line in served.call(environment, _STORED).splitlines())
    return {
        "kills": kills,
        "acknowledged": len(told.acknowledged),
        "unanswered": told.broken,
        "refused": told.refused,
        "lost": len(told.acknowledged - stored.keys()),
        "doubled": sum(count != "1" for count in stored.values()),
    }


def _again(servers: subprocess.Popen[str], port: int) -> int:
    """Have a server started and wait until it answers."""
    assert servers.stdin is not None
    assert servers.stdout is not None
    servers.stdin.write("again\n")
    servers.stdin.flush()
    pid = int(servers.stdout.readline())
    end = time.monotonic() + 180
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/s/none")
            connection.getresponse().read()
            return pid
        time.sleep(0.02)
    raise RuntimeError("the server did not answer")


def _kill_all(pid: int) -> None:
    """Kill a server and what it forked, at once and without a word."""
    with suppress(psutil.NoSuchProcess):
        everybody = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for one in everybody:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        psutil.wait_procs(everybody, timeout=10)


Sender = Callable[[str], int]


def _sender(number: int, clients: int, port: int, bearer: str, place: str, forms: list[list[str]]) -> Sender:
    """Return how a client sends what it has a name for: it gives the status of the answer."""
    if number >= clients - 2:
        return lambda name: _call(port, name, bearer)
    if number == clients - 3:
        return lambda name: _bring(port, name, place)
    return lambda name: _answer(port, name, *forms[int(name.partition("x")[2]) % len(forms)])


def _client(number: int, send: Sender, told: Told, over: threading.Event) -> None:
    turn = 0
    while not over.is_set():
        turn += 1
        name = f"{number}x{turn}"
        told.sent.add(name)
        while not over.is_set():
            try:
                status = send(name)
            except (OSError, http.client.HTTPException):
                told.broken += 1
                over.wait(0.02)
                continue
            if status in (200, 201, 202, 303):
                told.acknowledged.add(name)
                break
            told.refused += 1
            over.wait(0.05)


def _answer(port: int, name: str, key: str, token: str) -> int:
    # As a kiosk sends what it kept: one form, many answers, each told apart by its own letters.
    form = (
        f"words=Sanon+t%C3%A4m%C3%A4n+kerta{name}x&again=7&_door=kiosk&_once=once-{name}-here&_form={token}"
    )
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        return served.post(connection, f"/s/{key}", form, "192.0.2.1")[0]


def _bring(port: int, name: str, place: str) -> int:
    mail = (
        f"From: c{name}@example.fi\r\nTo: hello@store.example\r\nSubject: Asia\r\n"
        f"Message-ID: <{name}@example.fi>\r\n\r\nSanon tämän kerta{name}x\r\n"
    )
    headers = {"Content-Type": "message/rfc822", "Host": "kalevi.example.fi", "X-Forwarded-Proto": "https"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", f"/mail/in/{place}", mail.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def _call(port: int, name: str, bearer: str) -> int:
    body = {"id": name, "words": f"Sanon tämän kerta{name}x", "occurred_at": "2026-11-20T10:00:00Z"}
    headers = {
        "Authorization": f"Bearer {bearer}",
        "Content-Type": "application/json",
        "Host": "kalevi.example.fi",
        "X-Forwarded-Proto": "https",
        "Idempotency-Key": f"key-{name}",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/api/v1/interactions", json.dumps(body).encode(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
