"""What was said before under the same identity, and what a newer version adds to it."""

from collections.abc import Iterable, Sequence

from django.db import connection

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


def older_in_scopes(pairs: Sequence[tuple[str, bytes]]) -> dict[tuple[str, bytes], int]:
    """Return the same as `older_versions` for (scope, identity) of any scopes, by one query."""
    if not pairs:
        return {}
    places = ", ".join(["(%s, %s)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.scope, k.identity, n.id FROM interactions_intake k"  # noqa: S608  only placeholders
            " JOIN interactions_interaction n ON n.intake_id = k.id"
            f" WHERE (k.scope, k.identity) IN (VALUES {places})"
            " AND n.answers_id IS NULL AND n.erasure_id IS NULL ORDER BY k.id",
            [value for pair in pairs for value in pair],
        )
        return {(scope, bytes(identity)): number for scope, identity, number in cursor.fetchall()}


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
