"""The channel's work: asking and reminding when the time has come."""

from django.utils import timezone
from django_tasks import task

from kalevi.channels.invitations import delivering
from kalevi.channels.invitations.actions import consider, remind
from kalevi.channels.invitations.models import Occasion
from kalevi.channels.invitations.queries import to_remind, undecided
from kalevi.channels.survey.models import Survey

MOST = 500


@task
def ask_and_remind() -> dict[str, int]:
    """Decide about encounters and reminders whose time has come; nothing while no mail can be sent."""
    if not delivering.can_send():
        return {"decided": 0}
    decided = 0
    now = timezone.now()
    active = Occasion.objects.filter(active=True, survey__state=Survey.State.OPEN)
    for occasion in active.select_related("survey__current").order_by("pk"):
        for interaction in undecided(occasion, now=now, most=MOST):
            decided += consider(occasion=occasion, interaction=interaction) is not None
    for invitation in to_remind(now=now, most=MOST):
        decided += remind(invitation=invitation) is not None
    return {"decided": decided}
