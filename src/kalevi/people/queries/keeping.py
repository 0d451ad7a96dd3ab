"""What is kept until when, as pages read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from kalevi.people.keeping import Ground, last_grounds, months_later, periods
from kalevi.people.keeping_models import Ending
from kalevi.people.models import Contact
from kalevi.shell.numbers import whole_number

PAGE = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a contact is kept and why; `erased_on` is the day of the erasure when notice was given."""

    ground: Ground | None
    months: int
    erased_on: date | None

    @property
    def is_over(self) -> bool:
        """Whether the time is over, and notice of the erasure comes with the next night."""
        return bool(self.ground and self.erased_on is None and self.ground.until < timezone.localdate())


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of what will be erased: a contact with the last ground, or words without a name."""

    ending: Ending
    contact: Contact | None = None
    ground: Ground | None = None
    older_than: date | None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """One page of what will be erased, how many contacts in all, and where to go on."""

    shown: tuple[Notice, ...]
    contacts: int
    further: str


def kept_for_colleague(contact: Contact) -> Kept:
    """Return until when a contact is kept: a fixed number of queries."""
    months = periods()["service"]
    ground = last_grounds([contact.pk], months).get(contact.pk)
    on = (
        Ending.objects.filter(kind=Ending.Kind.CONTACT, number=contact.pk)
        .values_list("on", flat=True)
        .first()
    )
    # A ground that came after the notice was given: the next job takes the notice back.
    return Kept(ground, months, on if on and ground and ground.until < on else None)


def endings_for_administrator(after: str = "") -> Notices:
    """Return a page of what will be erased, the next first; `after` is a place that a page before gave."""
    standing = Ending.objects.order_by("on", "pk")
    if place := _place(after):
        day, number = place
        standing = standing.filter(Q(on__gt=day) | Q(on=day, pk__gt=number))
    endings = list(standing[: PAGE + 1])
    page = endings[:PAGE]
    ids = [one.number for one in page if one.kind == Ending.Kind.CONTACT]
    people = Contact.objects.filter(erasure__isnull=True, merged_into__isnull=True).in_bulk(ids)
    months = periods()
    return Notices(
        tuple(_notices(page, people, last_grounds(ids, months["service"]), months["unnamed"])),
        Ending.objects.filter(kind=Ending.Kind.CONTACT).count(),
        f"{page[-1].on.isoformat()}.{page[-1].pk}" if len(endings) > PAGE else "",
    )


def _notices(
    endings: Sequence[Ending], people: dict[int, Contact], grounds: dict[int, Ground], months: int
) -> list[Notice]:
    return [
        Notice(one, people.get(one.number), grounds.get(one.number))
        if one.kind == Ending.Kind.CONTACT
        else Notice(one, older_than=months_later(one.on, -months))
        for one in endings
        if one.kind != Ending.Kind.CONTACT or one.number in people
    ]


def _place(after: str) -> tuple[date, int] | None:
    text, _dot, told = after.partition(".")
    try:
        day = parse_date(text)
    except ValueError:
        return None
    number = whole_number(told)
    return None if day is None or number is None else (day, number)
