"""What endpoints share: answers as JSON, problems in the description, ids in addresses."""

from typing import Any

from django.http import JsonResponse
from pydantic import BaseModel

from kalevi.channels.api.idempotency import Done
from kalevi.channels.api.outgoing import ProblemOut
from kalevi.channels.api.problems import ProblemError
from kalevi.channels.api.schemas import schema_of
from kalevi.shell.numbers import whole_number

PROBLEMS = dict.fromkeys((400, 401, 403, 404, 413, 415, 422, 429, 503), ProblemOut)


def answer(body: Any, status: int = 200) -> JsonResponse:
    """Return an answer as JSON."""
    return JsonResponse(body, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def answered(done: Done) -> JsonResponse:
    """Return what was done as an answer."""
    return answer(done.body, done.status)


def takes(model: type[BaseModel], *, many: bool = False) -> dict[str, Any]:
    """Return what the description of the API says of a body: bodies are read by ourselves, byte for byte."""
    one = schema_of(model)
    shared = one.pop("$defs", {})
    name = model.__name__
    reference = {"$ref": f"#/components/schemas/{name}"}
    content: dict[str, Any] = {"application/json": {"schema": reference}}
    if many:
        content = {
            "application/json": {"schema": {"type": "array", "items": reference, "maxItems": 1000}},
            "application/x-ndjson": {"schema": {"type": "string", "description": f"One {name} a line."}},
        }
    return {
        "requestBody": {"required": True, "content": content},
        "x-schemas": {name: one, **shared},
        "parameters": [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "description": "The same key and the same request: the same answer, and nothing done twice.",
                "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
            }
        ],
    }


def number(text: str) -> int:
    """Return the id in an address. Raises ProblemError when none can be so."""
    found = whole_number(text, signed=True)
    if found is None:
        raise ProblemError("not-found")
    return found
