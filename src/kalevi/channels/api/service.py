"""The API put together: its endpoints, its description (OpenAPI 3.1), and problems instead of error pages."""

import logging
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError

from kalevi import __version__
from kalevi.channels.api.auth import Bearer
from kalevi.channels.api.endpoints import interactions, orders, people, surveys
from kalevi.channels.api.offering import routers
from kalevi.channels.api.problems import MEDIA_TYPE, ProblemError
from kalevi.channels.api.wording import field_errors
from kalevi.shell.middleware import public

logger = logging.getLogger(__name__)
ROOT = "api/v1/"
_DESCRIPTION = """\
Send what customers say and feel, who they are and what they ordered, and read what Kalevi makes of it.

Every request needs a bearer token. Problems come as `application/problem+json` in the language of
`Accept-Language` (fi, sv, en). Ids are text: they have more digits than a JavaScript number keeps."""


class Service(NinjaAPI):
    """The API; an operation is called what its function is."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return the id of an operation, which is also its place in the reference."""
        return str(operation.view_func.__name__)


api = Service(
    title="Kalevi API",
    version=__version__,
    description=_DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    auth=Bearer(),
    urls_namespace="api",
)
for part in (interactions, people, orders, surveys):
    api.add_router("", part.router)
for router in routers():
    api.add_router("", router)


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
    response: HttpResponse = problem.response()
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    # ninja tells (where from, the function's argument, the field): only the field means something to callers.
    told = [{**one, "loc": one["loc"][-1:]} for one in error.errors]
    found = [one._replace(at=one.at.lstrip("/")) for one in field_errors(told)]
    return ProblemError("invalid", errors=found).response()


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return ProblemError("not-found").response()


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("the database could not be used: %s", error)
    return ProblemError("busy", headers={"Retry-After": "5"}).response()


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("a request failed", exc_info=error)
    return ProblemError("broken").response()


@cache
def description() -> dict[str, Any]:
    """Return the description of the API (OpenAPI 3.1)."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ROOT))
    shared = made["components"]["schemas"]
    for methods in made["paths"].values():
        for operation in methods.values():
            for name, schema in operation.pop("x-schemas", {}).items():
                shared[name] = schema
                shared.update(schema.pop("$defs", {}))
            for status, told in operation["responses"].items():
                if int(status) >= 400:
                    told["content"] = {MEDIA_TYPE: told.get("content", {}).get("application/json", {})}
    return made


@public
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description of the API."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@public
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer for an address under the API that there is none of."""
    return ProblemError("not-found").response()


def _ours(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view of ninja through to everybody, since it asks for a token itself, and mend its 405."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if response.status_code == 405 and "Allow" in response:
            allowed = response["Allow"]
            return ProblemError("wrong-method", headers={"Allow": allowed}, methods=allowed).response()
        return response

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie signs anybody in here
    return public(opened)


def addresses() -> list[URLPattern]:
    """Return the addresses of the API, below its root."""
    found: list[URLPattern] = [path("openapi.json", openapi, name="api_openapi")]
    seen: set[str] = set()
    for pattern in api.urls[0]:
        route = str(pattern.pattern)
        if route and isinstance(pattern, URLPattern) and route not in seen:
            seen.add(route)
            found.append(path(route, _ours(pattern.callback), name=f"api_{pattern.name}"))
    return found


def last_address() -> URLPattern:
    """Return the address that answers for all there are not."""
    return re_path(r"^.*$|", nothing_here, name="api_nothing")
