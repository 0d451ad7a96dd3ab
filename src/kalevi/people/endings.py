"""Erasing what has no ground to be kept any more: a month's notice first, then the same way as on request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.db.models import Sum
from django.utils import timezone

from kalevi.jobs import leases
from kalevi.people.erasing import erase
from kalevi.people.keeping import last_grounds, months_later, periods
from kalevi.people.keeping_models import Ending
from kalevi.people.models import Contact, Reason

NOTICE = timedelta(days=30)
BATCH = 500
ONE_DAY = timedelta(days=1)


class Unnamed(Protocol):
    """A room's words that nobody known to us said; `below` is an interaction id, which sorts by time."""

    def below(self, moment: datetime) -> int:
        """Return the id not larger than that of anything that happened at a moment or later."""

    def count(self, below: int) -> int:
        """Return how many things there are below an id."""

    def next(self, below: int, received_before: datetime, after: int | None) -> Sequence[int]:
        """Return the next ids, `BATCH` at most, of what came to us before a moment."""


_unnamed: list[Unnamed] = []


def register_unnamed(words: Unnamed) -> None:
    """Add words without a name; their eraser is registered for the kind "unnamed" (`holdings`)."""
    _unnamed[:] = [words]


@dataclass(frozen=True, slots=True)
class Ended:
    """What one run did: contacts and batches of nameless words erased, and notices that stand."""

    contacts: int
    unnamed: int
    noticed: int


def end_what_has_ended() -> Ended:
    """Give notice of what ends within a month, then erase what has stood there for a month and still ends."""
    today = timezone.localdate()
    _notice_contacts(today)
    _notice_unnamed(today)
    contacts, unnamed = _erase_contacts(today), _erase_unnamed(today)
    return Ended(contacts, unnamed, Ending.objects.count())


def _standing_contacts() -> Iterator[list[int]]:
    last = 0
    standing = Contact.objects.filter(erasure__isnull=True, merged_into__isnull=True).order_by("pk")
    while ids := list(standing.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]


def _notice_contacts(today: date) -> None:
    months, soon = periods()["service"], today + NOTICE
    for ids in _standing_contacts():
        with leases.effect():
            grounds = last_grounds(ids, months)
            goes = {
                number: grounds[number].until + ONE_DAY for number in grounds if grounds[number].until < soon
            }
            noticed = {one.number: one for one in Ending.objects.filter(kind="contact", number__in=ids)}
            Ending.objects.filter(kind="contact", number__in=noticed.keys() - goes.keys()).delete()
            for number, one in noticed.items():
                if number in goes and one.on < goes[number]:
                    Ending.objects.filter(pk=one.pk).update(on=goes[number])
            Ending.objects.bulk_create(
                Ending(kind="contact", number=number, on=max(day, soon), noticed_at=timezone.now())
                for number, day in sorted(goes.items())
                if number not in noticed
            )
    gone = Contact.objects.filter(erasure__isnull=True, merged_into__isnull=True).values("pk")
    Ending.objects.filter(kind="contact").exclude(number__in=gone).delete()


def _erase_contacts(today: date) -> int:
    months, erased = periods()["service"], 0
    due = Ending.objects.filter(kind="contact", on__lte=today).order_by("pk")
    for number in list(due.values_list("number", flat=True)):
        with leases.effect():
            # They may have written, or agreed to something, since the notice was looked at.
            ground = last_grounds([number], months).get(number)
            Ending.objects.filter(kind="contact", number=number).delete()
            if ground is not None and ground.until < today:
                erase(kind="contact", number=number, reason=Reason.END_DATE, actor_id=None)
                erased += 1
        leases.report(done=erased)
    return erased


def _bound(words: Unnamed, day: date) -> int:
    """Return the id below which everything has been kept its months when a day begins."""
    return words.below(
        timezone.make_aware(datetime.combine(months_later(day, -periods()["unnamed"]), time.min))
    )


def _notice_unnamed(today: date) -> None:
    for words in _unnamed:
        with leases.effect():
            # A period that was made longer takes notices back.
            notices = Ending.objects.filter(kind="unnamed")
            notices.filter(number__gt=_bound(words, today + NOTICE)).delete()
            below = _bound(words, today + NOTICE)
            said = notices.aggregate(total=Sum("count"))["total"] or 0
            if (count := words.count(below) - said) > 0 and not notices.filter(number=below).exists():
                Ending.objects.create(
                    kind="unnamed", number=below, on=today + NOTICE, noticed_at=timezone.now(), count=count
                )


def _erase_unnamed(today: date) -> int:
    batches = 0
    for words in _unnamed:
        for notice in list(Ending.objects.filter(kind="unnamed", on__lte=today).order_by("number")):
            if notice.number > _bound(words, today):
                continue
            after: int | None = None
            while ids := words.next(notice.number, timezone.now() - NOTICE, after):
                after = ids[-1]
                with leases.effect():
                    erase(kind="unnamed", number=after + 1, reason=Reason.END_DATE, actor_id=None)
                batches += 1
                leases.report(done=batches)
            notice.delete()
    return batches
