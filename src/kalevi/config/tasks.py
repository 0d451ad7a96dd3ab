"""Work that knows the whole installation."""

from django_tasks import task

from kalevi.config import backup, environment

PREFIX = "kalevi-nightly-"


@task
def back_up_nightly() -> int:
    """Write a backup and keep the newest, as many as KALEVI_NIGHTLY_BACKUPS says; return how many.

    Old ones go, since they still hold whom and what was erased after them.
    """
    kept = int(environment.value("KALEVI_NIGHTLY_BACKUPS"))
    folder = environment.home() / "backups"
    if kept > 0:
        backup.write(folder / backup.default_name("nightly"))
    ours = sorted(folder.glob(f"{PREFIX}*.tar.gz"), reverse=True)
    for path in ours[kept:]:
        path.unlink(missing_ok=True)
    return len(ours[:kept])
