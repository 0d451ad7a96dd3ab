"""Tasks for the tests of the job table."""

from django_tasks import task

from kalevi.jobs import leases
from kalevi.shell.models import Company


@task
def add(a: int, b: int) -> int:
    return a + b


@task
def fail() -> None:
    raise ValueError("secret of a customer")


@task
def found_company(name: str) -> None:
    leases.report(done=1, total=2)
    with leases.effect():
        Company.objects.update_or_create(pk=1, defaults={"name": name})


@task
def lose_and_write() -> None:
    from kalevi.jobs.models import Job

    Job.objects.update(token="00000000-0000-0000-0000-000000000001")
    with leases.effect():
        Company.objects.update_or_create(pk=1, defaults={"name": "written by a lost attempt"})


@task
def leave() -> None:
    raise SystemExit(3)
