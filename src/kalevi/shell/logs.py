"""Log lines without personal data."""

import logging
import re
import sys
import threading
import traceback
from typing import Any

logger = logging.getLogger(__name__)
_REQUESTS = ("django.request", "django.server", "django.security")
_WARNING = re.compile(r"(?P<place>.*?:\d+): (?P<kind>\w+):.*", re.DOTALL)


class BareFormatter(logging.Formatter):
    """Writes the time, the level, the logger and the message; of an exception only its kind and place.

    Exception texts, warnings and requests may quote a customer, so none of them is written.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; requests are told by their status alone."""
        bare = logging.makeLogRecord(record.__dict__)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        bare.msg, bare.args = _message(record), ()
        return " ".join((super().format(bare) + _kind_and_place(record.exc_info)).split())


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith(_REQUESTS):
        return f"request answered with {getattr(record, 'status_code', '?')}"
    if isinstance(record.msg, BaseException):
        return _kind(record.msg)
    if isinstance(record.args, tuple):
        record = logging.makeLogRecord(
            {
                **record.__dict__,
                "args": tuple(_kind(a) if isinstance(a, BaseException) else a for a in record.args),
            }
        )
    text = record.getMessage()
    if record.name == "py.warnings":
        found = _WARNING.match(text)
        return f"{found['kind']} at {found['place'].rsplit('/', 1)[-1]}" if found else "a warning"
    return text


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _kind_and_place(raised: Any) -> str:
    if not raised or raised is True or raised[1] is None:
        return ""
    frames = traceback.extract_tb(raised[2])
    place = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames[-6:]))
    return f" {_kind(raised[1])} at {place}"


def log_what_python_would_print() -> None:
    """Send warnings and uncaught exceptions through the log, since Python prints their texts."""
    logging.captureWarnings(True)
    logging.raiseExceptions = False

    def in_thread(hook: threading.ExceptHookArgs) -> None:
        raised: Any = (hook.exc_type, hook.exc_value, hook.exc_traceback)
        logger.error("a thread ended", exc_info=raised)

    def ignored(hook: Any) -> None:
        raised: Any = (hook.exc_type, hook.exc_value, hook.exc_traceback)
        logger.error("an exception was ignored", exc_info=raised)

    threading.excepthook = in_thread
    sys.unraisablehook = ignored
