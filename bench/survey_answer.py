"""Server CPU of one public survey answer, and beside it django-helpdesk's public form in the same run.

An answer is: open the page, send the form, one durable row. Then until it stands as an interaction with its
reading, the worker included. Clients come from many addresses, and answer two seconds after they opened the
page. django-helpdesk is installed from PyPI into an environment of its own, and served by the same server
with the same durability.
"""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from bench import _served as served

ROUNDS, EACH, SURVEYS = 4, 500, 20
TICKETS = 150
_COUNT = """
from kalevi.interactions.models import Intake, Interaction, Reading
from kalevi.channels.survey.models import Answer
from kalevi.jobs.models import Job
# What a new installation does once, such as its first backup, is not ours to count.
others = Job.objects.filter(state__in=("waiting", "running")).exclude(task__contains="understand_answers")
waiting = Intake.objects.filter(state=0).count()
kept = [model.objects.count() for model in (Interaction, Reading, Answer)]
print(Intake.objects.count(), int(others.exists()), waiting, *kept)
"""


def run() -> dict[str, Any]:
    """Return milliseconds of CPU an answer, and where they go."""
    figures: dict[str, float] = {}
    with served.folder() as home:
        figures |= _ours(home / "home")
        figures |= _where_it_goes(home / "alone")
    with served.folder() as place:
        figures |= _helpdesk(place)
    figures["times_helpdesk"] = round(figures["helpdesk_ms"] / figures["stored_ms"], 1)
    print(_in_words(figures), flush=True)
    return {
        "figures": figures,
        "against": {"stored_ms": 0.75, "understood_ms": 1.5, "times_helpdesk": 15, "page_kb": 15},
    }


def _in_words(of: dict[str, float]) -> str:
    """Say where it goes. What is "alone" was measured in one warm process, without a server."""
    opening, server, worker = of["of_it_opening_ms"], of["server_ms"], of["of_it_worker_ms"]
    sending, answering = of["stored_ms"] - opening, of["alone_answering_ms"]
    return f"""
A stored answer takes {of["stored_ms"]:.2f} ms: opening {opening:.2f}, sending {sending:.2f}.
  Any ready page takes the server {server:.2f}: HTTP, its threads, the reply.
  Setting a token into the page, alone: {of["alone_opening_ms"]:.3f}.
  Taking the form, alone: {answering:.2f}; of it the row on disk {of["alone_of_it_row_ms"]:.2f}, of which
  {of["alone_of_it_kernel_ms"]:.2f} in the kernel.
  The rest of sending, {sending - server - answering:.2f}: reading the body, and caches gone cold meanwhile.
Until it is understood {of["understood_ms"]:.2f} ms: the worker takes {worker:.2f}.
  Understanding, alone: {of["alone_understanding_ms"]:.2f} where 200 come at once, and
  {of["alone_understanding_20_ms"]:.2f} where 20 do, since a job has work of its own.
  Looking whether it needs somebody, and bringing its thanks, alone: {of["alone_looking_ms"]:.2f} of 200
  at once, {of["alone_looking_20_ms"]:.2f} of 20.
"""


def _ours(home: Path) -> dict[str, float]:
    port = served.free_port()
    environment = served.environment(home, port)
    keys = served.make_surveys(environment, SURVEYS)
    process = served.serve(environment, port)
    try:
        _answers(port, keys, 0)  # pages are made ready and threads open their connections
        _wait_until_understood(environment, EACH)
        worker = _worker(process)
        idle = _idle(process)
        before, began = served.cpu_seconds(process), time.monotonic()
        opening = 0.0
        for number in range(1, ROUNDS + 1):
            opening += _answers(port, keys, number, lambda: _in_web(process, worker))
        stored = served.spent(before, served.cpu_seconds(process))
        _wait_until_understood(environment, EACH * (ROUNDS + 1))
        seconds = time.monotonic() - began
        whole = served.spent(before, served.cpu_seconds(process))
        connection = http.client.HTTPConnection("127.0.0.1", port)
        size = len(served.get(connection, f"/s/{keys[0]}/fi")[1]) / 1_000
        ready = -_in_web(process, worker)
        for _each in range(EACH):
            served.get(connection, f"/s/{keys[0]}/thanks/fi")
        ready += _in_web(process, worker)
    finally:
        served.stop(process)
    n = ROUNDS * EACH
    in_web = sum(value for pid, value in stored.items() if pid != worker)
    everything = sum(whole.values()) - idle * seconds
    return {
        "stored_ms": round(1e3 * in_web / n, 3),
        "of_it_opening_ms": round(1e3 * opening / n, 3),
        "server_ms": round(1e3 * ready / EACH, 3),
        "understood_ms": round(1e3 * everything / n, 3),
        "of_it_worker_ms": round(1e3 * (whole[worker] - idle * seconds) / n, 3),
        "worker_idle_ms_a_second": round(1e3 * idle, 2),
        "page_kb": round(size, 1),
    }


def _worker(process: subprocess.Popen[bytes]) -> int:
    """Return the id of the worker: the child of `kalevi serve` that has no children."""
    children = psutil.Process(process.pid).children()
    return next(one.pid for one in children if not one.children())


def _idle(process: subprocess.Popen[bytes], seconds: float = 4.0) -> float:
    before = served.cpu_seconds(process)
    time.sleep(seconds)
    return sum(served.spent(before, served.cpu_seconds(process)).values()) / seconds


def _in_web(process: subprocess.Popen[bytes], worker: int) -> float:
    """Return the CPU seconds of all but the worker, which understands what came before meanwhile."""
    return sum(seconds for pid, seconds in served.cpu_seconds(process).items() if pid != worker)


def _answers(port: int, keys: list[str], number: int, worked: Callable[[], float] = float) -> float:
    """Open and answer; return how much more `worked` tells after opening."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    before = worked()
    tokens = []
    for place in range(EACH):
        status, page = served.get(connection, f"/s/{keys[place % len(keys)]}/fi")
        if status != 200:
            raise RuntimeError(f"a page answered {status}")
        tokens.append(served.token_in(page))
    opening = worked() - before
    time.sleep(2)
    for place, token in enumerate(tokens):
        form = served.WORDS.format(number * EACH + place) + f"&_form={token}"
        address = f"10.{number}.{place // 250}.{place % 250}"
        status, _headers = served.post(connection, f"/s/{keys[place % len(keys)]}", form, address)
        if status != 303:
            raise RuntimeError(f"an answer was answered {status}")
    connection.close()
    return opening


def _wait_until_understood(environment: dict[str, str], expected: int) -> None:
    end = time.monotonic() + 240
    patience = time.monotonic() + 30
    while time.monotonic() < end:
        kept, others, waiting, told, read, answers = map(int, served.call(environment, _COUNT).split())
        busy = others and time.monotonic() < patience
        if not busy and not waiting and kept == told == read == expected and answers == 4 * expected:
            return
        time.sleep(0.5)
    raise RuntimeError(f"not understood: {kept} {waiting} {told} {read} {answers} of {expected}")


def _where_it_goes(home: Path) -> dict[str, float]:
    """Return the parts of it alone, in one process: opening, taking, the row, understanding, looking."""
    environment = served.environment(home, served.free_port())
    key = served.make_surveys(environment, 1)[0]
    text = served.call(environment, _ALONE.replace("KEY", key).replace("WORDS", repr(served.WORDS)))
    found = re.findall(r"(\w+) ([\d.]+)", text)
    return {f"alone_{name}_ms": float(value) for name, value in found}


_ALONE = """
import resource
from django.utils import timezone
from kalevi.channels.survey import limits, reception, replies
from kalevi.channels.survey.storing import Row, writer
from kalevi.channels.survey.tokens import new_token
from kalevi.channels.survey.live import live
from kalevi.interactions.intake import digest
from kalevi.interactions.readers import company_reader
from kalevi.jobs import watches, worker
from kalevi.people.models import Colleague
limits.wait_for = lambda *a: 0.0
survey, n, times = live("KEY"), 500, 3
replies.opened("KEY", "fi", "", "")
writer.keep_connection()
def cpu(name, do, n):
    least = []
    for number in range(times):
        before = resource.getrusage(resource.RUSAGE_SELF)
        do(number)
        after = resource.getrusage(resource.RUSAGE_SELF)
        least.append((after[0] + after[1] - before[0] - before[1], after[1] - before[1]))
    print(name, round(1e3 * min(least)[0] / n, 4))
    return round(1e3 * min(least)[1] / n, 4)
cpu("opening", lambda _: [replies.opened("KEY", "", "fi-FI,fi;q=0.9", "") for k in range(n)], n)
reception.LEAST_SECONDS = 0
def made(n):
    tokens = [new_token(survey.version_id, "fi").decode() for k in range(n)]
    return [f"{WORDS.format(k)}&_form={token}".encode() for k, token in enumerate(tokens)]
forms = [made(n) for _ in range(times)]
def take(forms):
    for form in forms:
        reception.take("KEY", form, address="a")
cpu("answering", lambda number: take(forms[number]), n)
rows = [[Row("other", digest(form), b"", form, timezone.now()) for form in some] for some in forms]
kernel = cpu("of_it_row", lambda number: [writer.write(row) for row in rows[number]], n)
print("of_it_kernel", kernel)
Colleague.objects.create_user("a@example.fi", name="Aino Koski", role="frontline")
company_reader().read(["Hei!"])
watches.enqueue_waiting()
while worker.run_next():
    pass
def step(_):
    worker.run_next(queues=frozenset({watches.QUICK}))
times = 1
for some, ending in ((200, ""), (20, "_20")):
    for last in range(2):
        take(made(some))
        watches.enqueue_waiting()
        if last:
            cpu("understanding" + ending, step, some)
            cpu("looking" + ending, step, some)
        while worker.run_next():
            pass
"""


def _helpdesk(place: Path) -> dict[str, float]:
    port = served.free_port()
    python = place / "environment" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(place / "environment")], check=True)
    wanted = ["django-helpdesk", "django<6", "granian"]
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *wanted], check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KALEVI_", "DJANGO_"))}
    environment["HELPDESK_FOLDER"] = str(place)
    command = [str(python), str(served.ROOT / "bench" / "_helpdesk_site.py"), str(port)]
    process = served.start(command, environment, port, "/helpdesk/tickets/submit/")
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        _ticket(connection, 0)
        before = served.cpu_seconds(process)
        for number in range(1, TICKETS + 1):
            _ticket(connection, number)
        taken = sum(served.spent(before, served.cpu_seconds(process)).values())
    finally:
        served.stop(process)
    return {"helpdesk_ms": round(1e3 * taken / TICKETS, 2)}


def _ticket(connection: http.client.HTTPConnection, number: int) -> None:
    connection.request("GET", "/helpdesk/tickets/submit/")
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    queue = re.search(r'<option value="(\d+)"', page)
    fields = {
        "csrfmiddlewaretoken": token[1] if token else "",
        "queue": queue[1] if queue else "",
        "title": f"Toimitus {number}",
        "body": "Toimitus tuli sovittuna aikana ja kuski kantoi laudat pihaan asti. Kiitos!",
        "priority": "3",
        "due_date": "",
        "submitter_email": f"asiakas{number}@example.fi",
    }
    headers = {**served.FORM, "Cookie": cookie, "Referer": f"http://127.0.0.1:{connection.port}/"}
    connection.request("POST", "/helpdesk/tickets/submit/", urlencode(fields).encode(), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"the public form answered {answer.status}")
