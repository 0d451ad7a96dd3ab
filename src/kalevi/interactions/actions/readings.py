"""A colleague's own reading beside the model's: neither ever overwrites the other, nor the words."""

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions.findings import KINDS
from kalevi.interactions.models import ColleagueReading, Interaction
from kalevi.interactions.queries.cards import newest_reading
from kalevi.people.models import Colleague

LISTS = {"feeling": "feelings", "hot": "hots", "theme": "themes"}
READABLE = ("sentiment", *LISTS)


class NothingToReadError(Exception):
    """There are no words of a customer: none were said, they were erased, or they are our own reply."""


class ConfirmedError(Exception):
    """The reading was confirmed by a second colleague and is kept as it is."""


class OwnReadingError(Exception):
    """A reading is confirmed by somebody else than the one who made it."""


@transaction.atomic
def change_own_reading(*, colleague: Colleague, interaction_id: int, kind: str, key: str) -> ColleagueReading:
    """Add one finding to one's own reading, or take it away when it was there; a sentiment is one of four.

    Raises KeyError for an unknown finding, NothingToReadError and ConfirmedError.
    """
    # The company's own themes lie in the words: nobody adds one by hand.
    if kind not in READABLE or key not in KINDS[kind][1]:
        raise KeyError(kind)
    reading = _own(colleague, interaction_id)
    if kind == "sentiment":
        reading.sentiment = "" if reading.sentiment == key else key
    else:
        keys: list[str] = getattr(reading, LISTS[kind])
        changed = [other for other in keys if other != key] if key in keys else [*keys, key]
        setattr(reading, LISTS[kind], changed)
    return _keep(reading, f"{kind}:{key}")


@transaction.atomic
def agree_with_model(*, colleague: Colleague, interaction_id: int) -> ColleagueReading:
    """Make one's own reading the same as the model's newest. Raises NothingToReadError and ConfirmedError."""
    reading = _own(colleague, interaction_id)
    model = newest_reading(reading.interaction)
    if model is None:
        raise NothingToReadError
    reading.sentiment = model.sentiment
    reading.feelings = [found.feeling for found in model.feelings]
    reading.hots = list(dict.fromkeys(found.kind for found in model.hots))
    reading.themes = [found.key for found in model.themes]
    return _keep(reading, "agreed")


@transaction.atomic
def confirm_reading(*, colleague: Colleague, reading_id: int) -> ColleagueReading:
    """Confirm another colleague's reading; from then on it stays, and training may use it.

    Raises ColleagueReading.DoesNotExist, OwnReadingError and ConfirmedError.
    """
    reading = ColleagueReading.objects.select_for_update().get(pk=reading_id)
    if reading.colleague_id == colleague.pk:
        raise OwnReadingError
    if reading.confirmed_by_id is not None:
        raise ConfirmedError
    reading.confirmed_by, reading.confirmed_at = colleague, timezone.now()
    reading.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("interactions.confirm_reading", colleague, reading)
    return reading


def _own(colleague: Colleague, interaction_id: int) -> ColleagueReading:
    interaction = (
        Interaction.objects.filter(pk=interaction_id, verbatim__isnull=False, outbound=False)
        .only("id", "verbatim", "contact_id")
        .first()
    )
    if interaction is None:
        raise NothingToReadError
    mine = ColleagueReading.objects.select_for_update().filter(interaction=interaction, colleague=colleague)
    reading = mine.first() or ColleagueReading(colleague=colleague)
    reading.interaction = interaction
    if reading.confirmed_by_id is not None:
        raise ConfirmedError
    return reading


def _keep(reading: ColleagueReading, change: str) -> ColleagueReading:
    reading.at = timezone.now()
    reading.save()
    _record("interactions.read", reading.colleague, reading, change=change)
    return reading


def _record(action: str, colleague: Colleague, reading: ColleagueReading, **details: str) -> None:
    record(
        action=action,
        actor_id=colleague.pk,
        subject=f"interaction:{reading.interaction_id}",
        contact_id=reading.interaction.contact_id,
        reading=reading.pk,
        **details,
    )
