"""What a colleague is told in the browser, for those who chose it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from kalevi.cases.alert_models import AlertChoice, Alerted
from kalevi.cases.alerting_words import sentence
from kalevi.cases.quiet import after_quiet
from kalevi.people.models import Colleague

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What is new, and the number to ask after next time."""

    after: int
    told: list[dict[str, str | int]]


def alerts_for_browser(colleague: Colleague, now: datetime, *, after: int | None) -> Told | None:
    """Return what a colleague is told since a number; None to who did not choose it.

    The first time, and in quiet hours, nothing is told: what happened waits on Today.
    """
    choice = AlertChoice.objects.filter(colleague=colleague, by_browser=True).first()
    if choice is None:
        return None
    mine = Alerted.objects.filter(colleague=colleague).order_by("-pk")
    newest = mine.values_list("pk", flat=True).first() or 0
    if after is None or newest <= after:
        return Told(newest, [])
    if after_quiet(choice, now) is not None:
        return Told(after, [])
    new = list(mine.filter(pk__gt=after).select_related("case__touchpoint")[:SHOWN])
    return Told(newest, [_told(one) for one in reversed(new)])


def _told(one: Alerted) -> dict[str, str | int]:
    address = reverse("case", args=[one.case_id])
    return {"id": one.pk, "text": sentence(one.about, one.case), "address": address}
