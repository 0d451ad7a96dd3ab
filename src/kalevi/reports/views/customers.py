"""Customers: the list, and one person's page."""

from django.http import HttpRequest, HttpResponse

from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF


@open_to(STAFF)
def customers(request: HttpRequest) -> HttpResponse:
    """List customers."""
    return HttpResponse("")


@open_to(STAFF)
def customer(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person."""
    return HttpResponse("")
