"""The channel's work."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kalevi.channels.api import understanding
from kalevi.channels.api.models import Reply
from kalevi.jobs.watches import QUICK

KEPT = timedelta(days=30)


@task(queue_name=QUICK)
def understand_received() -> int:
    """Understand what was sent over the API; return how many batches that were."""
    return understanding.understand_all()


@task
def forget_replies() -> int:
    """Remove answers of a month ago: who repeats a request later than that is known by what it says."""
    gone, _each = Reply.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone
