"""Links without a login: a number and a seal only this installation can make. Nothing of them is stored."""

import hashlib
from dataclasses import dataclass
from functools import cache
from hmac import compare_digest

from django.conf import settings

from kalevi.shell.numbers import whole_number

# 120 bits.
_LENGTH = 15


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of one kind of link: what is sealed for one purpose opens nothing else.

    A purpose has at most 16 bytes and never changes: the links that people hold would end.
    """

    purpose: bytes

    def text_of(self, number: int) -> str:
        """Return a link as text."""
        return f"{number}-{self._over(number)}"

    def number_of(self, text: str) -> int | None:
        """Return the number that a text stands for; None for one that was not sealed here."""
        told, _dash, seal = text.partition("-")
        number = whole_number(told)
        if number is None:
            return None
        ours = compare_digest(seal.encode("utf-8", "replace"), self._over(number).encode())
        return number if ours else None

    def _over(self, number: int) -> str:
        key = _key(settings.SECRET_KEY, self.purpose)
        return hashlib.blake2b(b"%d" % number, key=key, digest_size=_LENGTH).hexdigest()


@cache
def _key(secret: str, purpose: bytes) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=purpose).digest()
