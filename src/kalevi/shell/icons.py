"""Our own pictures as SVG paths on a 24 by 24 field: icons, and one shape for each feeling (`pictures.tsv`).

Shapes are solid, so that a feeling is known by its form alone: on paper, in forced colours, to an eye
that does not tell red from green. A sun is joy, a shield trust, bared peaks fear, a starburst surprise,
a drop sadness, a closed cell disgust, a bolt anger, an arrow ahead anticipation; of HOT, a star to reach
for is a dream, a stone in the way a problem, a heart that lacks something a need.
"""

from functools import cache
from importlib.resources import files


@cache
def pictures(group: str) -> dict[str, str]:
    """Name -> path of the group `icon` or `shape`."""
    lines = (files(__package__) / "pictures.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {name: path for kind, name, path in rows if kind == group}


@cache
def logo() -> str:
    """The cloudberry as markup to stand inside a page."""
    svg = (files(__package__) / "static" / "shell" / "cloudberry.svg").read_text(encoding="utf-8").strip()
    return svg.replace(
        '<svg xmlns="http://www.w3.org/2000/svg"', '<svg class="logo" aria-hidden="true" focusable="false"'
    )
