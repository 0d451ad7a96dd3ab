"""The words of the hints: why, for whoever reads the hint; a better beginning, in the draft's language."""

from functools import cache
from importlib.resources import files


@cache
def _texts() -> dict[tuple[str, str, str], str]:
    text = (files(__package__) / "advice.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, part, *sentences = line.split("\t")
            for language, sentence in zip(("fi", "sv", "en"), sentences, strict=True):
                found[key, part, language] = sentence
    return found


def why(key: str, language: str) -> str:
    """Why a hint is given, in fi, sv or en."""
    return _texts()[key, "why", language]


def better(key: str, language: str) -> str:
    """A better beginning in fi, sv or en; English for any other."""
    return _texts()[key, "better", language if language in ("fi", "sv", "en") else "en"]
