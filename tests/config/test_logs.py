"""No log line quotes a customer: not an exception, a request, a warning or the server's own errors."""

import logging
import subprocess
import sys
import textwrap
from typing import Any

import pytest

from kalevi.shell.logs import BareFormatter

SAID = "Matti Meikäläinen"


def line(name: str, message: object, *args: object, error: BaseException | None = None, **more: Any) -> str:
    record = logging.LogRecord(name, logging.WARNING, "x.py", 1, message, args, None)
    record.exc_info = (type(error), error, None) if error else None
    record.__dict__.update(more)
    return BareFormatter().format(record).split(" ", 3)[3]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (line("django.request", "Not Found: %s", f"/{SAID}", status_code=404), "request answered with 404"),
        (line("django.security.csrf", "Forbidden (%s): %s", SAID, SAID), "request answered with ?"),
        (line("x", "could not read: %s", KeyError(SAID)), "could not read: builtins.KeyError"),
        (line("x", "failed", error=ValueError(SAID)), "failed builtins.ValueError at"),
        (line("py.warnings", "%s", f"/a/b.py:7: UserWarning: {SAID}\n  warn(x)\n"), "UserWarning at b.py:7"),
        (line("x", "two\r\nlines\u2028 %s", 3), "two lines 3"),
    ],
)
def test_line_tells_kind_and_place(written: str, told: str) -> None:
    assert written.split(" ", 1)[1] == told


def test_what_python_prints_by_itself_is_bare_too() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            textwrap.dedent(
                """
                import gc, logging, threading, warnings
                from kalevi.shell.logs import BareFormatter, log_what_python_would_print
                handler = logging.StreamHandler()
                handler.setFormatter(BareFormatter())
                logging.basicConfig(handlers=[handler])
                log_what_python_would_print()
                def fail(*given): raise ValueError("Matti")
                class Odd:
                    __del__ = fail
                warnings.warn("Matti")
                thread = threading.Thread(target=fail)
                thread.start()
                thread.join()
                Odd()
                gc.collect()
                logging.warning("%s %s", "Matti")
                """
            ),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Matti" not in done.stderr
    assert [text.split(" ", 4)[4].split(" at ")[0] for text in done.stderr.splitlines()] == [
        "UserWarning",
        "a thread ended builtins.ValueError",
        "an exception was ignored builtins.ValueError",
    ]
