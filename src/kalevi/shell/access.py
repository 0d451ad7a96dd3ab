"""Who may open a page: every view says so itself, and the permission matrix reads it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from kalevi.shell.roles import Role, roles_of

View = Callable[..., HttpResponse]
# Asked before a page with customers' words, with the roles that open it; None lets one in.
Question = Callable[[HttpRequest, frozenset[Role]], HttpResponse | None]

# What a page of ours answers to; a view may take fewer.
METHODS = ("GET", "HEAD", "POST")

_questions: list[Question] = []


def ask_before_words(question: Question) -> None:
    """Put a question before every page with customers' words."""
    if question not in _questions:
        _questions.append(question)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page; a part that htmx fetched takes the whole page there."""
    if request.headers.get("HX-Request") == "true":
        there = redirect_to_login("/")
        return HttpResponse(status=401, headers={"HX-Redirect": there.url})
    return redirect_to_login(request.get_full_path())


def open_to(roles: frozenset[Role], *, words: bool | None = None) -> Callable[[View], View]:
    """Let in signed-in colleagues with one of these roles; others are asked to sign in, or refused (403).

    `words` says whether customers' words or names stand on the page; unsaid, they do wherever the frontline
    comes, so that a page about which nobody thought is a guarded one.
    """
    with_words = Role.FRONTLINE in roles if words is None else words

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if not roles & roles_of(request.user):
                raise PermissionDenied
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            for question in _questions if with_words else ():
                if (answer := question(request, roles)) is not None:
                    return answer
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the permission matrix
        guarded.words = with_words  # type: ignore[attr-defined]  # read by the permission matrix
        return guarded

    return decorate
