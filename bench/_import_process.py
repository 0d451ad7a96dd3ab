"""The processes that `kill-import` kills: `python -m bench._import_process web|worker FILE`."""

import os
import sys
import time
from pathlib import Path


def main(role: str, file: str) -> None:
    """Do one part of an import; say `ready` when it begins and `done` when it is over."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalevi.config.settings")
    import django

    import kalevi.config  # noqa: F401  SQLite is swapped before Django looks for it

    django.setup()
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    print("ready", flush=True)
    web(Path(file)) if role == "web" else work()
    print("done", flush=True)


def web(file: Path) -> None:
    """Send a file as a colleague does: upload, look at the preview, say yes."""
    from django.test import Client

    from kalevi.channels.file.models import Import
    from kalevi.people.models import Colleague

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Colleague.objects.get(email="bench@example.fi"))
    with file.open("rb") as stream:
        answer = client.post("/import/", {"file": stream})
    assert answer.status_code == 302, answer.status_code
    record = Import.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[1]))
    roles = {f"column_{n}": role for n, role in enumerate(record.mapping["roles"])}
    rest = {"channel": "survey", "touchpoint": "", "own_words": "yes", "month_first": "no", "scale": ""}
    answer = client.post(f"/import/{record.pk}/choose/", {**roles, **rest, "begin": "yes"})
    assert answer.status_code == 302, answer.status_code


def work() -> None:
    """Run every job, those of dead workers first."""
    from kalevi.channels.file import running
    from kalevi.channels.file.models import Import
    from kalevi.jobs import worker

    for record in Import.objects.filter(state__in=(Import.State.STORING, Import.State.UNDERSTANDING)):
        # Helpers of a worker that was killed hold the file until they see that nobody listens any more.
        while not running.take_over(record):
            time.sleep(0.05)
    while worker.run_next():
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
