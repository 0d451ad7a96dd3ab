"""The room's own work."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kalevi.jobs.models import Job

KEPT = timedelta(days=14)


@task
def sweep() -> int:
    """Remove jobs that were done two weeks ago; failed ones stay until somebody looks."""
    removed, _each = Job.objects.filter(state=Job.State.DONE, finished_at__lt=timezone.now() - KEPT).delete()
    return removed
