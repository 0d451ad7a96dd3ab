"""A progress bar on stderr for long work, and silence otherwise."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import rich.progress

PATIENCE_SECONDS = 1.0


class Progress:
    """Shows itself on a terminal once the work has taken a second. `share` tells how much is done, 0–1."""

    def __init__(self, words: str, share: Callable[[], float | None]) -> None:
        self._words, self._share = words, share
        self._begun = time.monotonic()
        self._bar: rich.progress.Progress | None = None
        self._seen = sys.stderr.isatty()

    def show(self, done: int) -> None:
        """Tell how many rows are done."""
        if not self._seen or time.monotonic() - self._begun < PATIENCE_SECONDS:
            return
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        share = self._share()
        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"))
            self._bar = Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.add_task(self._words, total=None if share is None else 1.0, done="")
            self._bar.start()
        self._bar.update(
            self._bar.task_ids[0], completed=share or 0.0, done=f"{done:,}".replace(",", "\u00a0")
        )

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._seen = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()
