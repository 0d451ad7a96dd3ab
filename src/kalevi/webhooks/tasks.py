"""The room's work: sending what waits, and forgetting what arrived long ago."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from kalevi.jobs.watches import OUTWARD
from kalevi.webhooks.models import Delivery, Event
from kalevi.webhooks.sending import send_due

KEPT = timedelta(days=30)


@task(queue_name=OUTWARD)
def send_waiting() -> int:
    """Send the events that wait; return how many arrived."""
    return send_due()


@task
def forget_old() -> int:
    """Remove events of a month ago that nobody waits for any more; return how many."""
    waiting = Delivery.objects.filter(event=OuterRef("pk"), state=Delivery.State.WAITING)
    old = Event.objects.filter(~Exists(waiting), at__lt=timezone.now() - KEPT)
    _all, each = old.delete()
    return each.get("webhooks.Event", 0)
