"""Beginnings of answers with blanks: what is still blank, and what was sent to nobody in particular."""

import re

from kalevi.cases.snippet_models import Snippet

BLANK = re.compile(r"«\s*([^«»\n]{0,60}?)\s*»")


class UnfilledError(Exception):
    """Blanks of a snippet are still empty; `blanks` are their names."""

    def __init__(self, blanks: tuple[str, ...]) -> None:
        super().__init__(len(blanks))
        self.blanks = blanks


class UnchangedError(Exception):
    """The answer is a snippet and nothing more."""


def blanks(words: str) -> tuple[str, ...]:
    """Return the names of the blanks that stand in words, each once, in order."""
    return tuple(dict.fromkeys(BLANK.findall(words)))


def check_personal(words: str) -> None:
    """Raise UnfilledError where a blank is left, and UnchangedError where the words are a snippet's alone.

    A snippet whose blanks were all taken out, and nothing put there, is unchanged too.
    """
    if left := blanks(words):
        raise UnfilledError(left)
    told = _bare(words)
    for known in Snippet.objects.values_list("words", flat=True):
        if told and told == _bare(BLANK.sub(" ", known)):
            raise UnchangedError


def _bare(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def snippets_in(language: str) -> list[Snippet]:
    """Return the snippets of a language by name; of every language where it has none."""
    known = list(Snippet.objects.order_by("language", "name"))
    return [one for one in known if one.language == language] or known
