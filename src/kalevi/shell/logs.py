"""Log lines without personal data."""

import logging
import traceback


class BareFormatter(logging.Formatter):
    """Writes the time, the level, the logger and the message; of an exception only its kind and place.

    Exception texts and request paths may quote a customer, so neither is written.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; requests are told by their status alone."""
        bare = logging.makeLogRecord(record.__dict__)
        if record.name.startswith(("django.request", "django.server", "django.security")):
            bare.msg, bare.args = f"request answered with {getattr(record, 'status_code', '?')}", ()
        text = super().format(bare) if bare.exc_info is None else self._with_place(bare)
        return text.replace("\n", " ")

    def _with_place(self, record: logging.LogRecord) -> str:
        info, record.exc_info, record.exc_text = record.exc_info, None, None
        line = super().format(record)
        if not info or info[0] is None:
            return line
        frames = traceback.extract_tb(info[2])
        place = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames[-6:]))
        return f"{line} {info[0].__module__}.{info[0].__qualname__} at {place}"
