"""What a colleague is told in the browser, for those who chose it: of cases, and of thanks."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from kalevi.cases.alert_models import AlertChoice, Alerted
from kalevi.cases.alerting_words import sentence
from kalevi.cases.praise_models import Praise
from kalevi.cases.quiet import after_quiet
from kalevi.people.models import Colleague
from kalevi.shell.numbers import whole_number

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What is new, and what to ask after next time: the numbers of the newest alert and the newest thanks."""

    after: str
    told: list[dict[str, str]]


def alerts_for_browser(colleague: Colleague, now: datetime, *, after: str) -> Told | None:
    """Return what a colleague is told since `after`, as it was given before; None to who did not choose it.

    The first time, and in quiet hours, nothing is told: what happened waits on Today.
    """
    choice = AlertChoice.objects.filter(colleague=colleague, by_browser=True).first()
    if choice is None:
        return None
    mine = Alerted.objects.filter(colleague=colleague).order_by("-pk")
    thanks = Praise.objects.filter(colleague=colleague, passed_at__isnull=True).order_by("-pk")
    newest = mine.values_list("pk", flat=True).first() or 0
    thanked = thanks.values_list("pk", flat=True).first() or 0
    seen, seen_thanks = _numbers(after)
    if seen is None:
        return Told(f"{newest}.{thanked}", [])
    if seen_thanks is None:
        # They were told of cases before thanks were told here: those of the past stay on Today.
        seen_thanks = thanked
    if after_quiet(choice, now) is not None:
        return Told(f"{seen}.{seen_thanks}", [])
    new = mine.filter(pk__gt=seen).select_related("case__touchpoint")[:SHOWN] if newest > seen else []
    told = [_told(one) for one in reversed(list(new))]
    if thanked > seen_thanks and thanks.filter(pk__gt=seen_thanks, seen_at__isnull=True).exists():
        told.append(_thanked(thanked))
    return Told(f"{max(newest, seen)}.{max(thanked, seen_thanks)}", told)


def _numbers(after: str) -> tuple[int | None, int | None]:
    alerts, _dot, thanks = after.partition(".")
    return whole_number(alerts), whole_number(thanks)


def _told(one: Alerted) -> dict[str, str]:
    address = reverse("case", args=[one.case_id])
    return {"id": str(one.pk), "text": sentence(one.about, one.case), "address": address}


def _thanked(number: int) -> dict[str, str]:
    """Tell of thanks without a word or name of the customer; they stand on Today."""
    return {
        "id": f"thanks-{number}",
        "text": gettext("Somebody thanked you"),
        "address": f"{reverse('today')}#thanked",
    }
