"""What the rows of the API tell: depends on the row, and on which touchpoints and organisations there are."""

import re
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from kalevi.channels.api import schemas
from kalevi.channels.api.models import AccountId
from kalevi.channels.api.receiving import INVALID
from kalevi.channels.api.sources import kind_of_id
from kalevi.interactions.models import Intake
from kalevi.interactions.told import Score, Told, Understood
from kalevi.journeys.models import Touchpoint
from kalevi.orders.told import Happened, Line
from kalevi.people.recognition import Person

UNKNOWN_TOUCHPOINT, UNKNOWN_ACCOUNT = "unknown_touchpoint", "unknown_account"
_LANGUAGES = frozenset({"fi", "sv", "en"})


def plain(text: str) -> str:
    """Return a text as both databases hold it."""
    return text.strip().replace("\x00", "\ufffd")


def person_of(one: schemas.Person | None, scope: str) -> Person | None:
    """Return who somebody is as far as the caller tells; None when nothing tells them from others."""
    if one is None:
        return None
    identities: list[tuple[str, str]] = []
    if one.external_id:
        identities.append((kind_of_id(scope), plain(one.external_id)))
    if email := plain(one.email).lower():
        identities.append(("email", email))
    digits = re.sub(r"[^\d+]", "", one.phone)
    if 6 <= len(digits) <= 20:
        identities.append(("phone", digits))
    if not identities:
        return None
    return Person(
        tuple(identities),
        plain(one.name),
        email,
        plain(one.phone)[:40],
        one.language,
        plain(one.account),
    )


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Return what rows of interactions tell; one that cannot be understood stays whole with the reason."""
    touchpoints = frozenset(Touchpoint.objects.values_list("key", flat=True))
    return [_understood(row, touchpoints) for row in rows]


def _understood(row: Intake, touchpoints: frozenset[str]) -> Understood:
    try:
        one = schemas.INTERACTION.validate_json(bytes(row.raw or b""))
    except ValidationError:
        return Understood(reason=INVALID)
    if one.touchpoint and one.touchpoint not in touchpoints:
        return Understood(reason=UNKNOWN_TOUCHPOINT)
    at = one.occurred_at or row.received_at
    first = Told(
        at,
        one.words if one.words and one.words.strip() else None,
        channel=one.channel,
        kind=one.kind,
        person=person_of(one.contact, row.scope),
        touchpoint=one.touchpoint or "",
        reference=one.id,
        language=one.language if one.language in _LANGUAGES else "",
        score=Score(one.score.kind, one.score.value, one.score.low, one.score.high) if one.score else None,
        expectation=one.expectation,
        outcome=one.outcome or "",
        feelings=one.feelings,
        strengths=one.strengths,
        told_by_colleague_id=0 if one.told_by_colleague else None,
    )
    if one.reply is None:
        return Understood((first,))
    answered = Told(
        max(one.reply.occurred_at or at, at),
        one.reply.words,
        channel=one.channel,
        kind="message",
        outbound=True,
        part=1,
        touchpoint=first.touchpoint,
    )
    return Understood((first, answered))


def accounts_known_as(scope: str, values: set[str]) -> dict[str, int]:
    """Return the organisations that a source knows by these ids."""
    if not values:
        return {}
    known = AccountId.objects.filter(scope=scope, value__in=values)
    return dict(known.values_list("value", "account_id"))


def interpret_orders(rows: Sequence[Intake]) -> list[Happened | str]:
    """Return what rows of orders tell, each as an event or as the key of the reason why it tells none."""
    read: list[tuple[Intake, schemas.OrderEvent | None]] = []
    wanted: dict[str, set[str]] = {}
    for row in rows:
        try:
            one = schemas.ORDER_EVENT.validate_json(bytes(row.raw or b""))
        except ValidationError:
            read.append((row, None))
            continue
        read.append((row, one))
        if one.account_external_id:
            wanted.setdefault(row.scope, set()).add(plain(one.account_external_id))
    accounts = {scope: accounts_known_as(scope, values) for scope, values in wanted.items()}
    return [_happened(row, one, accounts.get(row.scope, {})) if one else INVALID for row, one in read]


def _happened(row: Intake, one: schemas.OrderEvent, accounts: Mapping[str, int]) -> Happened | str:
    account_id = accounts.get(plain(one.account_external_id or ""))
    if one.account_external_id and account_id is None:
        return UNKNOWN_ACCOUNT
    return Happened(
        scope=row.scope,
        reference=plain(one.order),
        kind=one.event,
        occurred_at=one.occurred_at,
        promised_for=one.promised_for,
        complete=one.complete,
        lines=tuple(
            Line(plain(line.item), plain(line.name), line.quantity, plain(line.unit)) for line in one.lines
        ),
        person=person_of(one.contact, row.scope),
        account_id=account_id,
    )
