"""The room's work on a schedule."""

from django_tasks import task

from kalevi.interactions.actions.notes import understand_notes
from kalevi.interactions.own_rereading import look_through_next
from kalevi.interactions.unread import default_reader, read_next
from kalevi.jobs import leases


@task
def read_unread() -> int:
    """Read words that have no reading, newest first; return how many now have one."""
    done, (read, before) = 0, read_next(default_reader())
    while before is not None:
        done += read
        leases.report(done=done)
        read, before = read_next(default_reader(), before=before)
    return done


@task
def understand_waiting_notes() -> int:
    """Understand notes that were received but not understood, as when the power failed in between."""
    done = 0
    while found := understand_notes():
        done += found
    return done


@task
def look_through_older_words() -> int:
    """Look through older words for new and changed own themes; return how many were looked through."""
    done = 0
    while (looked := look_through_next()) is not None:
        done += looked
        leases.report(done=done)
    return done
