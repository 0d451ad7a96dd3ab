"""Addresses of the jobs."""

from django.urls import path

from kalevi.jobs.views import jobs, retry

urlpatterns = [
    path("settings/jobs/", jobs, name="jobs"),
    path("settings/jobs/<int:job_id>/retry/", retry, name="retry_job"),
]
