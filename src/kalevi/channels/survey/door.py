"""The front door: public surveys are answered here, everything else goes to the application behind.

A WSGI callable. An opened page and a stored answer take a twentieth of what a whole request through the
application takes, which is why it stands in front.
"""

import logging
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError

from kalevi.channels.survey.answers import MOST_BYTES
from kalevi.channels.survey.replies import Reply, answered, opened, sent, thanked
from kalevi.shell.callers import address_of
from kalevi.shell.numbers import whole_number

logger = logging.getLogger(__name__)
Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]
_PATH = re.compile(r"/s/([a-z0-9]{14})(?:/(thanks))?(?:/(fi|sv|en))?")
_STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class FrontDoor:
    """Stands before an application."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, or hand on what is not ours."""
        path: str = environ.get("PATH_INFO", "")
        if not path.startswith("/s/") or (found := _PATH.fullmatch(path)) is None:
            return self.application(environ, start_response)
        try:
            reply = _reply(environ, found[1], found[2] or "", found[3] or "")
        except DatabaseError as error:
            logger.warning("the front door has no database: %s", type(error).__name__)
            # Without a body: the page of the form then keeps what was written.
            reply = Reply(503, (("Retry-After", "5"), ("Cache-Control", "no-store")))
        if reply is None:
            return self.application(environ, start_response)
        headers, body = sent(reply, environ.get("HTTP_ACCEPT_ENCODING", ""))
        start_response(_STATUS[reply.status], [*headers, ("Content-Length", str(len(body)))])
        return [body]


def _reply(environ: Environ, key: str, part: str, language: str) -> Reply | None:
    method = environ["REQUEST_METHOD"]
    if method == "GET":
        if part:
            return thanked(key, language)
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return opened(key, language, accepted, environ.get("QUERY_STRING", ""))
    if method != "POST" or part or language:
        return None
    length = whole_number(environ.get("CONTENT_LENGTH") or "")
    if length is None:
        return Reply(411, ())
    if length > MOST_BYTES:
        return Reply(413, ())
    form = environ["wsgi.input"].read(length)
    # A body that was cut short is no answer yet; its sender was told nothing and sends it again.
    return answered(key, form, address_of(environ)) if len(form) == length else Reply(400, ())
