"""The room's work on a schedule."""

from django.utils import timezone
from django_tasks import task

from kalevi.approaches.actions.daily import do_the_days_work
from kalevi.approaches.actions.writing import understand_waiting


@task
def propose_people() -> dict[str, int]:
    """End what has ended and propose a few people; return how many of each."""
    return do_the_days_work(now=timezone.now())


@task
def put_what_was_said() -> int:
    """Keep as interactions what was said but not yet understood, as after a power failure."""
    return understand_waiting()
