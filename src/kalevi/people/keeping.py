"""Until when a contact may be kept: every ground has its last day, and the latest of them counts.

Rooms below that hold something of a person register a keeper in `config.wiring`.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kalevi.people.keeping_models import Keeping
from kalevi.people.models import Consent, Contact

MONTHS = {"service": 36, "feedback": 24, "marketing": 24, "story": 24, "unnamed": 36}
LAST = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a contact is kept, and the last day: "consent" of a purpose, or the key of a keeper."""

    key: str
    until: date
    purpose: str = ""

    @property
    def purpose_label(self) -> str:
        """The purpose of a consent in the reader's language."""
        return str(Consent.Purpose(self.purpose).label) if self.purpose else ""


Keeper = Callable[[Sequence[int], int], Mapping[int, date]]
_keepers: dict[str, Keeper] = {}


def register(key: str, keeper: Keeper) -> None:
    """Add a keeper: of these contacts, with these months of the purpose `service`, who is kept until when."""
    _keepers[key] = keeper


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= LAST.year:
        return LAST if months > 0 else date.min
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def periods() -> dict[str, int]:
    """Return the months of every purpose: one query."""
    return MONTHS | dict(Keeping.objects.values_list("purpose", "months"))


def last_grounds(ids: Sequence[int], months: int) -> dict[int, Ground]:
    """Contact -> the ground that holds longest; a query for each keeper and two for what this room knows.

    The period of `service` (`months`) runs from the last encounter; of somebody we never met from the day
    they were made. A consent holds until it ends or is withdrawn.
    """
    today = timezone.localdate()
    grounds = [
        (contact_id, Ground("known", months_later(timezone.localdate(at), months)))
        for contact_id, at in Contact.objects.filter(pk__in=ids).values_list("pk", "created_at")
    ]
    met: set[int] = set()
    for key, keeper in _keepers.items():
        for contact_id, until in keeper(ids, months).items():
            grounds.append((contact_id, Ground(key, until)))
            if key == "encounter":
                met.add(contact_id)
    grounds += [
        (contact_id, Ground("consent", ends_on, purpose))
        for contact_id, ends_on, purpose in Consent.objects.filter(
            contact_id__in=ids, withdrawn_at__isnull=True, ends_on__gte=today
        ).values_list("contact_id", "ends_on", "purpose")
    ]
    return _latest(
        (number, ground) for number, ground in grounds if ground.key != "known" or number not in met
    )


def _latest(grounds: Iterable[tuple[int, Ground]]) -> dict[int, Ground]:
    found: dict[int, Ground] = {}
    for number, ground in grounds:
        if number not in found or ground.until > found[number].until:
            found[number] = ground
    return found
