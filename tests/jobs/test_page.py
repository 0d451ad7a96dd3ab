"""The page of jobs tells what runs, waits and failed, and lets a failed one try again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kalevi.audit.models import Entry
from kalevi.jobs.models import Job
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(Colleague.objects.create_user("m@example.fi", name="Maija", role=Role.MANAGER))
    return client


def make(state: str, **more: Any) -> Job:
    fields: dict[str, Any] = {"task": "tests.jobs.sample.add", "enqueued_at": NOW, "run_after": NOW} | more
    if state == "running":
        fields |= {"token": "00000000-0000-0000-0000-000000000001", "leased_until": NOW, "started_at": NOW}
    if state in ("done", "failed"):
        fields["finished_at"] = NOW
    return Job.objects.create(state=state, **fields)


def test_page_shows_the_reason_of_a_failure(manager: Client) -> None:
    make("failed", error="builtins.ValueError", attempts=5, place="sample.py:18")
    page = manager.get(reverse("jobs")).content.decode()
    assert "It was tried 5 times and stopped at builtins.ValueError." in page
    assert "sample.py:18" in page


def test_failed_job_tries_again_and_the_audit_knows_who(manager: Client) -> None:
    job = make("failed", error="lost", attempts=5)
    manager.post(reverse("retry_job", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    assert Entry.objects.get(action="jobs.retry").subject == f"job:{job.pk}"


def test_htmx_gets_the_changing_part_alone(manager: Client) -> None:
    make("running", done=1, total=4)
    page = manager.get(reverse("jobs"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert 'value="0.25"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_jobs(
    manager: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _row in range(rows):
        for state in ("waiting", "running", "done"):
            make(state)
        make("failed", error="lost")
    manager.get(reverse("jobs"))
    with django_assert_num_queries(7):
        manager.get(reverse("jobs"))


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.FRONTLINE, 403), (Role.BOARD, 403)]
)
def test_jobs_are_for_leaders(client: Client, role: str, status: int) -> None:
    client.force_login(Colleague.objects.create_user("x@example.fi", name="X", role=role))
    assert client.get(reverse("jobs")).status_code == status
