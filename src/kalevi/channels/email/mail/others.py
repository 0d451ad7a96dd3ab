"""Quotations as mail programs in other languages begin them: what `mail-parser-reply` knows of them."""

import re
from functools import cache

from mailparser_reply.constants import MAIL_LANGUAGES  # type: ignore[import-untyped]

# Its patterns try much on long lines; what they look for is short and near the top.
LONGEST_LINE, MOST_LINES = 160, 300
LANGUAGES = ("de", "da", "no", "nb", "nl", "fr", "es", "it", "pl", "et", "ru", "pt", "cs")
_ENDS_WITH_COLON = re.compile(r":\s*$")


@cache
def _headers() -> list[re.Pattern[str]]:
    known = [MAIL_LANGUAGES[name] for name in LANGUAGES if name in MAIL_LANGUAGES]
    return [
        re.compile(one["wrote_header"], re.MULTILINE | re.IGNORECASE)
        for one in known
        if "wrote_header" in one
    ]


def without_quotes(lines: list[str]) -> list[str]:
    """Return the lines before the first that says, in another language, who wrote what follows."""
    for place, line in enumerate(lines[:MOST_LINES]):
        if place and 10 < len(line) <= LONGEST_LINE and _ENDS_WITH_COLON.search(line):
            text = line.strip()
            if any(pattern.match(text) for pattern in _headers()) and any(
                letter.isdigit() for letter in text
            ):
                return lines[:place]
    return lines
