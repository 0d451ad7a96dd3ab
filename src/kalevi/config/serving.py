"""Web, worker and scheduler in one process group: started, mended and stopped together."""

import contextlib
import ctypes
import logging
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

from kalevi.config import environment

logger = logging.getLogger("kalevi.serving")
GRACE_SECONDS = 20
# A process that ends this soon, this often in a row, will not get better by being started again.
SHORT_SECONDS, MOST_SHORT_LIVES = 5, 3
_PR_SET_PDEATHSIG = 1


def serve() -> int:
    """Serve until SIGINT or SIGTERM; return the exit code.

    The application is loaded once and forked, so that the processes share its memory.
    """
    from django.db import connections

    from kalevi.config.wsgi import application  # noqa: F401  loaded before forking

    _warm_up()
    connections.close_all()
    children: dict[int, Callable[[], None]] = {}
    born: dict[int, float] = {}
    short_lives: Counter[Callable[[], None]] = Counter()
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        for pid in list(children):
            _signal(pid, signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)

    def start(role: Callable[[], None]) -> None:
        pid = _fork(role)
        children[pid], born[pid] = role, time.monotonic()

    for role in (_web, _worker):
        start(role)
    while children:
        try:
            pid, status = os.waitpid(-1, 0)
        except ChildProcessError:
            break
        if pid not in children:
            continue
        role = children.pop(pid)
        if stopping.is_set():
            continue
        logger.warning("%s ended with status %s and is started again", role.__name__.strip("_"), status)
        short_lives[role] = short_lives[role] + 1 if time.monotonic() - born[pid] < SHORT_SECONDS else 0
        often = short_lives[role] >= MOST_SHORT_LIVES
        if often and role is _web:
            stop(signal.SIGTERM, None)
            continue
        # Without a worker pages still answer and words are kept, and a job that kills it fails in the end.
        time.sleep(SHORT_SECONDS if often else 1)
        start(role)
    return 1 if short_lives[_web] >= MOST_SHORT_LIVES else 0


def _warm_up() -> None:
    """Load the reader; what arrives is kept also by an installation whose reader fails."""
    try:
        from kalevi.text import read

        read(["Hyvää päivää!"])
    except Exception as error:
        logger.warning("the reader failed: %s", type(error).__name__)


def _fork(role: Callable[[], None]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the group's Ctrl-C reaches us through the parent
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _die_with(parent)
        role()
    except SystemExit as leaving:
        os._exit(leaving.code if isinstance(leaving.code, int) else 0)
    except BaseException:
        logger.exception("%s failed", role.__name__.strip("_"))
        os._exit(1)
    os._exit(0)


def _die_with(parent: int) -> None:
    """Ask Linux to end this process when its parent is killed; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _web() -> None:
    from gunicorn.app.base import BaseApplication

    from kalevi.config.wsgi import application

    class Web(BaseApplication):
        def load_config(self) -> None:
            for name, value in _gunicorn_settings().items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Web().run()


def _gunicorn_settings() -> dict[str, Any]:
    return {
        "bind": environment.listens_on(),
        "workers": 1,
        "threads": 8,
        "worker_class": "gthread",
        "preload_app": True,
        "graceful_timeout": GRACE_SECONDS,
        "timeout": 120,
        "keepalive": 15,
        "control_socket_disable": True,
        "proc_name": "kalevi",
        "accesslog": None,
        "loglevel": "warning",
        # gunicorn's own lines would tell the path of a request that failed.
        "logconfig_dict": {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"bare": {"()": "kalevi.shell.logs.BareFormatter"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bare"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {"gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
        },
    }


def _worker() -> None:
    from kalevi.jobs.worker import run_until

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    run_until(stop)
