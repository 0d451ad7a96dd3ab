"""What this channel holds of a person: what they answered, and where they asked to be reached.

The words themselves are the interaction's.
"""

from collections.abc import Sequence
from typing import Any

from kalevi.channels.survey.models import Answer, Reach
from kalevi.people.holdings import Holding
from kalevi.people.models import Erasure


def export(contact_id: int) -> list[dict[str, Any]]:
    """Return everything a contact answered, oldest first, ready for JSON."""
    mine = Answer.objects.filter(interaction__contact_id=contact_id).select_related(
        "interaction", "version__survey"
    )
    left = Reach.objects.filter(interaction__contact_id=contact_id).select_related("interaction")
    return [
        *(_exported(one) for one in mine.order_by("interaction_id", "pk")),
        *(
            {"occurred_at": at.isoformat(), "left_phone": phone, "left_email": email}
            for at, phone, email in left.order_by("pk").values_list(
                "interaction__occurred_at", "phone", "email"
            )
        ),
    ]


def _exported(one: Answer) -> dict[str, Any]:
    told = one.interaction
    question = one.version.asks().question(one.question)
    return {
        "occurred_at": told.occurred_at.isoformat(),
        "survey": one.version.survey.name,
        "version": one.version.number,
        "question": question.asked(told.language) if question else one.question,
        "part": one.part or None,
        "value": one.value,
        "scale": None if one.value is None else [one.low, one.high],
        "chosen": one.choices.split(),
        "words": None if one.words_from is None else (told.verbatim or "")[one.words_from : one.words_to],
    }


def forget(interaction_ids: Sequence[int]) -> None:
    """Remove what was answered and left in interactions whose words were just erased."""
    Reach.objects.filter(interaction__in=interaction_ids).delete()
    Answer.objects.filter(interaction_id__in=interaction_ids).delete()


def erase(contact_id: int, erasure: Erasure) -> None:
    """Do nothing: `forget` follows every erasing of an interaction, this person's too."""


def merge(kept: int, gone: int) -> dict[str, Any]:
    """Move nothing: answers follow their interactions."""
    return {}


def unmerge(kept: int, gone: int, moved: dict[str, Any]) -> None:
    """Move nothing back."""


HOLDING = Holding(
    room="channels.survey",
    models=("channels_survey.Answer", "channels_survey.Reach"),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
