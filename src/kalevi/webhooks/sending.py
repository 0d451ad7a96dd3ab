"""Sending what waits: at least once each, for three days, and never one slow receiver before all others."""

import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from kalevi.guards.rows import adapt_datetime, any_row
from kalevi.jobs import leases
from kalevi.webhooks import signing
from kalevi.webhooks.kinds import PREFIX, described
from kalevi.webhooks.models import Delivery, Endpoint, Event
from kalevi.webhooks.posting import Answer, post

BACKOFF = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1_800, 7_200, 18_000, 36_000, 57_600, 72_000))
KEEPS_TRYING = timedelta(days=3)
LONGEST_REST = timedelta(hours=1)
BATCH, THREADS, RUN_SECONDS = 40, 4, 20.0


class Message(NamedTuple):
    """One delivery, ready to be sent."""

    delivery_id: int
    url: str
    body: bytes
    headers: dict[str, str]


def body_of(event: Event, *, with_words: bool) -> bytes:
    """Return an event as CloudEvents 1.0 in JSON."""
    told = {
        "specversion": "1.0",
        "id": event.key,
        "source": settings.ADDRESS,
        "type": PREFIX + event.kind,
        "subject": event.subject.replace(":", "/"),
        "time": event.at.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": described(event, with_words=with_words),
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def something_is_due() -> bool:
    """Whether anything waits to be sent now."""
    now = adapt_datetime(timezone.now())
    return any_row(
        "SELECT 1 FROM webhooks_delivery d JOIN webhooks_endpoint e ON e.id = d.endpoint_id"
        " WHERE d.state = %s AND d.next_try_at <= %s AND e.is_on AND e.disabled_at IS NULL"
        " AND (e.rests_until IS NULL OR e.rests_until <= %s)",
        [str(Delivery.State.WAITING), now, now],
    )


def send_due() -> int:
    """Send what is due, for `RUN_SECONDS` at most; return how many deliveries arrived."""
    begun, arrived = time.monotonic(), 0
    while time.monotonic() - begun < RUN_SECONDS:
        due = _due(timezone.now())
        if not due:
            break
        arrived += _send(due)
        leases.report(done=arrived)
    return arrived


def _due(now: datetime) -> list[Delivery]:
    return list(
        Delivery.objects.filter(
            Q(endpoint__rests_until__isnull=True) | Q(endpoint__rests_until__lte=now),
            state=Delivery.State.WAITING,
            next_try_at__lte=now,
            endpoint__is_on=True,
            endpoint__disabled_at__isnull=True,
        )
        .select_related("event", "endpoint")
        .order_by("next_try_at", "pk")[:BATCH]
    )


def _send(due: list[Delivery]) -> int:
    now = timezone.now()
    groups: dict[int, list[Message]] = {}
    for delivery in due:
        endpoint, event = delivery.endpoint, delivery.event
        body = body_of(event, with_words=endpoint.with_words)
        headers = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "User-Agent": "Kalevi-webhooks/1",
            **signing.headers(key=event.key, at=now, body=body, signers=signing.secrets_of(endpoint, now)),
        }
        groups.setdefault(endpoint.pk, []).append(Message(delivery.pk, endpoint.url, body, headers))
    with ThreadPoolExecutor(THREADS) as threads:
        answers = {
            number: answer for part in threads.map(_one_by_one, groups.values()) for number, answer in part
        }
    with leases.effect():
        return _keep(due, answers)


def _one_by_one(messages: Iterable[Message]) -> list[tuple[int, Answer]]:
    """Send the messages of one endpoint in order; the first that fails lets the rest wait."""
    answers = []
    for message in messages:
        answer = post(message.url, message.body, message.headers)
        answers.append((message.delivery_id, answer))
        if answer.problem:
            break
    return answers


def _keep(due: list[Delivery], answers: dict[int, Answer]) -> int:
    now, arrived = timezone.now(), 0
    for delivery in due:
        answer = answers.get(delivery.pk)
        if answer is None:
            continue
        delivery.attempts += 1
        delivery.last_try_at, delivery.status, delivery.problem = now, answer.status, answer.problem
        if not answer.problem:
            delivery.state, delivery.delivered_at = Delivery.State.DELIVERED, now
            arrived += 1
            _well(delivery.endpoint_id)
        else:
            last = delivery.begun_at + KEEPS_TRYING
            wait = BACKOFF[min(delivery.attempts, len(BACKOFF)) - 1]
            delivery.next_try_at = min(now + wait, max(last, now))
            if now >= last or answer.problem == "gone":
                delivery.state = Delivery.State.GIVEN_UP
            _failed(delivery, answer, now)
        delivery.save()
    return arrived


def _well(endpoint_id: int) -> None:
    Endpoint.objects.filter(pk=endpoint_id, failures__gt=0).update(
        failures=0, failing_since=None, rests_until=None
    )


def _failed(delivery: Delivery, answer: Answer, now: datetime) -> None:
    mine = Endpoint.objects.filter(pk=delivery.endpoint_id)
    mine.filter(failing_since__isnull=True).update(failing_since=now)
    endpoint = mine.get()
    rest = min(timedelta(seconds=5 * 2 ** min(endpoint.failures, 12)), LONGEST_REST)
    mine.update(failures=F("failures") + 1, rests_until=now + rest)
    lasting = endpoint.failing_since is not None and now - endpoint.failing_since >= KEEPS_TRYING
    if answer.problem == "gone" or (delivery.state == Delivery.State.GIVEN_UP and lasting):
        _disable(endpoint, now)


def _disable(endpoint: Endpoint, now: datetime) -> None:
    from kalevi.audit.actions import record

    if Endpoint.objects.filter(pk=endpoint.pk, disabled_at__isnull=True).update(disabled_at=now):
        record(action="webhooks.disable", actor_id=None, subject=f"endpoint:{endpoint.pk}")
