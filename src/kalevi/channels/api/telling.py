"""What other systems are told of interactions: ids and keys, and words only where somebody said so."""

from collections.abc import Sequence
from typing import Any

from kalevi.channels.api import presenting
from kalevi.interactions.models import Interaction, Reading
from kalevi.webhooks.models import Event
from kalevi.webhooks.telling import Happening, listeners, tell, write

RECEIVED, READ, IMPORTED = "interaction.received", "interaction.read", "import.finished"


def _number(event: Event) -> int:
    return int(event.subject.partition(":")[2])


def interaction(event: Event, with_words: bool) -> dict[str, Any]:
    """Describe an interaction as it stands now; one that was erased meanwhile has no words to tell."""
    number = _number(event)
    if with_words:
        shown = presenting.interactions([number])
        return shown[0] if shown else {"id": str(number)}
    one = Interaction.objects.select_related("touchpoint").filter(pk=number).first()
    return presenting.minimal(one) if one else {"id": str(number)}


def reading(event: Event, with_words: bool) -> dict[str, Any]:
    """Describe an interaction with what was read in it: keys of findings, and where in the words."""
    told = interaction(event, with_words)
    if not with_words:
        one = Interaction.objects.filter(pk=_number(event)).first()
        read = Reading.objects.filter(interaction_id=_number(event)).order_by("pk").last()
        told["reading"] = presenting.reading(one, read) if one else None
    return told


def when_stored(ids: Sequence[int]) -> None:
    """Tell that interactions came in and, where they have words, that these were read."""
    for kind, endpoints in listeners(RECEIVED, READ).items():
        found = Interaction.objects.filter(pk__in=ids, outbound=False)
        if kind == READ:
            found = found.filter(readings__isnull=False)
        rows = found.order_by("pk").values_list("pk", "contact_id")
        write(kind, [Happening(f"interaction:{pk}", contact) for pk, contact in rows], endpoints)


def when_read(ids: Sequence[int]) -> None:
    """Tell that words were read which could not be read before."""
    if endpoints := listeners(READ).get(READ):
        rows = Interaction.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "contact_id")
        write(READ, [Happening(f"interaction:{pk}", contact) for pk, contact in rows], endpoints)


def when_imported(number: int, state: str, counts: dict[str, int]) -> None:
    """Tell that an import came to its end, `done` or `failed`, with its counts."""
    tell(IMPORTED, [Happening(f"import:{number}", details={"id": str(number), "state": state, **counts})])
