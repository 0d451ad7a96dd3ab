"""Every text in three languages, and one translation of one text: Django joins the catalogs of all rooms."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from tests.repository.rooms import SOURCE
from tools import messages

Text = tuple[str, str | None]


def translations(language: str) -> Iterator[tuple[Text, object, str]]:
    """Yield (text and its context, translation, room) of every entry of every catalog."""
    for room in messages.rooms():
        _path, catalog = messages.catalog(room, language)
        for entry in catalog:
            if entry.id:
                text = entry.id if isinstance(entry.id, str) else entry.id[0]
                yield (text, entry.context), entry.string, str(room.relative_to(SOURCE))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_text_has_the_same_translation_in_every_room(language: str) -> None:
    found: dict[Text, dict[Any, list[str]]] = {}
    for text, translation, room in translations(language):
        found.setdefault(text, {}).setdefault(translation, []).append(room)
    assert {text: ways for text, ways in found.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert [text for room in messages.rooms() for text in messages.untranslated(room, language)] == []


def test_no_text_hides_in_an_f_string() -> None:
    hidden = [
        f"{path.relative_to(SOURCE)}:{call.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(made, ast.JoinedStr)
        for call in ast.walk(made)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in messages.KEYWORDS
    ]
    assert hidden == []
