"""The room's work on a schedule."""

from django.utils import timezone
from django_tasks import task

from kalevi.reports.actions.emerging import renew_emerging_themes


@task
def look_for_emerging_themes() -> int:
    """Look for what customers newly speak of; return how many themes were found."""
    return renew_emerging_themes(now=timezone.now())
