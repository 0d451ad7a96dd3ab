"""Where webhooks may go: the open internet, and those private hosts that the installation names."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
MOST_TRIED = 3
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedError(Exception):
    """(the key of the reason,): bad_address, no_https, unknown_host or private_address."""

    @property
    def reason(self) -> str:
        """The key of the reason."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` as the certificate has it, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


def private_hosts() -> frozenset[str]:
    """Return the names of private hosts that may be called, in plain HTTP too."""
    return frozenset(settings.WEBHOOK_PRIVATE_HOSTS)


def target(url: str) -> Target:
    """Return an address taken apart. Raises RefusedError for what is no address of another system."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
        host = host if ":" in host else host.encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        raise RefusedError("bad_address") from None
    odd = parts.username is not None or parts.password is not None or parts.fragment
    if parts.scheme not in ("https", "http") or not host or odd or not url.isprintable() or " " in url:
        raise RefusedError("bad_address")
    if parts.scheme == "http" and host not in private_hosts():
        raise RefusedError("no_https")
    if port == 0:
        raise RefusedError("bad_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise RefusedError("bad_address")
    return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def resolved(to: Target) -> list[str]:
    """Return the addresses to connect to, looked up once. Raises RefusedError.

    Every address that the name has must be allowed: one private among them refuses them all.
    """
    try:
        found = socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedError("unknown_host") from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses:
        raise RefusedError("unknown_host")
    if to.host not in private_hosts() and not all(map(is_open, addresses)):
        raise RefusedError("private_address")
    return list(dict.fromkeys(addresses))[:MOST_TRIED]


def is_open(address: str) -> bool:
    """Whether an address is one of the open internet, also when it hides in an IPv6 address."""
    try:
        found: _Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: _Address | None = None
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64 or int(found) >> 32 == 0:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if inner is not None and not is_open(str(inner)):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
