"""What goes wrong, told in plain words in the caller's language, with what to do (RFC 9457)."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
MOST_ERRORS = 100


class _Text(NamedTuple):
    status: int
    title: str | Promise
    detail: str | Promise


TEXTS: dict[str, _Text] = {
    "not-json": _Text(
        400,
        _("The body is not JSON."),
        _("It cannot be read from character %(place)s on. Send JSON in UTF-8 (RFC 8259)."),
    ),
    "not-utf-8": _Text(
        400, _("The body is not UTF-8."), _("Send the text in UTF-8. Byte %(place)s does not belong to it.")
    ),
    "no-token": _Text(
        401,
        _("A token is needed."),
        _(
            "Send the header “Authorization: Bearer …” with a token that is in use. "
            "An administrator makes tokens under Settings > API."
        ),
    ),
    "not-allowed": _Text(
        403,
        _("This token may not do that."),
        _("It lacks “%(scope)s”. An administrator can make a token that has it under Settings > API."),
    ),
    "not-found": _Text(
        404,
        _("There is no such thing here."),
        _("Check the address and the id. The reference tells what there is."),
    ),
    "wrong-method": _Text(
        405, _("This address takes no such request."), _("It takes: %(methods)s. The reference tells more.")
    ),
    "too-large": _Text(
        413, _("The body is too large."), _("It may have %(most)s bytes at most. Send it in several parts.")
    ),
    "wrong-type": _Text(
        415,
        _("The body is of a type that is not read here."),
        _("Send it as %(types)s, and say so in the header Content-Type."),
    ),
    "invalid": _Text(
        422,
        _("Something in the request cannot be understood."),
        _("Nothing of it was stored. Each entry of “errors” says where and what to do."),
    ),
    "key-used": _Text(
        422,
        _("This Idempotency-Key came before with another request."),
        _("Use a new key for a new request, and the same key only to repeat the very same one."),
    ),
    "too-often": _Text(
        429, _("Too many requests."), _("Wait %(seconds)s seconds and try again. Nothing of it was stored.")
    ),
    "broken": _Text(
        500,
        _("Something went wrong on our side."),
        _("Nothing of it was stored. Try again later; if it goes on, tell whoever looks after this Kalevi."),
    ),
    "busy": _Text(
        503,
        _("We cannot store anything just now."),
        _("Nothing of it was stored. Send the same again in a while; nothing is stored twice."),
    ),
}


class FieldError(NamedTuple):
    """One thing that is wrong: where (a JSON pointer, or the name of a parameter), the key, what to do."""

    at: str
    key: str
    message: str


class ProblemError(Exception):
    """An answer other than success: (key,) of TEXTS; nothing was stored."""

    def __init__(
        self,
        key: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> None:
        super().__init__(key)
        self.key, self.errors, self.headers, self.values = key, errors, headers or {}, values

    def body(self) -> dict[str, Any]:
        """Return the problem in the language of the request."""
        text = TEXTS[self.key]
        body: dict[str, Any] = {
            "type": f"{DOCS}#{self.key}",
            "title": str(text.title),
            "status": text.status,
            "detail": str(text.detail) % self.values,
        }
        if self.errors:
            body["errors"] = [error._asdict() for error in self.errors[:MOST_ERRORS]]
        return body

    def response(self) -> HttpResponse:
        """Return the answer."""
        response = HttpResponse(
            json.dumps(self.body(), ensure_ascii=False),
            status=TEXTS[self.key].status,
            content_type=f"{MEDIA_TYPE}; charset=utf-8",
        )
        for name, value in self.headers.items():
            response[name] = value
        response["Vary"] = "Accept-Language"
        return response


def invalid(at: str, key: str, message: str | None = None) -> ProblemError:
    """Return the problem of one thing that is wrong."""
    return ProblemError(
        "invalid", errors=[FieldError(at, key, message or gettext("This cannot be understood."))]
    )
