"""The worker that `kill-mail` kills: `python -m bench._mail_process`."""

import os


def main() -> None:
    """Read the mailboxes and understand what came, as a worker does; say `ready`, and `done` when all is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalevi.config.settings")
    import django

    import kalevi.config  # noqa: F401  SQLite is swapped before Django looks for it

    django.setup()
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    from django.utils import timezone

    from kalevi.channels.email.models import Mailbox
    from kalevi.channels.email.tasks import read_mailboxes
    from kalevi.interactions.unread import default_reader
    from kalevi.jobs import worker
    from kalevi.jobs.models import Job

    default_reader()
    print("ready", flush=True)
    # Whoever ran these was killed: nobody waits for the lease to end.
    Job.objects.filter(state=Job.State.RUNNING).update(leased_until=timezone.now())
    Mailbox.objects.update(next_check_at=None)
    # As the scheduler does: what other rooms wait with is no reason to leave the mailbox unread.
    if not Job.objects.filter(state=Job.State.WAITING, task__contains="channels.email").exists():
        read_mailboxes.enqueue()
    while worker.run_next():
        pass
    print("done", flush=True)


if __name__ == "__main__":
    main()
