"""The room's own work."""

from django.db import transaction
from django_tasks import task

from kalevi.audit import chain


@task
def extend_chain() -> int:
    """Chain what was written since the last time."""
    chained = 0
    while True:
        with transaction.atomic():
            added = chain.extend()
        chained += added
        if not added:
            return chained
