"""The fixed shape and colour of each feeling, the same wherever a feeling is shown."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Look(NamedTuple):
    """How a feeling or a HOT kind looks: a sign for text, a path in a 24 × 24 field, its two colours."""

    sign: str
    path: str
    light: str
    dark: str


@cache
def looks() -> dict[str, Look]:
    """Key -> look; solid shapes, so that each is known by its form alone."""
    lines = (files("kalevi.summaries") / "looks.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {key: Look(*rest) for key, *rest in (line.split("\t") for line in lines)}
