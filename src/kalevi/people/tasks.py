"""The room's own work."""

from django_tasks import task

from kalevi.people import endings, erasing


class StillReadError(Exception):
    """Somebody reads pages as they were before an erasure; the job tries again later."""


@task
def empty_log() -> None:
    """Empty the write-ahead log of what was erased. Raises StillReadError."""
    if not erasing.log_is_empty():
        raise StillReadError


@task
def end_what_has_ended() -> dict[str, int]:
    """Give notice of what ends within a month, and erase what has ended."""
    done = endings.end_what_has_ended()
    return {"contacts": done.contacts, "unnamed": done.unnamed, "noticed": done.noticed}
