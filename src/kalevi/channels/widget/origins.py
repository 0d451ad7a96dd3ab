"""Which pages may ask: an origin is a scheme, a host and a port, nothing else."""

from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from kalevi.channels.widget.models import Site

FRESH_SECONDS = 5.0
_seen: dict[str, tuple[float, bool]] = {}


def origin_in(text: str) -> str | None:
    """Return the origin of what somebody typed, such as www.example.fi/shop; None where there is none."""
    text = text.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username or " " in host:
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")


def may_ask(origin: str) -> bool:
    """Return whether the pages of an origin may show our questions; our own may."""
    if origin == settings.ADDRESS:
        return True
    now = monotonic()
    seen = _seen.get(origin)
    if seen is not None and now - seen[0] < FRESH_SECONDS:
        return seen[1]
    if len(_seen) > 1_000:
        _seen.clear()
    found = bool(origin) and Site.objects.filter(origin=origin[:200]).exists()
    _seen[origin] = (now, found)
    return found


def forget() -> None:
    """Forget what was looked up; something was added, removed or restored."""
    _seen.clear()
