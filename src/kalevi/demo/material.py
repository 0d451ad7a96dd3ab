"""The written material of the demo company, as plain values. See words/README.md for what the files hold."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).resolve().parent / "words"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, with what is known of it. `score` is (kind, value), `expectation` (text, outcome)."""

    id: str
    language: str
    text: str
    touchpoint: str
    channel: str
    stage: str
    week: int | None
    score: tuple[str, float] | None
    side: str
    b2b: bool
    told_by_colleague: bool
    self_feeling: str | None
    reply: str | None
    expectation: tuple[str, str] | None
    persona: str | None
    aims: str | None


@cache
def company() -> dict[str, Any]:
    """Return company.json."""
    found: dict[str, Any] = json.loads((_WORDS / "company.json").read_text(encoding="utf-8"))
    return found


@cache
def comments() -> tuple[Comment, ...]:
    """Return every comment of every language, by id."""
    found = [
        _comment(json.loads(line))
        for path in sorted(_WORDS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    ]
    return tuple(sorted(found, key=lambda comment: comment.id))


def first_monday() -> date:
    """Return the Monday that week 1 begins on."""
    return date.fromisoformat(company()["first_monday"])


def event(key: str) -> dict[str, Any]:
    """Return one of the company's events. Raises KeyError for an unknown one."""
    events: dict[str, dict[str, Any]] = {entry["key"]: entry for entry in company()["events"]}
    return events[key]


def _comment(row: dict[str, Any]) -> Comment:
    score, expectation = row.pop("score"), row.pop("expectation")
    return Comment(
        **row,
        score=(score["kind"], float(score["value"])) if score else None,
        expectation=(expectation["text"], expectation["outcome"]) if expectation else None,
    )
