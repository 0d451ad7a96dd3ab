"""The same Idempotency-Key and the same request: the same answer. Another request: refused."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest
from django.utils import timezone

from kalevi.channels.api.auth import caller, scope_of
from kalevi.channels.api.models import Reply
from kalevi.channels.api.problems import ProblemError, invalid
from kalevi.channels.api.wording import message
from kalevi.interactions.intake import digest

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")
_TRIES = 8
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Done(NamedTuple):
    """What was done: the status and the body of the answer; ids and states only."""

    status: int
    body: dict[str, Any]


def key_of(request: HttpRequest) -> str:
    """Return the key of a request; empty when it has none. Raises ProblemError for one that cannot be."""
    if (key := request.headers.get(HEADER)) is None:
        return ""
    if not _KEY.fullmatch(key):
        raise invalid(HEADER, "bad_key", message("bad_key"))
    return key


def once(
    request: HttpRequest, raw: bytes, do: Callable[[], Done], *, before: Iterable[Callable[[], None]] = ()
) -> Done:
    """Do something in one transaction and answer it; what was done under this key is answered again.

    Each step of `before` has a transaction of its own and may be done again without harm. The answer is
    given after the commit. Two callers with the same thing at once: one does it, the other tries again and
    finds it done. Raises ProblemError when the key came with another request, and when nothing can be stored.
    """
    key, scope = key_of(request), scope_of(caller(request))
    name = digest(b"key", key.encode())
    told = digest(
        (request.method or "").encode(), request.path.encode(), (request.content_type or "").encode(), raw
    )

    def known() -> Done | None:
        reply = Reply.objects.filter(scope=scope, key=name).first() if key else None
        if reply is not None and bytes(reply.request) != told:
            raise ProblemError("key-used")
        return Done(reply.status, reply.body) if reply else None

    def finish() -> Done:
        if (found := known()) is not None:
            return found
        done = do()
        if key:
            Reply.objects.create(
                scope=scope, key=name, request=told, status=done.status, body=done.body, at=timezone.now()
            )
        return done

    steps = list(before)
    if steps and (found := known()) is not None:
        return found
    for step in steps:
        _stored(step)
    return _stored(finish)


def _stored(do: Callable[[], Result]) -> Result:
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return do()
        except IntegrityError:
            # Somebody stored the same thing between our look and our write.
            time.sleep(0.01 * attempt)
        except OperationalError as error:
            if attempt >= 2:
                logger.error("nothing could be stored: %s", type(error).__name__)
                break
    raise ProblemError("busy", headers={"Retry-After": "5"})
