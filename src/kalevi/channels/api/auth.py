"""Who calls: a bearer token, of which only a digest is known."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from math import ceil
from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from kalevi.channels.api.limits import PER_ADDRESS, PER_TOKEN, WRONG_TOKENS
from kalevi.channels.api.models import Token
from kalevi.channels.api.problems import ProblemError
from kalevi.shell.callers import address_of

PREFIX = "kalevi_"
_LAST_USED_EVERY = timedelta(minutes=5)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


class Bearer(HttpBearer):
    """`Authorization: Bearer kalevi_…`."""

    def __call__(self, request: HttpRequest) -> Token | None:
        """Return the token; raises ProblemError for none, an unknown one, and too many requests."""
        address, now = address_of(request.META), monotonic()
        if wait := PER_ADDRESS.take(address, now) or WRONG_TOKENS.wait_for(address, now):
            raise too_often(wait)
        token: Token | None = super().__call__(request)
        if token is None:
            WRONG_TOKENS.take(address, now)
            raise ProblemError("no-token", headers={"WWW-Authenticate": "Bearer"})
        if wait := PER_TOKEN.take(str(token.pk), now):
            raise too_often(wait)
        return token

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """Return the token with this text while it is in use."""
        now = timezone.now()
        known = Token.objects.filter(digest=digest(token.strip()), revoked_at__isnull=True).first()
        if known is None or (known.ends_at is not None and known.ends_at <= now):
            return None
        if known.last_used_at is None or now - known.last_used_at > _LAST_USED_EVERY:
            Token.objects.filter(pk=known.pk).update(last_used_at=now)
        return known


def too_often(seconds: float) -> ProblemError:
    """Return the problem of somebody who has to wait."""
    wait = max(1, ceil(seconds))
    return ProblemError("too-often", headers={"Retry-After": str(wait)}, seconds=wait)


def needs(scope: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let only tokens with a scope through to an endpoint."""

    def decorate(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(endpoint)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if scope not in caller(request).scopes:
                raise ProblemError("not-allowed", scope=scope)
            return endpoint(request, *args, **kwargs)

        guarded.scope = scope  # type: ignore[attr-defined]  # read by the reference
        return guarded

    return decorate


def caller(request: HttpRequest) -> Token:
    """Return the token of a request that was let in."""
    token: Token = request.auth  # type: ignore[attr-defined]  # set by ninja
    return token


def scope_of(token: Token) -> str:
    """Return whose ids a token's ids are."""
    return f"api:{token.source}"
