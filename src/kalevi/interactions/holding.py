"""What this room holds of a person: their interactions, feelings and what was read from them."""

from typing import Any

from kalevi.interactions.erasing import erase_of_contact
from kalevi.interactions.models import Interaction
from kalevi.people.holdings import Holding, moving


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return everything that happened with a contact, oldest first, ready for JSON."""
    mine = (
        Interaction.objects.filter(contact_id=contact_id)
        .select_related("touchpoint", "intake")
        .prefetch_related("self_feelings", "readings", "colleague_readings")
        .order_by("pk")
    )
    return [_exported(interaction) for interaction in mine]


def _exported(interaction: Interaction) -> dict[str, Any]:
    raw = interaction.intake.raw
    return {
        "occurred_at": interaction.occurred_at.isoformat(),
        "received_at": interaction.received_at.isoformat(),
        "channel": interaction.channel,
        "kind": interaction.kind,
        "from_us": interaction.outbound,
        "told_by_a_colleague": interaction.told_by_colleague_id is not None,
        "touchpoint": interaction.touchpoint.key if interaction.touchpoint else None,
        "words": interaction.verbatim,
        "expectation": interaction.expectation,
        "outcome": interaction.outcome or None,
        "score": interaction.score
        and {
            "kind": interaction.score_kind,
            "value": interaction.score,
            "scale": [interaction.score_low, interaction.score_high],
        },
        "source": interaction.source,
        "reference": interaction.reference,
        "as_it_came": bytes(raw).decode("utf-8", "replace") if raw else None,
        "own_feelings": [feeling.words for feeling in interaction.self_feelings.all()],
        "readings": [
            {"model": reading.model, "sentiment": reading.sentiment, "found": reading.body}
            for reading in interaction.readings.all()
        ],
        "colleague_readings": [
            {"sentiment": r.sentiment, "feelings": r.feelings, "hots": r.hots, "themes": r.themes}
            for r in interaction.colleague_readings.all()
        ],
    }


merge, unmerge = moving(Interaction)
HOLDING = Holding(
    room="interactions",
    models=(
        "interactions.Interaction",
        "interactions.Intake",
        "interactions.SelfFeeling",
        "interactions.Reading",
        "interactions.ColleagueReading",
        "interactions.Found",
    ),
    export=export,
    erase=erase_of_contact,
    merge=merge,
    unmerge=unmerge,
)
