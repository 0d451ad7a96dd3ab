"""The folder of a demo, which a marker file tells from the home of a real installation."""

import json
import os
import shutil
from datetime import datetime
from pathlib import Path

_MARKER = "demo.json"


class NotADemoError(Exception):
    """The folder holds something that no demo made: it is neither filled nor emptied."""


def begin(home: Path, *, now: datetime, fresh: bool = False) -> datetime:
    """Make a home for the demo, or find the one there is; return the moment the demo is made for.

    `fresh` empties a home that a demo made. Raises NotADemoError, with nothing changed, for any other folder
    with something in it.
    """
    marker = home / _MARKER
    if home.is_dir() and any(home.iterdir()) and not marker.is_file():
        raise NotADemoError
    if fresh and marker.is_file():
        _empty(home)
    if not marker.is_file():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        partial = home / f".{_MARKER}"
        partial.write_text(json.dumps({"made_for": now.isoformat()}), encoding="utf-8")
        partial.replace(marker)
    made_for: str = json.loads(marker.read_text(encoding="utf-8"))["made_for"]
    return datetime.fromisoformat(made_for)


def _empty(home: Path) -> None:
    """Delete what is in the home, the marker last: killed half-way, it is still known as a demo's."""
    for entry in sorted(home.iterdir(), key=lambda path: path.name == _MARKER):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            os.unlink(entry)
