"""A promise as other systems are given it: ids, keys and times, and the words where they may have them."""

from typing import Any

from kalevi.promises.models import Promise


def presented(promise: Promise) -> dict[str, Any]:
    """Return a promise without words; its touchpoint is looked up unless the caller did."""
    return {
        "id": str(promise.pk),
        "contact_id": str(promise.contact_id),
        "state": promise.state,
        "customer_says": promise.theirs or None,
        "first_due_at": promise.first_due_at.isoformat(),
        "due_at": promise.due_at.isoformat(),
        "by_day": promise.by_day,
        "promised_at": promise.promised_at and promise.promised_at.isoformat(),
        "ended_at": promise.ended_at and promise.ended_at.isoformat(),
        "known_from": promise.source,
        "interaction_id": str(promise.interaction_id) if promise.interaction_id else None,
        "touchpoint": promise.touchpoint.key if promise.touchpoint else None,
        "owner_id": str(promise.owner_id),
    }


def with_words(promise: Promise) -> dict[str, Any]:
    """Return a promise with its words; None where they were erased."""
    return presented(promise) | {"words": promise.words}
