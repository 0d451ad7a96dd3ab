"""What people do to jobs."""

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.jobs import leases


@transaction.atomic
def retry_job(*, job_id: int, actor_id: int) -> bool:
    """Let a failed job try again; return False when it had not failed."""
    if not leases.retry(job_id):
        return False
    record(action="jobs.retry", actor_id=actor_id, subject=f"job:{job_id}")
    return True
