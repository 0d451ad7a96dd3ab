"""What the commands of upkeep share: their texts in three languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _texts(language: str) -> Mapping[str, Mapping[str, str]]:
    path = files("kalevi.commands").joinpath("texts", f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def say(language: str, key: str, /, **values: object) -> str:
    """Return the text under `command.key` with the values in place. Raises KeyError for an unknown key."""
    section, _dot, name = key.partition(".")
    return _texts(language)[section][name].format(**values)


def helps(command: str) -> dict[str, str]:
    """Return what a command is for, in one line in each language."""
    return {language: say(language, f"{command}.help") for language in ("fi", "sv", "en")}
