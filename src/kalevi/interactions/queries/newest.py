"""The newest readings of many interactions by one query, each unpacked only when it is asked for."""

from collections.abc import Sequence

from kalevi.interactions.models import Interaction, Reading
from kalevi.interactions.packing import unpacked
from kalevi.text import Reading as Read


class NewestReadings:
    """What models read last in these interactions."""

    def __init__(self, interactions: Sequence[Interaction]) -> None:
        rows = Reading.objects.filter(interaction_id__in=[one.pk for one in interactions])
        fields = ("interaction_id", "body", "language", "sentiment", "model")
        # Later ones replace earlier ones.
        self._stored = {number: rest for number, *rest in rows.order_by("pk").values_list(*fields)}

    def of(self, interaction: Interaction) -> Read | None:
        """Return the newest reading, None where there are no words or none was made."""
        stored = self._stored.get(interaction.pk)
        if stored is None or not interaction.verbatim:
            return None
        body, language, sentiment, model = stored
        return unpacked(body, text=interaction.verbatim, language=language, sentiment=sentiment, model=model)
