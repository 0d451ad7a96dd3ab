"""What was said before under the same identity, and what a newer version adds to it."""

from collections.abc import Iterable, Sequence

from kalevi.interactions.models import Interaction
from kalevi.interactions.preparing import TOLD, Part

_SAID = ("verbatim", "score", "score_low", "score_high", "expectation")
_PLACES = tuple(TOLD.index(name) for name in _SAID)
Said = tuple[object, ...]


def older_versions(scope: str, identities: Sequence[bytes]) -> dict[bytes, int]:
    """Return the newest interaction that still has its words under each identity."""
    earlier = Interaction.objects.filter(
        intake__scope=scope, intake__identity__in=identities, answers__isnull=True, erasure__isnull=True
    ).order_by("intake_id")
    return {bytes(identity): number for identity, number in earlier.values_list("intake__identity", "id")}


def words_of(ids: Iterable[int]) -> dict[int, Said]:
    """Return what was said in interactions: words, score and expectation."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = Interaction.objects.filter(pk__in=wanted).values_list("pk", *_SAID)
    return {number: tuple(said) for number, *said in rows}


def what_is_new(parts: tuple[Part, ...], before: Said | None) -> tuple[Part, ...]:
    """Return the parts without the customer's, where they said the same before and only our reply is new."""
    first, *replies = parts
    if before is None or not replies or tuple(first.values[place] for place in _PLACES) != before:
        return parts
    return tuple(reply._replace(person=reply.person or first.person) for reply in replies)
