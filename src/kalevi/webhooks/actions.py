"""What administrators do to endpoints and deliveries; each writes its audit row."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.webhooks import signing
from kalevi.webhooks.kinds import TEST
from kalevi.webhooks.models import Delivery, Endpoint
from kalevi.webhooks.telling import Happening, write

BOTH_SIGN = timedelta(days=1)


def _record(action: str, endpoint: Endpoint, actor_id: int | None, **details: Any) -> None:
    record(action=f"webhooks.{action}", actor_id=actor_id, subject=f"endpoint:{endpoint.pk}", **details)


@transaction.atomic
def make_endpoint(
    *, name: str, url: str, kinds: Sequence[str], with_words: bool, actor_id: int | None
) -> Endpoint:
    """Return a new endpoint with a secret of its own."""
    endpoint = Endpoint.objects.create(
        name=name,
        url=url,
        kinds=sorted(kinds),
        with_words=with_words,
        salt=signing.new_salt(),
        made_at=timezone.now(),
        made_by_id=actor_id,
    )
    _record("make", endpoint, actor_id, kinds=endpoint.kinds, with_words=with_words)
    return endpoint


@transaction.atomic
def change_endpoint(
    *,
    endpoint: Endpoint,
    name: str,
    url: str,
    kinds: Sequence[str],
    with_words: bool,
    is_on: bool,
    actor_id: int | None,
) -> Endpoint:
    """Store where an endpoint is and what it is told; another address begins without a past of failures."""
    moved = endpoint.url != url
    endpoint.name, endpoint.url, endpoint.kinds = name, url, sorted(kinds)
    endpoint.with_words, endpoint.is_on = with_words, is_on
    endpoint.save(update_fields=["name", "url", "kinds", "with_words", "is_on"])
    if moved:
        _begin_anew(endpoint)
    _record("change", endpoint, actor_id, kinds=endpoint.kinds, with_words=with_words, on=is_on, moved=moved)
    return endpoint


@transaction.atomic
def use_again(*, endpoint: Endpoint, actor_id: int | None) -> None:
    """Begin again with an endpoint that we gave up on; what still waits is sent now."""
    _begin_anew(endpoint)
    _record("use_again", endpoint, actor_id)


def _begin_anew(endpoint: Endpoint) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(
        failures=0, failing_since=None, rests_until=None, disabled_at=None
    )
    now = timezone.now()
    Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING).update(
        next_try_at=now, begun_at=now, attempts=0
    )


@transaction.atomic
def show_secret(*, endpoint: Endpoint, actor_id: int | None) -> str:
    """Return the secret with which an endpoint knows that a message is ours."""
    _record("show_secret", endpoint, actor_id)
    return signing.shown(endpoint.salt)


@transaction.atomic
def change_secret(*, endpoint: Endpoint, actor_id: int | None) -> str:
    """Return a new secret; the older one signs beside it for a day."""
    endpoint.older_salt, endpoint.salt = endpoint.salt, signing.new_salt()
    endpoint.older_until = timezone.now() + BOTH_SIGN
    endpoint.save(update_fields=["salt", "older_salt", "older_until"])
    _record("change_secret", endpoint, actor_id)
    return signing.shown(endpoint.salt)


@transaction.atomic
def send_test(*, endpoint: Endpoint, actor_id: int | None) -> None:
    """Tell an endpoint something that means nothing, to see whether it arrives."""
    write(TEST, [Happening(f"endpoint:{endpoint.pk}")], [endpoint])
    Endpoint.objects.filter(pk=endpoint.pk).update(rests_until=None)
    _record("test", endpoint, actor_id)


@transaction.atomic
def send_again(*, delivery: Delivery, actor_id: int | None) -> None:
    """Send an event once more, under the same id, whatever became of it before."""
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.WAITING, attempts=0, begun_at=now, next_try_at=now, delivered_at=None
    )
    Endpoint.objects.filter(pk=delivery.endpoint_id).update(rests_until=None)
    _record("send_again", delivery.endpoint, actor_id, delivery=delivery.pk)


@transaction.atomic
def remove_endpoint(*, endpoint: Endpoint, actor_id: int | None) -> None:
    """Remove an endpoint with its deliveries; what it was told stands in the audit as kinds only."""
    _record("remove", endpoint, actor_id)
    endpoint.delete()
