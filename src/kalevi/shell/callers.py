"""Who calls, as far as limits are counted: one rule for every door."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def address_of(environ: Mapping[str, Any]) -> str:
    """Return from where a request comes: behind a proxy that speaks TLS for us, whom it names last.

    Without one nobody is believed: anybody may write X-Forwarded-For. At most 64 characters.
    """
    forwarded = str(environ.get("HTTP_X_FORWARDED_FOR", ""))
    if forwarded and settings.ADDRESS.startswith("https://"):
        return forwarded.rpartition(",")[2].strip()[:64]
    return str(environ.get("REMOTE_ADDR", ""))[:64]
