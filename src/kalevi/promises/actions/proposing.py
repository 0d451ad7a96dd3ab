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
from kalevi.promises.models import Event, Promise, Source, State
from kalevi.promises.times import due
from kalevi.shell.queries import company
from kalevi.text import search_keys
from kalevi.text.coach.checking import language_of

# More open promises than this nobody has waited for.
LOOKED_AT = 50


def propose(*, ids: list[int]) -> int:
    """Store what may be promises in these words, or tell of one that was not kept; return how many were new.

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
    now, broken = timezone.now(), dict[int, Caught]()
    for one in found:
        if one.broken and (known := not_kept(said, one)) is not None:
            broken.setdefault(known.pk, one)
    told = {one.span: number for number, one in broken.items()}
    return sum(
        _store_one(said, one, source, owner, told.get(one.span), zone, now)
        for one in found
        if not one.broken or one.span in told
    )


def not_kept(said: Interaction, told: Caught) -> Promise | None:
    """Return the open promise that words say was not kept; None where none fits.

    It was due when they were said, and the customer has said nothing of it yet: of several the one that
    shares most words with theirs, then the one that was due last.
    """
    due_then = Promise.objects.filter(
        contact_id=said.contact_id or 0, state=State.OPEN, first_due_at__lte=said.occurred_at, theirs=""
    )
    some = list(due_then.order_by("-first_due_at", "-pk")[:LOOKED_AT])
    language = said.language or "und"
    keys = set(search_keys((said.verbatim or "")[told.span[0] : told.span[1]], language))
    shared = [len(keys & set(search_keys(one.words or "", language))) for one in some]
    return some[shared.index(max(shared))] if some else None


def _store_one(
    said: Interaction,
    one: Caught,
    source: Source,
    owner: Colleague | None,
    breaks_id: int | None,
    zone: ZoneInfo,
    now: datetime,
) -> int:
    by = None if breaks_id else due(one, said.occurred_at, zone)
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
                breaks_id=breaks_id,
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
    words, said_on = said.verbatim or "", said.occurred_at.astimezone(zone).date()
    if not said.outbound:
        reading = newest_reading(said)
        noted = said.told_by_colleague_id is not None
        return in_theirs(reading, said_on=said_on, noted=noted) if reading else []
    if said.told_by_colleague_id is None:
        return []
    return in_ours(words, language_of(words, ""), said_on)
