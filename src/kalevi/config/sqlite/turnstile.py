"""A queue for the one writer that SQLite has, among all processes.

SQLite itself lets those who wait look again at growing intervals, up to a tenth of a second, so that somebody
who writes one transaction after another leaves them out. Here whoever waits holds a second lock, the queue,
which everybody passes: the busy writer stands behind them.
"""

import fcntl
import os
import time
from pathlib import Path

LONGEST_WAIT = 10.0
"""Seconds; after them the database's own lock decides, as if there were no queue."""
_LOOK_AGAIN = 0.0005


class Turnstile:
    """One connection's place: `enter` before writing, `leave` after. Locks end with their process.

    Both locks lie on empty files beside the database, and nothing depends on them but waiting times.
    """

    def __init__(self, database: Path) -> None:
        self._files: list[int] = []
        for name in ("queue", "turn"):
            path = database.with_name(f"{database.name}-{name}")
            self._files.append(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        self._inside = False

    def enter(self) -> None:
        """Wait for our turn. Does nothing when we have it."""
        if self._inside or not self._files:
            return
        queue, turn = self._files
        until = time.monotonic() + LONGEST_WAIT
        if _locked(queue, until):
            self._inside = _locked(turn, until)
            fcntl.flock(queue, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Let the next one in."""
        if self._inside:
            self._inside = False
            fcntl.flock(self._files[1], fcntl.LOCK_UN)

    def __enter__(self) -> None:
        self.enter()

    def __exit__(self, *error: object) -> None:
        self.leave()

    def close(self) -> None:
        """Leave for good."""
        self.leave()
        while self._files:
            os.close(self._files.pop())


def _locked(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_AGAIN)
        else:
            return True
