"""The token in a form: which version was asked in which language, when it was opened, and that it is ours.

The same token with the same words is the same answer, however often it is sent.
"""

import hashlib
import secrets
from functools import cache
from hmac import compare_digest
from time import time
from typing import NamedTuple

from django.conf import settings

_LENGTH = 9


class Token(NamedTuple):
    """What a token tells: `opened` is in seconds since 1970."""

    version: int
    language: str
    opened: int


@cache
def _key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"kalevi.survey").digest()


def _seal(head: bytes) -> bytes:
    return hashlib.blake2b(head, key=_key(), digest_size=_LENGTH).hexdigest().encode()


def new_token(version: int, language: str) -> bytes:
    """Return a token for one opening of a form."""
    head = b"%d.%s.%x.%s" % (version, language.encode(), int(time()), secrets.token_hex(8).encode())
    return head + b"." + _seal(head)


def read_token(token: bytes) -> Token | None:
    """Return what a token tells; None for one that is not ours."""
    head, _dot, seal = token.rpartition(b".")
    parts = head.split(b".")
    if len(parts) != 4 or not compare_digest(seal, _seal(head)):
        return None
    return Token(int(parts[0]), parts[1].decode(), int(parts[2], 16))
