"""What other systems are told of promises, as Standard Webhooks, written in the transaction it happens in."""

from typing import Any

from kalevi.promises.models import Promise
from kalevi.promises.presenting import presented, with_words
from kalevi.webhooks.models import Event
from kalevi.webhooks.telling import Happening, tell

GIVEN, KEPT, BROKEN, DUE_SOON = "promise.given", "promise.kept", "promise.broken", "promise.due_soon"


def tell_of(kind: str, promise: Promise, *, by: str = "us") -> int:
    """Write down that something happened to a promise; `by` is who says so, "us" or "customer"."""
    happened = Happening(f"promise:{promise.pk}", promise.contact_id, {"id": str(promise.pk), "says": by})
    return tell(kind, [happened])


def described(event: Event, words: bool) -> dict[str, Any]:
    """Describe a promise as it stands when it is told; `words` where the receiver may have them."""
    found = (
        Promise.objects.select_related("touchpoint").filter(pk=int(event.subject.partition(":")[2])).first()
    )
    if found is None:
        return dict(event.details)
    return dict(event.details) | (with_words(found) if words else presented(found))
