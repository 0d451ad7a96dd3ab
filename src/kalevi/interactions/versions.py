"""What was said before under the same identity."""

from collections.abc import Sequence

from kalevi.interactions.models import Interaction


def older_versions(scope: str, identities: Sequence[bytes]) -> dict[bytes, int]:
    """Return the newest interaction that still has its words under each identity."""
    earlier = Interaction.objects.filter(
        intake__scope=scope, intake__identity__in=identities, answers__isnull=True, erasure__isnull=True
    ).order_by("intake_id")
    return {bytes(identity): number for identity, number in earlier.values_list("intake__identity", "id")}
