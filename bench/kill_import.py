"""Kills web and worker with SIGKILL at random moments of imports, 50 times on SQLite and 50 on PostgreSQL.

After each kill the work goes on in a new process. In the end every row must be there, once.
"""

import random
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import _served as served
from bench._killing import finish, installation, was_killed

KILLS, ROWS = 50, 12_000
# Of the time until a worker is killed: what a web server keeps of a file is done long before the reading.
_WEB_SHARE = 0.2


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

    `database` is as `bench._killing.installation` takes it.
    """
    chance = random.Random(seed)
    with ExitStack() as stack:
        home, environment = installation(stack, database)
        served.call(environment, _PREPARE)
        done, files = 0, 0
        while done < kills:
            file = home / f"file{files}.csv"
            _write(file, files, rows)
            files += 1
            web, worker = (("bench._import_process", role, str(file)) for role in ("web", "worker"))
            if files % 2 and done < kills:
                done += was_killed(web, environment, chance, most_seconds * _WEB_SHARE)
            finish(web, environment)
            while done < kills and was_killed(worker, environment, chance, most_seconds):
                done += 1
            if done >= kills:
                finish(worker, environment)
        counted = served.call(environment, _COUNT)
    lost, doubled, wrong = (int(number) for number in counted.split())
    return {
        "kills": done,
        "rows_sent": files * rows,
        "lost": files * rows - lost,
        "doubled": doubled,
        "counts_wrong": wrong,
    }


def _write(file: Path, number: int, rows: int) -> None:
    """Write rows of which each tenth has a twin: the same cells in the same file, told apart by count."""
    lines = ["date;palaute"]
    for row in range(rows):
        own = row - 1 if row % 10 == 9 else row
        lines.append(
            f"2025-{own % 12 + 1:02}-11 10:00;Rivi {own} tiedostossa {number} sanoo: toimitus oli myöhässä"
        )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
