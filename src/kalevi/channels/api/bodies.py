"""Bodies of requests: read up to a limit, told apart item by item, each item kept byte for byte."""

import json
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from django.http import HttpRequest, UnreadablePostError
from pydantic import TypeAdapter, ValidationError

from kalevi.channels.api.problems import FieldError, ProblemError
from kalevi.channels.api.wording import field_errors, message
from kalevi.shell.numbers import whole_number

MOST_BYTES, MOST_BULK_BYTES = 1024**2, 16 * 1024**2
MOST_ITEMS = 1_000
JSON_TYPES = ("application/json",)
NDJSON_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl")
_SPACE = frozenset(" \t\r\n")
_decoder = json.JSONDecoder()
Model = TypeVar("Model")


def content_type(request: HttpRequest) -> str:
    """Return the media type of a body, without its parameters; JSON when none is named."""
    return (request.content_type or "application/json").lower()


def body_of(request: HttpRequest, *, most: int = MOST_BYTES, types: tuple[str, ...] = JSON_TYPES) -> bytes:
    """Return the body. Raises ProblemError when it is of another type, too large or not UTF-8."""
    if content_type(request) not in types:
        raise ProblemError("wrong-type", types=", ".join(types))
    if (whole_number(request.headers.get("Content-Length", "")) or 0) > most:
        raise ProblemError("too-large", most=most)
    try:
        body = request.read(most + 1)
    except UnreadablePostError:
        raise ProblemError("not-json", place=0) from None
    if len(body) > most:
        raise ProblemError("too-large", most=most)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError("not-utf-8", place=error.start) from None
    return body


def parsed(adapter: TypeAdapter[Model], raw: bytes) -> Model:
    """Return one thing that was sent. Raises ProblemError with what is wrong with it."""
    try:
        return adapter.validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    # Half of a surrogate pair is JSON by its grammar, and no text: that is an error of a value.
    if found[0]["type"] == "json_invalid" and (place := _broken_place(raw.decode("utf-8"))) is not None:
        raise ProblemError("not-json", place=place)
    raise ProblemError("invalid", errors=field_errors(found))


def _broken_place(text: str) -> int | None:
    """Return from where on a text is no JSON; None when it is."""
    try:
        _decoder.decode(text)
    except json.JSONDecodeError as error:
        return error.pos
    except (RecursionError, ValueError):
        return 0
    return None


class Item(NamedTuple):
    """One item of many as it came, and what it says, or what is wrong with it."""

    raw: bytes
    value: object
    errors: tuple[FieldError, ...]


def items_of(raw: bytes, adapter: TypeAdapter[Model], *, ndjson: bool) -> Iterator[Item]:
    """Yield the items of a body. Raises ProblemError for an array that is none, which then has no items."""
    pieces = _lines(raw) if ndjson else iter(_array(raw.decode("utf-8")))
    for number, piece in enumerate(pieces):
        try:
            yield Item(piece, adapter.validate_json(piece), ())
        except ValidationError as error:
            wrong = field_errors(error.errors(include_url=False, include_input=False), f"/{number}")
            yield Item(piece, None, tuple(wrong[:10]))


def _lines(raw: bytes) -> Iterator[bytes]:
    for line in raw.split(b"\n"):
        if piece := line.strip():
            yield piece


def _array(text: str) -> list[bytes]:
    """Return the items of a JSON array, byte for byte; Python's own parser only finds where each ends."""
    place = _after_space(text, 0)
    if text[place : place + 1] != "[":
        if text[place : place + 1] == "":
            raise ProblemError("not-json", place=place)
        raise ProblemError("invalid", errors=[FieldError("/", "list_type", message("list_type"))])
    items: list[bytes] = []
    place = _after_space(text, place + 1)
    if text[place : place + 1] == "]":
        place += 1
    else:
        while True:
            end = _end_of_value(text, place)
            items.append(text[place:end].encode())
            if len(items) > MOST_ITEMS:
                many = FieldError("/", "too_many", message("too_many", {"most": MOST_ITEMS}))
                raise ProblemError("invalid", errors=[many])
            place = _after_space(text, end)
            closing = text[place : place + 1]
            place += 1
            if closing == "]":
                break
            if closing != ",":
                raise ProblemError("not-json", place=place - 1)
            place = _after_space(text, place)
    if _after_space(text, place) != len(text):
        raise ProblemError("not-json", place=place)
    return items


def _end_of_value(text: str, place: int) -> int:
    try:
        _value, end = _decoder.raw_decode(text, place)
    except RecursionError:
        raise ProblemError("not-json", place=place) from None
    except json.JSONDecodeError as error:
        raise ProblemError("not-json", place=error.pos) from None
    except ValueError:  # a number of more digits than Python takes
        raise ProblemError("not-json", place=place) from None
    return end


def _after_space(text: str, place: int) -> int:
    while text[place : place + 1] in _SPACE:
        place += 1
    return place
