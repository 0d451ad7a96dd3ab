"""Making and ending a colleague's own link to their promises as a calendar."""

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.people.models import Colleague
from kalevi.promises.feed_models import CalendarLink


@transaction.atomic
def make_calendar_link(*, colleague: Colleague) -> CalendarLink:
    """Return a new link; one that was there holds no more."""
    end_calendar_link(colleague=colleague)
    made = CalendarLink.objects.create(colleague=colleague, made_at=timezone.now())
    record(action="promises.make_calendar_link", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
    return made


@transaction.atomic
def end_calendar_link(*, colleague: Colleague) -> bool:
    """End the link of a colleague; return whether there was one."""
    # The row of the colleague is what two clicks at once wait for.
    Colleague.objects.select_for_update().get(pk=colleague.pk)
    ended = CalendarLink.objects.filter(colleague=colleague, ended_at__isnull=True).update(
        ended_at=timezone.now()
    )
    if ended:
        record(
            action="promises.end_calendar_link", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}"
        )
    return bool(ended)
