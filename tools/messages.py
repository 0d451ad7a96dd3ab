"""Collect and compile the translations, room by room, with Babel instead of the gettext programs.

python tools/messages.py compile          make the .mo files
python tools/messages.py update [ROOM…]   put new texts into the .po files, drop unused ones
python tools/messages.py check            fail when a text lacks its Finnish or Swedish
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "kalevi"
LANGUAGES = ("fi", "sv")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def rooms() -> list[Path]:
    """Return the folders of rooms that have Django texts, channels each their own."""
    found = [path.parent for path in SOURCE.rglob("apps.py")]
    return sorted(found)


def texts(room: Path) -> Iterator[tuple[str, str | tuple[str, str], str | None]]:
    """Yield (place, message id, context) of every text of a room."""
    from django.utils.translation.template import templatize

    inner = [other for other in rooms() if other != room and room in other.parents]
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if "migrations" in path.parts or any(other in path.parents for other in inner):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            if "{%" not in source:
                continue
            # What is left of the page around the texts is indented as no Python is.
            source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
        for _line, function, arguments, _comments in extract_python(
            io.BytesIO(source.encode()), dict.fromkeys(KEYWORDS), (), {"encoding": "utf-8"}
        ):
            given: Any = arguments
            parts = [given] if isinstance(given, str) else [a for a in given if isinstance(a, str)]
            context = parts.pop(0) if function in ("pgettext", "pgettext_lazy", "npgettext") else None
            if not parts or not parts[0]:
                continue
            plural = str(function).startswith(("ngettext", "npgettext")) and len(parts) > 1
            yield str(path.relative_to(SOURCE)), (parts[0], parts[1]) if plural else parts[0], context


def catalog(room: Path, language: str) -> tuple[Path, Catalog]:
    """Return the path and the catalog of a room in a language; an empty one when there is none."""
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return path, Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return path, read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def untranslated(room: Path, language: str) -> list[str]:
    """Return the texts of a room that have no translation."""
    _path, known = catalog(room, language)
    missing = set()
    for place, message, context in texts(room):
        entry = known.get(message if isinstance(message, str) else message[0], context)
        said = entry.string if entry else ""
        if not all((said,) if isinstance(said, str) else said or ("",)):
            missing.add(f"{place}: {message if isinstance(message, str) else message[0]!r}")
    return sorted(missing)


def update(room: Path) -> None:
    """Rewrite the catalogs of a room: every text of it, old translations kept, unused ones dropped."""
    for language in LANGUAGES:
        path, old = catalog(room, language)
        new = Catalog(locale=language, charset="utf-8", fuzzy=False)
        for place, message, context in texts(room):
            entry = old.get(message if isinstance(message, str) else message[0], context)
            string = entry.string if entry else ("", "") if isinstance(message, tuple) else ""
            new.add(message, string, locations=[(place, 0)], context=context)
        if len(new) == 0:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, omit_header=False, sort_output=True, include_lineno=False, width=110)
        # The header's dates would change on every run.
        lines = path.read_text(encoding="utf-8").split("\n")
        dropped = (
            '"POT-Creation-Date',
            '"PO-Revision-Date',
            '"Generated-By',
            '"Last-Translator',
            '"Language-Team',
            '"Report-Msgid',
            '"Project-Id',
            "# Translations",
            "# Finnish",
            "# Swedish",
            "# Copyright",
            "# This file",
            "# FIRST",
            "#, fuzzy",
        )
        path.write_text("\n".join(line for line in lines if not line.startswith(dropped)), encoding="utf-8")


def compile_all() -> int:
    """Make every .mo that is older than its .po; return how many were made."""
    made = 0
    for path in sorted(SOURCE.rglob("*.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            read = read_po(file, charset="utf-8", abort_invalid=True)
        with target.open("wb") as file:
            write_mo(file, read)
        made += 1
    return made


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    command, names = (arguments[0] if arguments else "check"), arguments[1:]
    if command == "compile":
        print(f"{compile_all()} catalogs compiled")
        return 0
    chosen = [room for room in rooms() if not names or str(room.relative_to(SOURCE)) in names]
    if command == "update":
        for room in chosen:
            update(room)
    left = [
        (language, text) for room in chosen for language in LANGUAGES for text in untranslated(room, language)
    ]
    for language, text in left:
        print(f"untranslated {language} {text}")
    return 1 if left and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
