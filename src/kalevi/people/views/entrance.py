"""Doors beside the sign-in page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kalevi.shell.middleware import public


@public
def not_in_use(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Say who helps a stranger or somebody who forgot the password: accounts come by invitation only."""
    return render(request, "people/not_in_use.html")
