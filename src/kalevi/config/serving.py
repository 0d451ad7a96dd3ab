"""Web, worker and scheduler in one process group: started, mended and stopped together."""

import contextlib
import ctypes
import gc
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
GRACE_SECONDS, THREADS = 20, 8
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
        from kalevi.interactions.readers import company_reader

        company_reader().read(["Hyvää päivää!"])
    except Exception as error:
        logger.warning("the reader failed: %s", type(error).__name__)
    settle()


def settle() -> None:
    """Keep what is loaded by now: the collector need not look at it again, nor the kernel copy it.

    One look at it all takes a tenth of a second, of whichever page it falls on. What comes later goes by
    itself but for what refers to itself: that is looked for ten times as seldom as Python would, which took a
    sixth of a large request, and then in small heaps, since twenty of them at once took 40 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(7_000, 2, 100)


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
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, RuntimeModes
    from granian.log import LogLevels

    from kalevi.channels.survey.storing import writer
    from kalevi.config.wsgi import application

    server = os.getpid()

    def load(*named: object) -> Any:
        """Give the application to the process that granian forks, and let it end with this one."""
        _die_with(server)
        writer.keep_connection()
        return application

    Granian(
        "kalevi.config.wsgi:application",
        address=environment.value("KALEVI_HOST"),
        port=environment.port(),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        # One process: limits are counted in its memory, and answers that come together share a commit.
        workers=1,
        runtime_mode=RuntimeModes.st,
        blocking_threads=THREADS,
        # A thread keeps its connection to the database, and that its cache.
        blocking_threads_idle_timeout=600,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=LogLevels.error,
        log_dictconfig=_LOGS,
    ).serve(target_loader=load)


# granian's own lines could tell the path of a request that failed.
_LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "kalevi.shell.logs.BareFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "_granian": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "granian.access": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}


def _worker() -> None:
    from kalevi.jobs.watches import LANES
    from kalevi.jobs.worker import run_until

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    # What a customer just said is understood beside a long import, not after it.
    lanes = [
        threading.Thread(target=run_until, args=(stop,), kwargs={"queues": frozenset({lane})})
        for lane in LANES
    ]
    for lane in lanes:
        lane.start()
    run_until(stop)
    for lane in lanes:
        lane.join()
