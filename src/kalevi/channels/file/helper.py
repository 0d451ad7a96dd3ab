"""Runs generators in processes of their own, so that reading words and writing rows use all cores.

A helper is a fork: it shares the loaded reader with its parent, never touches the database, and dies with
its parent.
"""

import ctypes
import fcntl
import gc
import os
import pickle
import signal
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle
from typing import Any, Generic, NoReturn, TypeVar

from django.db import connections

from kalevi.tables import TableError

Item = TypeVar("Item")
_LENGTH = struct.Struct("<Q")
_SET_PIPE_SIZE, _SET_DEATH_SIGNAL = 1031, 1
_PIPE_BYTES = 1024 * 1024
_RARELY = (50_000, 20, 100)


class HelperLostError(Exception):
    """The helper ended before its work did; `kind` names the error it ended with, if it could say so."""

    def __init__(self, kind: str = "killed") -> None:
        super().__init__(kind)
        self.kind = kind


@contextmanager
def rarely_swept() -> Iterator[None]:
    """Look for garbage in rings rarely, and not among what was there before: a batch is many small objects.

    Looking as often as Python does took a fifth of what storing a row takes.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Helpers(Generic[Item]):
    """What the makers yield, one of each in turn until one ends, each made in a forked process.

    The processes begin at once, and with them every connection to the database of this thread is a new one.
    Iterating raises their TableError, and HelperLostError. Close it when done, or use it as a context.
    """

    def __init__(self, makers: Sequence[Callable[[], Iterable[Item]]]) -> None:
        # No connection may be open in two processes.
        connections.close_all()
        self._helpers: list[tuple[int, Any]] = []
        for make in makers:
            receiving, sending = os.pipe()
            fcntl.fcntl(sending, _SET_PIPE_SIZE, _PIPE_BYTES)
            parent = os.getpid()
            child = os.fork()
            if child == 0:
                os.close(receiving)
                _work(make, sending, parent)
            os.close(sending)
            self._helpers.append((child, os.fdopen(receiving, "rb", buffering=_PIPE_BYTES)))

    def __iter__(self) -> Iterator[Item]:
        """Yield from each in turn."""
        for _child, pipe in cycle(self._helpers):
            kind, value = _receive(pipe)
            if kind == "item":
                yield value
            elif kind == "end":
                return
            elif kind == "table":
                raise TableError(value[0], **value[1])
            else:
                raise HelperLostError(value)

    def close(self) -> None:
        """End the processes."""
        while self._helpers:
            child, pipe = self._helpers.pop()
            pipe.close()
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _receive(pipe: Any) -> tuple[str, Any]:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise HelperLostError
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise HelperLostError
    # What our own fork wrote: nobody else holds the other end.
    message: tuple[str, Any] = pickle.loads(body)  # noqa: S301
    return message


def _work(make: Callable[[], Iterable[Any]], sending: int, parent: int) -> NoReturn:
    code = 1
    try:
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Whoever holds the database's lock, and whoever answers a page, goes before us.
        os.nice(5)
        gc.freeze()  # so that it stays shared
        gc.set_threshold(*_RARELY)
        with os.fdopen(sending, "wb", buffering=0) as pipe:
            try:
                for item in make():
                    _send(pipe, ("item", item))
                _send(pipe, ("end", None))
            except TableError as error:
                _send(pipe, ("table", (error.reason, error.details)))
            except BrokenPipeError:
                raise
            except BaseException as error:
                # The text of an error may quote a customer; its kind does not.
                _send(pipe, ("error", f"{type(error).__module__}.{type(error).__qualname__}"))
        code = 0
    finally:
        # Never the parent's clean-up: its threads, its buffers and its database are not ours.
        os._exit(code)


def _send(pipe: Any, message: tuple[str, Any]) -> None:
    body = pickle.dumps(message, protocol=5)
    data = memoryview(_LENGTH.pack(len(body)) + body)
    while data:
        data = data[pipe.write(data) :]
