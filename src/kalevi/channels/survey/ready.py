"""Surveys that are ready to be taken into use, one for each part of the customer's way. No Django."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.texts import Texts


@dataclass(frozen=True, slots=True)
class Ready:
    """One: what it is called, when it is asked, what it asks."""

    key: str
    name: Texts
    when: Texts
    asks: Definition


@cache
def ready_surveys() -> dict[str, Ready]:
    """Return every ready survey by its key, in the order of the way."""
    listed = json.loads((files(__package__) / "ready.json").read_text(encoding="utf-8"))
    return {
        one["key"]: Ready(
            key=one["key"],
            name=Texts.from_json(one["name"], "name"),
            when=Texts.from_json(one["when"], "when"),
            asks=Definition.from_json(one["asks"]),
        )
        for one in listed
    }
