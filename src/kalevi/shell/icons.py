"""Our own pictures as SVG paths on a 24 by 24 field: icons, and one shape for each feeling.

Icons and the shapes of tones are in `pictures.tsv`; those of feelings and of HOT are the summaries' own.

Shapes are solid, so that a feeling is known by its form alone: on paper, in forced colours, to an eye
that does not tell red from green. A sun is joy, a shield trust, bared peaks fear, a starburst surprise,
a drop sadness, a closed cell disgust, a bolt anger, an arrow ahead anticipation; of HOT, a star to reach
for is a dream, a stone in the way a problem, a heart that lacks something a need.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def pictures(group: str) -> dict[str, str]:
    """Name -> path of the group `icon` or `shape`."""
    found = {row["name"]: row["path"] for row in _rows("shell/pictures.tsv") if row["group"] == group}
    if group == "shape":
        # The file alone: the room that prints with it is heavy, and a server prints nothing.
        found |= {row["key"]: row["path"] for row in _rows("summaries/looks.tsv")}
    return found


def _rows(path: str) -> Iterator[dict[str, str]]:
    lines = (files("kalevi") / path).read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    return (dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def logo() -> str:
    """The cloudberry as markup to stand inside a page."""
    svg = (files(__package__) / "static" / "shell" / "cloudberry.svg").read_text(encoding="utf-8").strip()
    return svg.replace(
        '<svg xmlns="http://www.w3.org/2000/svg"', '<svg class="logo" aria-hidden="true" focusable="false"'
    )
