"""A file with a company's own themes: on each line a name, a colon and its words, commas between them."""

from pathlib import Path

from kalevi.text.vocabulary import LANGUAGES, THEMES, name

LARGEST = 1_000_000


class UnreadableThemesError(Exception):
    """The file cannot be used; `key` says why, `line` where (0 where it is no line's fault)."""

    def __init__(self, key: str, line: int = 0) -> None:
        super().__init__(key)
        self.key, self.line = key, line


def themes_from(path: str) -> dict[str, list[str]]:
    """Return name -> seed words. Empty lines and lines that begin with # are passed over.

    Raises UnreadableThemesError for a file that cannot be read, a line without a name or words, and a name
    that one of the common themes has, as a key or in any language.
    """
    try:
        with Path(path).open("rb") as file:
            text = file.read(LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableThemesError("themes_unreadable") from error
    taken = {*THEMES, *(name(key, language) for key in THEMES for language in LANGUAGES[:3])}
    themes: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        called, _colon, words = line.partition(":")
        called, seeds = " ".join(called.split()), [word.strip() for word in words.split(",") if word.strip()]
        if not called or not seeds:
            raise UnreadableThemesError("themes_line", number)
        if called.lower() in taken:
            raise UnreadableThemesError("themes_taken", number)
        themes.setdefault(called, []).extend(seeds)
    if not themes:
        raise UnreadableThemesError("themes_none")
    return themes
