"""Rows of JSON: one value a line (JSONL), or one array, or values one after another."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kalevi.tables.delimited import Line
from kalevi.tables.rows import MAX_ROW_BYTES, RejectedRow

PLAIN_COLUMN = "text"
_decode = json.JSONDecoder().raw_decode

Record = tuple[Any, bytes] | RejectedRow


def looks_like_json(sample: str) -> bool:
    """Whether the text begins with a JSON object, array or, on a line of its own, a string."""
    start = sample.lstrip("\ufeff \t\r\n")
    if start[:1] not in ("{", "[", '"'):
        return False
    first_line = start.split("\n", 1)[0]
    try:
        value = json.loads(first_line)
    except (ValueError, RecursionError):
        return start[0] != '"' and _begins_like_json(start)
    return isinstance(value, dict | list | str) and (start[0] != '"' or '"' not in first_line.strip()[1:-1])


def _begins_like_json(text: str) -> bool:
    if text[0] == "[":
        return text[1:].lstrip()[:1] in ("{", "[", '"', "]")
    return text[1:].lstrip()[:1] in ('"', "}")


def one_a_line(sample: str) -> bool:
    """Whether one of the sample's first lines is one whole JSON object or string, as in JSONL."""
    start = sample.lstrip("\ufeff \t\r\n")
    lines = [line for line in start.split("\n", 20)[:20] if line.strip()]
    return not start.startswith("[") and any(
        isinstance(_value(line), dict | str if number == 0 else dict) for number, line in enumerate(lines)
    )


def _value(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def values_by_line(lines: Iterable[Line]) -> Iterator[Record]:
    """The value of each line that is not empty."""
    for text, raw in lines:
        if not (text := text.strip(" \t\r\n\ufeff")):
            continue
        raw = raw.rstrip(b"\r\n")
        if len(raw) >= MAX_ROW_BYTES:
            yield RejectedRow(0, raw[: 64 * 1024], "row_too_long")
            continue
        try:
            yield json.loads(text), raw
        except (ValueError, RecursionError):
            yield RejectedRow(0, raw, "not_json")


def values_one_after_another(lines: Iterable[Line]) -> Iterator[Record]:
    """The members of one array, or values written one after another over any number of lines.

    A member that is no JSON is rejected together with what follows up to the next line that reads.
    """
    buffer, inside, wanted = "", False, 0
    for line in lines:
        buffer += line[0]
        if len(buffer) < wanted:
            continue
        while True:
            buffer = buffer.lstrip(" \t\r\n\ufeff,")
            if not inside and buffer.startswith("["):
                inside, buffer = True, buffer[1:]
                continue
            if not buffer or (inside and buffer.startswith("]")):
                buffer = buffer[1:]
                if not buffer.strip():
                    break
                continue
            try:
                value, end = _decode(buffer)
            except (ValueError, RecursionError):
                if len(buffer) > MAX_ROW_BYTES:
                    yield RejectedRow(
                        0,
                        buffer[: 64 * 1024].encode("utf-8", "surrogatepass"),
                        "row_too_long",
                    )
                    buffer, wanted = "", 0
                else:
                    wanted = max(
                        len(buffer) + 1,
                        int(len(buffer) * 1.5) if len(buffer) > 4096 else 0,
                    )
                break
            yield value, buffer[:end].encode("utf-8", "surrogatepass")
            buffer, wanted = buffer[end:], 0
    yield from _rest(buffer)


def _rest(buffer: str) -> Iterator[Record]:
    """What was left waiting at the end of the file: read the values it holds, reject what is none."""
    while buffer := buffer.lstrip(" \t\r\n,]"):
        try:
            value, end = _decode(buffer)
        except (ValueError, RecursionError):
            line, _, buffer = buffer.partition("\n")
            yield RejectedRow(0, line.encode("utf-8", "surrogatepass"), "not_json")
            continue
        yield value, buffer[:end].encode("utf-8", "surrogatepass")
        buffer = buffer[end:]


def header_of(values: Iterable[Any]) -> list[str]:
    """Every key of the sample's objects in the order met; `text` for plain strings."""
    keys: dict[str, None] = {}
    for value in values:
        if isinstance(value, dict):
            keys.update(dict.fromkeys(value))
        else:
            keys.setdefault(PLAIN_COLUMN)
    return list(keys)


def cells_of(value: Any, header: list[str]) -> list[str]:
    """The value's cells under the header; keys that the header lacks stay in the raw bytes only."""
    if isinstance(value, dict):
        return [as_cell(value.get(key)) for key in header]
    return [as_cell(value) if key == PLAIN_COLUMN else "" for key in header]


def as_cell(value: Any) -> str:
    """Text as it is, nothing as an empty cell, numbers as written by JSON, anything nested as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""
