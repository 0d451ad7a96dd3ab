"""Signatures by the Standard Webhooks specification: HMAC-SHA256 over id, time and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from kalevi.webhooks.models import Endpoint

PREFIX = "whsec_"


def new_salt() -> str:
    """Return what a new secret is derived from."""
    return secrets.token_hex(16)


def secret(salt: str) -> bytes:
    """Return the 32 bytes of a secret: a copy of the database alone does not tell it."""
    return hmac.new(
        settings.SECRET_KEY.encode(), b"kalevi.webhooks:" + salt.encode(), hashlib.sha256
    ).digest()


def shown(salt: str) -> str:
    """Return a secret as it is given to the receiver."""
    return PREFIX + base64.b64encode(secret(salt)).decode()


def secrets_of(endpoint: Endpoint, now: datetime) -> list[bytes]:
    """Return the secrets that sign now: the newest first, and the older one while it holds."""
    found = [secret(endpoint.salt)]
    if endpoint.older_salt and endpoint.older_until and now < endpoint.older_until:
        found.append(secret(endpoint.older_salt))
    return found


def headers(*, key: str, at: datetime, body: bytes, signers: Sequence[bytes]) -> dict[str, str]:
    """Return the three headers by which a receiver knows the message and that it is ours."""
    moment = str(int(at.timestamp()))
    signed = b".".join((key.encode(), moment.encode(), body))
    signatures = [
        base64.b64encode(hmac.new(one, signed, hashlib.sha256).digest()).decode() for one in signers
    ]
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
