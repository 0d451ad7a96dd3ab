"""The room's own work."""

from django.db import transaction
from django_tasks import task

from kalevi.audit import anchor, chain


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


@task
def drop_anchor() -> bool:
    """Write down beside the backups where the chain has come to."""
    return anchor.drop()
