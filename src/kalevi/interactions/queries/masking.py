"""Words for eyes that need no names: whatever points to a person becomes dots, place by place."""

import re

from kalevi.text.personal_data import personal_data

DOT = "•"
WORD = re.compile(r"\w{3,}")


def masked(words: str | None, name: str = "") -> str | None:
    """Return the words with personal data, and the parts of `name`, dotted out; offsets stay as they were."""
    if not words:
        return words
    spans = [found.span for found in personal_data(words)]
    for part in WORD.findall(name):
        spans += [match.span() for match in re.finditer(rf"\b{re.escape(part)}\w*", words, re.IGNORECASE)]
    shown = list(words)
    for start, end in spans:
        shown[start:end] = DOT * (end - start)
    return "".join(shown)
