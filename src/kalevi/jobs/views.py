"""The page of jobs: what runs, waits and failed, with the reason and a way to try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.jobs.actions import retry_job
from kalevi.jobs.queries import work_for_leaders
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS


@require_GET
@open_to(LEADERS)
def jobs(request: HttpRequest) -> HttpResponse:
    """Show the work; htmx asks for the changing part alone."""
    part = "jobs/work.html" if request.headers.get("HX-Request") else "jobs/jobs.html"
    return render(request, part, {"section": "settings", "work": work_for_leaders()})


@require_POST
@open_to(LEADERS)
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a failed job try again."""
    if retry_job(job_id=job_id, actor_id=request.user.pk or 0):
        messages.success(request, gettext("It is being tried again now."))
    else:
        messages.info(request, gettext("It has already begun anew."))
    return redirect("jobs")
