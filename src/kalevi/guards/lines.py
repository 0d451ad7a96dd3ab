"""Files beside the database that only grow: one JSON object a line, on disk before anything goes on."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def append(path: Path, line: Mapping[str, Any]) -> None:
    """Add a line, readable by its owner only, and wait until it is on disk. Raises OSError."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        # A line that a power failure cut short must not swallow this one.
        begin = b"\n" if size and os.pread(file.fileno(), 1, size - 1) != b"\n" else b""
        file.write(begin + json.dumps(dict(line)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield every line, oldest first; one cut short by a power failure is passed over."""
    if not path.exists():
        return
    for text in path.read_bytes().split(b"\n"):
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield line
