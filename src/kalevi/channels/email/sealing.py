"""Passwords sealed for the disk, and signs by which our own addresses are known; both from the secret key."""

import base64
import hashlib
import hmac
import re

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_SIGN_BYTES, _ID_BYTES = 10, 6
_SIGN = re.compile(r"[a-z2-7]{26}")


class SealedError(Exception):
    """A password that cannot be read: it was sealed with another secret key."""


def _key(purpose: bytes) -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose).digest()


def sealed(password: str) -> str:
    """Return a password as it may lie in the database and its backups; an empty one stays empty."""
    if not password:
        return ""
    return Fernet(base64.urlsafe_b64encode(_key(b"kalevi-mail"))).encrypt(password.encode()).decode()


def opened(text: str) -> str:
    """Return a password. Raises SealedError."""
    if not text:
        return ""
    try:
        return Fernet(base64.urlsafe_b64encode(_key(b"kalevi-mail"))).decrypt(text.encode()).decode()
    except (InvalidToken, ValueError) as error:
        raise SealedError from error


def sign(number: int, purpose: bytes = b"kalevi-reply") -> str:
    """Return 26 letters and digits that name a sending and that nobody else can make."""
    raw = number.to_bytes(_ID_BYTES, "big")
    mark = hmac.digest(_key(purpose), raw, "sha256")[:_SIGN_BYTES]
    return base64.b32encode(raw + mark).decode().rstrip("=").lower()


def signed(text: str) -> int | None:
    """Return the number of a sign; None for one that we did not make."""
    if not _SIGN.fullmatch(text.lower()):
        return None
    raw = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    number = int.from_bytes(raw[:_ID_BYTES], "big")
    return number if hmac.compare_digest(sign(number), text.lower()) else None


def digest_of(text: str) -> bytes:
    """Return 16 bytes that stand for an address or an id without telling it to who reads the table."""
    value = text.strip().lower().encode("utf-8", "replace")
    return hashlib.blake2b(value, digest_size=16, key=_key(b"kalevi-known")).digest()


def bare(address: str) -> str:
    """Return an address in lower case without what follows a plus: what a mail program varies by itself."""
    local, at, domain = address.strip().lower().rpartition("@")
    return f"{local.split('+', 1)[0] or local}{at}{domain}"
