"""What somebody wrote now, told from what they quote and from what their mail program adds."""

import re
from dataclasses import dataclass

from kalevi.channels.email.mail import others
from kalevi.channels.email.mail.html import QUOTED_BELOW
from kalevi.channels.email.mail.phrases import (
    ATTRIBUTION,
    CLOSING,
    FIRST_LABEL,
    FOOTER,
    LABEL,
    MINUTE_OR_ADDRESS,
    POSTSCRIPT,
    SENT_FROM,
    SEPARATOR,
    WRITING,
)

_RULE = re.compile(r"[ \t]*[_\-=*–—]{10,}[ \t]*")
_BULLET = re.compile(r"^[>\s*]+|[*\s]+$")
MOST_LINES, LONGEST_LINE = 20_000, 1_000
_SIGNATURE_LINES, _SIGNATURE_WIDTH = 12, 90


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of now, and whether anything was left out."""

    own: str
    cut: bool


def own_words(text: str) -> Cut:
    """Return what was newly written; the whole text where nothing would be left of it."""
    whole = text.replace(QUOTED_BELOW, "").strip()
    lines = [line.rstrip() for line in text.split("\n")]
    if len(lines) > MOST_LINES:
        return Cut(whole, False)
    kept = _without_quotes(lines)
    if _told(kept) == whole:
        kept = others.without_quotes(kept)
    own = _told(_without_endings(kept))
    if not own:
        own = _told(kept)
    if not own:
        return Cut(_without_marks(lines) or whole, False)
    return Cut(own, own != whole)


def _told(lines: list[str]) -> str:
    text = "\n".join(lines).strip("\n").rstrip()
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_marks(lines: list[str]) -> str:
    return _told([re.sub(r"^(?:> ?)+", "", line) for line in lines if line != QUOTED_BELOW])


def _without_quotes(lines: list[str]) -> list[str]:
    quoted_lines = sum(line.startswith(">") for line in lines)
    kept: list[str] = []
    place, introduced = 0, False
    while place < len(lines):
        line = lines[place]
        if _rest_is_quoted(lines, place):
            while kept and (not kept[-1] or _RULE.fullmatch(kept[-1])):
                kept.pop()
            return kept
        if length := _attribution(lines, place):
            after = _next_full(lines, place + length)
            if after is not None and lines[after].startswith(">"):
                place, introduced = after, True
                continue
            if line.startswith(">") or _is_sure(" ".join(lines[place : place + length])):
                return kept
        if line.startswith(">") and (quoted_lines > 1 or introduced):
            place += 1
            continue
        introduced = False
        kept.append(line)
        place += 1
    return kept


def _next_full(lines: list[str], place: int) -> int | None:
    """Return the next line that says something, none further than two empty ones away."""
    for number in range(place, min(place + 3, len(lines))):
        if lines[number].strip():
            return number
    return None


def _rest_is_quoted(lines: list[str], place: int) -> bool:
    line = lines[place]
    if line == QUOTED_BELOW:
        return True
    if len(line) > LONGEST_LINE or not line.strip():
        return False
    bare = _BULLET.sub("", line)
    if SEPARATOR.fullmatch(bare):
        return True
    if _RULE.fullmatch(line):
        below = _next_full(lines, place + 1)
        return below is not None and _is_header_block(lines, below, enough=1)
    return _is_header_block(lines, place, enough=2)


def _is_header_block(lines: list[str], place: int, *, enough: int) -> bool:
    """Whether a mail's headers are repeated here: a sender, then `enough` others soon after."""
    if not FIRST_LABEL.match(_BULLET.sub("", lines[place][:LONGEST_LINE])):
        return False
    after = lines[place + 1 : place + 9]
    return sum(bool(LABEL.match(_BULLET.sub("", line[:LONGEST_LINE]))) for line in after) >= enough


def _attribution(lines: list[str], place: int) -> int:
    """Return how many lines say who wrote what follows, and when; 0 where none does."""
    first = lines[place].lstrip("> ")
    if not first or len(first) > LONGEST_LINE:
        return 0
    joined = ""
    for count in range(1, 4):
        if place + count > len(lines):
            return 0
        line = lines[place + count - 1].strip()
        if not line:
            return 0
        joined = f"{joined} {line.lstrip('> ')}".strip()
        if len(joined) > 400:
            return 0
        if joined.endswith(":") and WRITING.search(joined) and ATTRIBUTION.fullmatch(joined):
            return count
    return 0


def _is_sure(attribution: str) -> bool:
    """Whether a program wrote it: people who retell what somebody wrote give no address and no minute."""
    return bool(MINUTE_OR_ADDRESS.search(attribution))


def _without_endings(lines: list[str]) -> list[str]:
    """Leave out what a mail program or a company puts under every mail, and the signature."""
    kept = list(lines)
    for place, line in enumerate(kept):
        if line in ("--", "-- ") and any(one.strip() for one in kept[:place]):
            kept = kept[:place]
            break
    kept = [
        line for line in kept if len(line) > 200 or not SENT_FROM.fullmatch(line.lstrip("> *").rstrip(" *"))
    ]
    for place, line in enumerate(kept):
        if place and FOOTER.match(line[:LONGEST_LINE].lstrip(" *_")) and _starts_paragraph(kept, place):
            kept = _without_rules(kept[:place])
            break
    return _without_closing(kept)


def _starts_paragraph(lines: list[str], place: int) -> bool:
    return not lines[place - 1].strip() or bool(_RULE.fullmatch(lines[place - 1]))


def _without_rules(lines: list[str]) -> list[str]:
    while lines and (not lines[-1].strip() or _RULE.fullmatch(lines[-1])):
        lines.pop()
    return lines


def _without_closing(lines: list[str]) -> list[str]:
    """Leave out a greeting at the end with the names and numbers under it; a postscript stays."""
    for place, line in enumerate(lines):
        if not place or len(line) > _SIGNATURE_WIDTH or not CLOSING.fullmatch(line.strip(" *_")):
            continue
        after = [one for one in lines[place + 1 :] if one.strip()]
        end = next((n for n, one in enumerate(lines) if n > place and POSTSCRIPT.match(one)), len(lines))
        below = [one for one in lines[place + 1 : end] if one.strip()]
        if len(below) <= _SIGNATURE_LINES and all(_may_be_signature(one) for one in below):
            rest = lines[end:]
            return [*lines[:place], *([""] if rest else []), *rest] if after or place else lines
    return lines


def _may_be_signature(line: str) -> bool:
    """Whether a line may name somebody or their address, rather than say something."""
    words = line.split()
    return len(line) <= _SIGNATURE_WIDTH and not (len(words) > 6 and line.rstrip().endswith((".", "?", "!")))
