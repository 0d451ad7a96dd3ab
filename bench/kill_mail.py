"""Kills the worker with SIGKILL at random moments of reading a mailbox, 20 times on SQLite and on PostgreSQL.

The mailbox is a real one (Dovecot). In the end every mail must be there, once, however often it lies there.
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

from bench.kill_import import ROOT, _call, _server

KILLS, MAILS = 20, 1_500


def run() -> dict[str, Any]:
    """Return what was lost and what was doubled, by database."""
    figures: dict[str, int] = {}
    for database in ("sqlite", "postgresql"):
        found = killed(database=database, kills=KILLS, mails=MAILS, seed=20)
        figures |= {f"{database}_{name}": value for name, value in found.items()}
        print(database, found, flush=True)
    return {"figures": figures, "against": "kills 20, lost 0, doubled 0 on both"}


def killed(*, database: str, kills: int, mails: int, seed: int, most_seconds: float = 2.5) -> dict[str, int]:
    """Read a mailbox while killing; return kills, mails sent, lost and doubled, and what is left undone.

    `database` is sqlite, postgresql (a server of its own), or given: KALEVI_DATABASE_URL as it is. Every
    tenth mail lies in the mailbox twice.
    """
    from tests.verification.mail_servers import imap_server

    chance = random.Random(seed)
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="kalevi-kill-"))
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        server = stack.enter_context(imap_server())
        environment = {**os.environ, "KALEVI_HOME": str(home), "MAIL_PORT": str(server.port)}
        environment["DJANGO_SETTINGS_MODULE"] = "kalevi.config.settings"
        if database == "sqlite":
            environment.pop("KALEVI_DATABASE_URL", None)
        elif database == "postgresql":
            environment["KALEVI_DATABASE_URL"] = _server(stack)
        _call(environment, _PREPARE)
        done, sent = 0, 0
        while done < kills:
            batch = [_mail(number) for number in range(sent, sent + mails)]
            server.put(*batch, *batch[::10])
            sent += mails
            while done < kills and _until_killed(environment, chance, most_seconds):
                done += 1
        assert _started(environment).communicate(timeout=600)[0] == "done\n"
        counted = _call(environment, _COUNT)
    rows, told, distinct, files, undone = (int(number) for number in counted.split())
    return {
        "kills": done,
        "mails_sent": sent,
        "lost": sent - distinct,
        "doubled": (rows - sent) + (told - distinct),
        "attachments_missing": sent // 5 - files,
        "undone": undone,
    }


def _mail(number: int) -> bytes:
    along = ""
    if number % 5 == 0:
        along = f"\r\n--e\r\nContent-Type: text/plain; name=liite.txt\r\n\r\nliite {number}"
    return (
        f"From: c{number % 40}@example.fi\r\nTo: hello@store.example\r\nSubject: Asia {number}\r\n"
        f"Message-ID: <mail-{number}@example.fi>\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n"
        f"--e\r\n\r\nViesti {number}: toimitus oli myöhässä eikä kukaan vastannut.{along}\r\n--e--\r\n"
    ).encode()


def _started(environment: dict[str, str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench._mail_process"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _until_killed(environment: dict[str, str], chance: random.Random, most_seconds: float) -> bool:
    """Run the worker and kill it at a random moment; return False when it was done before."""
    process = _started(environment)
    time.sleep(chance.uniform(0.0, most_seconds))
    ended = process.poll() is not None
    process.kill()
    process.communicate()
    return not ended


_PREPARE = """
import os
from datetime import date
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from kalevi.channels.email.models import Mailbox
from kalevi.channels.email.sealing import sealed
from tests.verification.mail_servers import PASSWORD, USER
Mailbox.objects.create(
    host="localhost", port=int(os.environ["MAIL_PORT"]), security="none",
    username=USER, password=sealed(PASSWORD),
    address="hello@store.example", since=date(2020, 1, 1), made_at=timezone.now(),
)
"""
_COUNT = """
from kalevi.channels.email.keeping_files import FILES
from kalevi.channels.email.models import Attachment, Mailbox
from kalevi.interactions.models import Intake, Interaction
from kalevi.jobs.models import Job
words = list(Interaction.objects.values_list("verbatim", flat=True))
files = sum(FILES.path_of(one.digest).is_file() for one in Attachment.objects.all())
undone = Intake.objects.exclude(state=1).count() + (
    Job.objects.filter(task__contains="channels.email").exclude(state="done").count()
)
undone += Mailbox.objects.exclude(failure="").count()
print(Intake.objects.count(), len(words), len(set(words)), files, undone)
"""
