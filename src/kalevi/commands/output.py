"""Where a command's result goes: the screen, or a file that appears only when it is whole."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast


class CannotWriteError(Exception):
    """The result's file cannot be written."""

    def __init__(self, path: str) -> None:
        super().__init__("cannot write")
        self.path = path


@contextmanager
def output_to(path: str | None) -> Iterator[BinaryIO]:
    """A binary stream to standard output, or to a file that takes its name once everything is written.

    Raises CannotWriteError.
    """
    if not path or path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.exists(path) and not os.path.isfile(path):
        if os.path.isdir(path):
            raise CannotWriteError(path)
        with open(path, "wb") as special:
            yield cast(BinaryIO, special)
        return
    try:
        handle, temporary = tempfile.mkstemp(prefix=".kalevi-", dir=folder)
    except OSError as error:
        raise CannotWriteError(path) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield cast(BinaryIO, stream)
        os.chmod(temporary, 0o600)  # customers' words are for their reader alone
        os.replace(temporary, path)
    except BaseException as error:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise CannotWriteError(path) from error
        raise
