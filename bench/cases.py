"""From words to an open case, and server time of the lists of cases and of Today with 5,000 open cases."""

import os
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

OPEN, COLLEAGUES, ROUNDS, ARRIVALS = 5_000, 40, 15, 20
LIMIT_MS, LIMIT_SECONDS = 100, 2
PAGES = {
    "mine": "/cases/",
    "all": "/cases/?list=all",
    "ended": "/cases/?list=ended",
    "today": "/",
    # What every open browser asks for once a minute.
    "live": "/today/live/",
}
BROWSERS, ASKS_EVERY = 200, 60


def run() -> dict[str, Any]:
    """Return milliseconds of the pages, and seconds from words that are received to the case that is open."""
    with tempfile.TemporaryDirectory(prefix="kalevi-bench-cases-") as home:
        _set_up(Path(home))
        figures = {"open_cases": float(_fill())}
        figures |= _pages()
        # Of one core, what so many open browsers take.
        asked = BROWSERS / ASKS_EVERY
        figures["live_200_browsers_percent_of_a_core"] = round(figures["live_p50_ms"] / 10 * asked, 1)
        figures |= _opening()
    return {"figures": figures, "against": {"page_p95_ms": LIMIT_MS, "word_to_case_seconds": LIMIT_SECONDS}}


def _set_up(home: Path) -> None:
    os.environ["KALEVI_HOME"] = str(home)
    os.environ["KALEVI_LANGUAGE"] = "fi"
    os.environ.pop("KALEVI_DATABASE_URL", None)
    from kalevi.config import installation

    installation.set_up_django()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS.append("testserver")


def _fill() -> int:
    from django.db import transaction
    from django.utils import timezone

    from kalevi.cases.actions.opening import open_by_rules
    from kalevi.cases.models import Case
    from kalevi.interactions.models import Interaction
    from kalevi.people.models import Colleague

    Colleague.objects.bulk_create(
        Colleague(email=f"c{n}@example.fi", name=f"Colleague {n}", frontline=True) for n in range(COLLEAGUES)
    )
    _receive(OPEN, "fill")
    with transaction.atomic():
        ids = list(Interaction.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), 500):
            open_by_rules(ids=ids[start : start + 500], at=timezone.now())
    return Case.objects.count()


def _receive(count: int, batch: str) -> None:
    from django.db import transaction
    from django.utils import timezone

    from kalevi.interactions import told
    from kalevi.interactions.intake import Arrival, digest, receive
    from kalevi.interactions.told import Told, Understood
    from kalevi.interactions.understanding import understand
    from kalevi.interactions.unread import default_reader

    def interpret(rows: Any) -> list[Understood]:
        return [
            Understood(
                (
                    Told(
                        row.received_at - timedelta(minutes=row.row or 0),
                        bytes(row.raw or b"").decode(),
                        channel="email",
                    ),
                )
            )
            for row in rows
        ]

    told.interpret_with("bench", interpret)
    texts = [
        f"Laituri {batch} {n} oli rikki kun se tuli. Olen pettynyt, kuka hoitaa tämän?" for n in range(count)
    ]
    arrivals = [
        Arrival(digest(text.encode()), digest(text.encode()), text.encode(), row=n % 5_000)
        for n, text in enumerate(texts)
    ]
    with transaction.atomic():
        receive(source="bench", scope="bench", arrivals=arrivals, at=timezone.now())
    while understand(reader=default_reader(), source="bench"):
        pass


def _pages() -> dict[str, float]:
    from django.test import Client

    from kalevi.config.serving import settle
    from kalevi.people.models import Colleague

    client = Client()
    client.force_login(Colleague.objects.get(email="c0@example.fi"))
    settle()  # as the server does before it serves
    found: dict[str, float] = {}
    for name, address in PAGES.items():
        client.get(address)
        taken = []
        for _round in range(ROUNDS):
            begun = time.perf_counter()
            answer = client.get(address)
            taken.append((time.perf_counter() - begun) * 1_000)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
        found[f"{name}_p50_ms"] = round(statistics.median(taken), 1)
        found[f"{name}_p95_ms"] = round(statistics.quantiles(taken, n=20)[-1], 1)
    return found


def _opening() -> dict[str, float]:
    """Receive words one by one and do the work that waits, as the worker does, until their case stands."""
    from kalevi.cases.models import Case
    from kalevi.jobs.worker import run_next

    # What filling left to do is not ours to count.
    while run_next():
        pass
    taken = []
    for number in range(ARRIVALS):
        before = Case.objects.count()
        begun = time.perf_counter()
        _receive(1, f"one-{number}")
        while run_next():
            pass
        taken.append(time.perf_counter() - begun)
        if Case.objects.count() != before + 1:
            raise RuntimeError("no case was opened")
    return {"word_to_case_p95_seconds": round(statistics.quantiles(taken, n=20)[-1], 3)}
