"""Written answers to surveys, beginnings of ours, promises and orders; words/README.md tells of the files."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).resolve().parent / "words"


@cache
def written_answers() -> dict[str, list[dict[str, Any]]]:
    """Return answers.json: by ready survey, and those of the screen under "kiosk"."""
    found: dict[str, list[dict[str, Any]]] = json.loads((_WORDS / "answers.json").read_text(encoding="utf-8"))
    return found


def written_snippets() -> list[dict[str, str]]:
    """Return snippets.json: each with language, name and words."""
    found: list[dict[str, str]] = json.loads((_WORDS / "snippets.json").read_text(encoding="utf-8"))
    return found


def written_promises() -> dict[str, Any]:
    """Return promises.json: what became of those in answers, and those given face to face."""
    found: dict[str, Any] = json.loads((_WORDS / "promises.json").read_text(encoding="utf-8"))
    return found


def written_orders() -> list[dict[str, Any]]:
    """Return orders.json: each with its number, whose words speak of it, and what came when."""
    found: list[dict[str, Any]] = json.loads((_WORDS / "orders.json").read_text(encoding="utf-8"))
    return found


def answers_written() -> int:
    """Return how many answers there are."""
    return sum(len(answers) for answers in written_answers().values())
