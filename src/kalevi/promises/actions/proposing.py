"""Finding what may be promises in new words, so that a colleague can say whether they are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import newest_reading
from kalevi.people.models import Colleague
from kalevi.promises.carers import carrier_of
from kalevi.promises.catching import Caught, in_ours, in_theirs
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Event, Source
from kalevi.promises.times import due
from kalevi.shell.queries import company
from kalevi.text.coach.checking import language_of


def propose(*, ids: list[int]) -> int:
    """Store what may be promises in these words; return how many were new.

    Words of nobody known to us are left out: there is nobody to keep a promise to. So are letters that told
    a new time of a promise we know.
    """
    zone = ZoneInfo(company().time_zone)
    said = Interaction.objects.filter(
        pk__in=ids, contact__isnull=False, verbatim__isnull=False, erasure__isnull=True
    ).exclude(Exists(Event.objects.filter(letter=OuterRef("pk"))))
    return sum(_store(one, zone) for one in said.order_by("pk"))


def _store(said: Interaction, zone: ZoneInfo) -> int:
    found = caught_in(said, zone)
    if not found:
        return 0
    source = source_of(said)
    owner_id = said.told_by_colleague_id if source == Source.WRITTEN else carrier_of(said.contact_id or 0)
    owner = Colleague.objects.filter(pk=owner_id, is_active=True).first() if owner_id else None
    now = timezone.now()
    return sum(_store_one(said, one, source, owner, zone, now) for one in found)


def _store_one(
    said: Interaction, one: Caught, source: Source, owner: Colleague | None, zone: ZoneInfo, now: datetime
) -> int:
    by = due(one, said.occurred_at, zone)
    try:
        with transaction.atomic():
            Proposal.objects.create(
                interaction=said,
                words_from=one.span[0],
                words_to=one.span[1],
                source=source,
                due_at=by[0] if by else None,
                by_day=by[1] if by else True,
                owner=owner,
                found_at=now,
            )
    except IntegrityError:
        return 0
    return 1


def source_of(said: Interaction) -> Source:
    """Return how words tell of a promise: we wrote, a colleague noted, or the customer said them."""
    if said.outbound:
        return Source.WRITTEN
    return Source.HEARD if said.told_by_colleague_id is None else Source.NOTED


def caught_in(said: Interaction, zone: ZoneInfo) -> list[Caught]:
    """Return what may be promises in words; automatic mail promises nothing that a colleague would keep."""
    words = said.verbatim or ""
    if not said.outbound:
        reading = newest_reading(said)
        return in_theirs(reading) if reading else []
    if said.told_by_colleague_id is None:
        return []
    return in_ours(words, language_of(words, ""), said.occurred_at.astimezone(zone).date())
