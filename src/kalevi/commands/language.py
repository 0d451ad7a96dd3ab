"""Which language a command speaks."""

import os
from collections.abc import Mapping, Sequence

from kalevi.summaries.wording import LANGUAGES


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """The language of `--lang`, else `KALEVI_LANG`, else the system's; English where nothing is said."""
    environment = os.environ if environment is None else environment
    told = _told(arguments) or environment.get("KALEVI_LANG", "").strip().lower()[:2]
    if told in LANGUAGES:
        return told
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return value[:2].lower() if value[:2].lower() in LANGUAGES else "en"
    return "en"


def _told(arguments: Sequence[str]) -> str:
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word == "--lang":
            return arguments[at + 1] if at + 1 < len(arguments) else ""
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""
