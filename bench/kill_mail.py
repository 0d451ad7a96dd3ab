"""Kills the worker with SIGKILL at random moments of reading a mailbox, 20 times on SQLite and on PostgreSQL.

The mailbox is a real one (Dovecot). In the end every mail must be there, once, however often it lies there.
"""

import random
from contextlib import ExitStack
from typing import Any

from bench import _served as served
from bench._killing import finish, installation, was_killed

KILLS, MAILS = 20, 1_500
_WORKER = ("bench._mail_process",)


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

    `database` is as `bench._killing.installation` takes it. Every tenth mail lies in the mailbox twice.
    """
    from tests.verification.mail_servers import imap_server

    chance = random.Random(seed)
    with ExitStack() as stack:
        _home, environment = installation(stack, database)
        server = stack.enter_context(imap_server())
        environment["MAIL_PORT"] = str(server.port)
        served.call(environment, _PREPARE)
        done, sent = 0, 0
        while done < kills:
            batch = [_mail(number) for number in range(sent, sent + mails)]
            server.put(*batch, *batch[::10])
            sent += mails
            while done < kills and was_killed(_WORKER, environment, chance, most_seconds):
                done += 1
        finish(_WORKER, environment)
        counted = served.call(environment, _COUNT)
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
