"""Tokens and what needs a look, as their page reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kalevi.channels.api.models import Token
from kalevi.channels.api.scopes import SCOPES
from kalevi.channels.api.sources import ORDERS, SOURCE
from kalevi.channels.api.wording import message
from kalevi.interactions.models import Intake


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token with what it may do, in words."""

    token: Token
    may: list[str]
    ended: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows need a look, and how many."""

    text: str
    count: int


def in_use(now: datetime) -> QuerySet[Token]:
    """Return the tokens that open anything."""
    return Token.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), revoked_at__isnull=True)


def tokens_for_administrator() -> list[ShownToken]:
    """Return all tokens, those in use first."""
    now = timezone.now()
    open_ones = set(in_use(now).values_list("pk", flat=True))
    shown = [
        ShownToken(
            token, [str(SCOPES.get(scope, scope)) for scope in token.scopes], token.pk not in open_ones
        )
        for token in Token.objects.order_by("-pk")[:200]
    ]
    return sorted(shown, key=lambda one: one.ended)


def reasons_for_administrator() -> list[Reason]:
    """Return why rows that other systems sent need a look, the commonest first."""
    rejected = Intake.objects.filter(state=Intake.State.REJECTED, source__in=(SOURCE, ORDERS))
    counted = rejected.values_list("reason").annotate(count=Count("pk")).order_by("-count", "reason")
    return [Reason(message(reason), count) for reason, count in counted]
