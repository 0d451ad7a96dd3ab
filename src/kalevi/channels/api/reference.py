"""The description of the API (OpenAPI) as a page people read: no script, nothing from elsewhere."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kalevi.channels.api.service import api, description


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter: its type in words, whether it is needed, what it is."""

    name: str
    type: str
    needed: bool
    text: str
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing one can ask for."""

    key: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[SafeString, ...]
    scope: str
    parameters: tuple[Field, ...]
    body: str
    body_types: tuple[str, ...]
    gives: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of object."""

    name: str
    text: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole reference: operations by what they are about, and objects."""

    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    schemas: tuple[Schema, ...]


@cache
def reference() -> Reference:
    """Return the reference; made once in a process."""
    told = description()
    groups: dict[str, list[Operation]] = {}
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            groups.setdefault(one["tags"][0], []).append(_operation(path, method, one))
    named = {name: _schema(name, one) for name, one in told["components"]["schemas"].items()}
    return Reference(
        tuple((tag, tuple(group)) for tag, group in groups.items()),
        tuple(named[name] for name in sorted(named) if named[name].fields and name != "Wanted"),
    )


@cache
def scopes() -> dict[tuple[str, str], str]:
    """Return which scope each operation needs, by path and method."""
    found = {}
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    found[path, method.lower()] = getattr(operation.view_func, "scope", "")
    return found


def _operation(path: str, method: str, one: dict[str, Any]) -> Operation:
    content = one.get("requestBody", {}).get("content", {})
    gives = next(
        (
            found
            for status, told in one["responses"].items()
            if int(status) < 300
            for found in [_refers(told.get("content", {}).get("application/json", {}).get("schema", {}))]
        ),
        "",
    )
    return Operation(
        key=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        paragraphs=tuple(_with_code(text) for text in one.get("description", "").split("\n\n")),
        scope=scopes().get((path.removeprefix("/api/v1"), method), ""),
        parameters=tuple(
            Field(p["name"], type_text(_given(p["schema"])), p["required"], p.get("description", ""))
            for p in one.get("parameters", ())
        ),
        body=next((_refers(told["schema"]) for told in content.values() if _refers(told["schema"])), ""),
        body_types=tuple(content),
        gives=gives,
        statuses=tuple(str(status) for status in one["responses"]),
    )


def _schema(name: str, one: dict[str, Any]) -> Schema:
    needed = set(one.get("required", ()))
    fields = tuple(
        Field(key, type_text(value), key in needed, value.get("description", ""), _refers(value))
        for key, value in one.get("properties", {}).items()
    )
    return Schema(name, one.get("description", ""), fields)


def _refers(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
    return next((found for one in inner if (found := _refers(one))), "")


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without the null that leaving a parameter out is."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return kinds[0] if len(kinds) == 1 else schema


def _with_code(text: str) -> SafeString:
    """Return a paragraph whose parts between backticks are code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", p) if n % 2 else p,) for n, p in parts)
    )


def type_text(schema: dict[str, Any]) -> str:
    """Return a JSON schema in a few words."""
    if "$ref" in schema:
        return _refers(schema)
    if "anyOf" in schema:
        return " or ".join(type_text(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f"“{value}”" for value in schema["enum"])
    if "const" in schema:
        return f"“{schema['const']}”"
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {type_text(schema.get('items', {}))}"
    if kind == "string":
        if schema.get("format") == "date-time":
            return "time with zone"
        most = schema.get("maxLength")
        return f"text of {most} characters at most" if most else "text"
    words = {"integer": "whole number", "boolean": "true or false", "null": "null", "object": "object"}
    return words.get(str(kind), str(kind))
