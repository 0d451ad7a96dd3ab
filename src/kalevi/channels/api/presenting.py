"""Interactions, customers, organisations and orders as callers see them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kalevi.channels.api.models import AccountId
from kalevi.channels.api.sources import kind_of_id
from kalevi.interactions.models import Interaction, Reading, SelfFeeling
from kalevi.interactions.own_themes import Known, known_themes
from kalevi.interactions.packing import unpacked
from kalevi.orders.queries import Outcome
from kalevi.people.models import Account, Contact, Identity


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def interactions(ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return interactions in this order, by four queries."""
    found = Interaction.objects.select_related("touchpoint").in_bulk(ids)
    feelings: dict[int, list[Felt]] = {}
    for number, words, strength in (
        SelfFeeling.objects.filter(interaction__in=ids, words__isnull=False)
        .order_by("pk")
        .values_list("interaction_id", "words", "strength")
    ):
        feelings.setdefault(number, []).append((words or "", strength))
    newest = {one.interaction_id: one for one in Reading.objects.filter(interaction__in=ids).order_by("pk")}
    known = known_themes()
    return [
        _interaction(found[number], feelings.get(number, []), newest.get(number), known)
        for number in ids
        if number in found
    ]


Felt = tuple[str, int | None]


def _interaction(
    one: Interaction, feelings: list[Felt], read: Reading | None, known: Known
) -> dict[str, Any]:
    return {
        **minimal(one),
        "received_at": _moment(one.received_at),
        "from_us": one.outbound,
        "told_by_colleague": one.told_by_colleague_id is not None,
        "words": one.verbatim,
        "erased": one.erasure_id is not None,
        "language": one.language,
        "feelings": [words for words, _strength in feelings],
        "strengths": [strength for _words, strength in feelings],
        "expectation": one.expectation,
        "outcome": one.outcome or None,
        "reference": one.reference,
        "older_version": _id(one.older_version_id),
        "answers": _id(one.answers_id),
        "reading": reading(one, read),
        "own_themes": [
            {"key": theme.key, "name": known.name(theme.key), "evidence": list(theme.evidence)}
            for theme in known.of([one.verbatim or ""])[0]
            if not one.outbound
        ],
    }


def minimal(one: Interaction) -> dict[str, Any]:
    """Return what may be told of an interaction without its words: ids, keys, times and the score."""
    score = one.score
    return {
        "id": str(one.pk),
        "occurred_at": _moment(one.occurred_at),
        "channel": one.channel,
        "kind": one.kind,
        "contact_id": _id(one.contact_id),
        "touchpoint": one.touchpoint.key if one.touchpoint else None,
        "source": one.source,
        "score": None
        if score is None
        else {"kind": one.score_kind, "value": score, "low": one.score_low, "high": one.score_high},
    }


def reading(one: Interaction, read: Reading | None) -> dict[str, Any] | None:
    """Return what a model read, with its evidence as offsets; None where there are no words to read."""
    if read is None or not one.verbatim:
        return None
    found = unpacked(
        read.body, text=one.verbatim, language=read.language, sentiment=read.sentiment, model=read.model
    )
    return {
        "model": read.model,
        "language": read.language,
        "sentiment": read.sentiment,
        "feelings": [
            {
                "key": f.feeling,
                "confidence": f.confidence,
                "evidence": list(f.evidence),
                "intensity": f.intensity,
            }
            for f in found.feelings
        ],
        "hots": [
            {"key": h.kind, "confidence": h.confidence, "evidence": list(h.evidence or (h.span,))}
            for h in found.hots
        ],
        "themes": [
            {"key": t.key, "confidence": t.confidence, "evidence": list(t.evidence)} for t in found.themes
        ],
        "marks": [
            {"key": m.mark, "confidence": m.confidence, "evidence": list(m.evidence)} for m in found.marks
        ],
    }


def contact(one: Contact, scope: str) -> dict[str, Any]:
    """Return a customer as the source `scope` may know them."""
    mine = Identity.objects.filter(contact=one, kind=kind_of_id(scope)).order_by("pk")
    return {
        "id": str(one.pk),
        "external_id": mine.values_list("value", flat=True).first(),
        "name": one.name,
        "email": one.email,
        "phone": one.phone,
        "language": one.language,
        "account_id": _id(one.account_id),
        "side": one.side,
        "stage": one.stage,
        "in_peace_since": _moment(one.in_peace_since),
        "erased": one.erasure_id is not None,
        "merged_into": _id(one.merged_into_id),
    }


def account(one: Account, scope: str) -> dict[str, Any]:
    """Return an organisation as the source `scope` may know it."""
    mine = AccountId.objects.filter(account=one, scope=scope).order_by("pk")
    return {
        "id": str(one.pk),
        "external_id": mine.values_list("value", flat=True).first(),
        "name": one.name,
        "business_id": one.business_id,
        "line_of_business": one.line_of_business,
    }


def orders(found: Iterable[Outcome], now: datetime) -> list[dict[str, Any]]:
    """Return orders as they stand."""
    return [_order(one, now) for one in found]


def _order(one: Outcome, now: datetime) -> dict[str, Any]:
    late = one.late_by(now)
    return {
        "id": str(one.order.pk),
        "order": one.order.reference,
        "contact_id": _id(one.order.contact_id),
        "account_id": _id(one.order.account_id),
        "ordered_at": _moment(one.ordered_at),
        "first_promised_for": _moment(one.first_promised_for),
        "promised_for": _moment(one.promised_for),
        "shipped_at": _moment(one.shipped_at),
        "delivered_at": _moment(one.delivered_at),
        "cancelled_at": _moment(one.cancelled_at),
        "returned_at": _moment(one.returned_at),
        "complete": one.complete,
        "differences": [
            {"item": d.item, "ordered": d.ordered, "delivered": d.delivered} for d in one.differences
        ],
        "late_minutes": None if late is None else round(late.total_seconds() / 60, 1),
    }
