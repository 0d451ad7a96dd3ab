"""Answers that never arrived: the customer was not answered then, and their case is ours to act on again."""

from datetime import datetime, timedelta

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.cases.actions.opening import take_up
from kalevi.cases.alert_models import Alerted
from kalevi.cases.alerting import tell
from kalevi.cases.alerting_words import CAME_BACK
from kalevi.cases.models import Case, State
from kalevi.cases.telling import tell as tell_rooms
from kalevi.channels.email.models import Sending
from kalevi.interactions.models import Interaction

LOST = (Sending.State.BOUNCED, Sending.State.FAILED)
# What came back longer ago has been looked at, or the machine stood still for so long that people know.
LOOKED_AT, AT_ONCE = timedelta(days=7), 100


def watch_mails(now: datetime) -> int:
    """Give cases back to their carriers whose answers came back or could not be sent; return how many.

    Each mail counts once, whatever is done about it afterwards.
    """
    lost = Sending.objects.filter(
        purpose=Sending.Purpose.ANSWER,
        state__in=LOST,
        ended_at__gte=now - LOOKED_AT,
        interaction__case_word__isnull=False,
    )
    found = list(lost.values_list("pk", "interaction__case_word__case_id").order_by("pk"))
    about = {f"{CAME_BACK}:{number}" for number, _case in found}
    seen = set(Alerted.objects.filter(about__in=about).values_list("about", flat=True)) if about else set()
    new = [(number, case) for number, case in found if f"{CAME_BACK}:{number}" not in seen]
    return sum(_give_back(case, f"{CAME_BACK}:{number}", now) for number, case in new[:AT_ONCE])


@transaction.atomic
def _give_back(case_id: int, about: str, now: datetime) -> bool:
    case = Case.objects.select_for_update(of=("self",)).select_related("owner").get(pk=case_id)
    if case.state == State.ENDED or not tell(case, about, [case.owner], now):
        return False
    case.answered_at = _answered_at(case)
    case.save(update_fields=["answered_at"])
    take_up(case, now)
    record(
        action="cases.answer_came_back",
        actor_id=None,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
    )
    tell_rooms("came_back", case)
    return True


def _answered_at(case: Case) -> datetime | None:
    """Return when the first answer was given that did not come back; None while there is none."""
    answers = Interaction.objects.filter(
        case_word__case=case, outbound=True, told_by_colleague_id__isnull=False
    )
    lost = Sending.objects.filter(purpose=Sending.Purpose.ANSWER, state__in=LOST, intake__isnull=False)
    arrived = answers.exclude(intake__in=lost.values("intake"))
    return arrived.order_by("occurred_at", "pk").values_list("occurred_at", flat=True).first()
