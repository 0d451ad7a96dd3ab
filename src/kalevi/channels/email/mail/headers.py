"""Headers of a mail or a part: unfolded, decoded (RFC 2047), their parameters put together (RFC 2231)."""

import binascii
import quopri
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from kalevi.channels.email.mail.charsets import decode

MOST_BYTES, MOST_HEADERS, LONGEST = 256 * 1024, 2_000, 20_000
_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_LINE = re.compile(rb"\r\n|\n|\r")
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_ENCODED = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_PARAMETER = re.compile(r';\s*([^=;\s"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@\\]{1,200}@[^\s<>()\[\]\",;:@\\]{1,250}")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,900})>")


class Address(NamedTuple):
    """A mail address (lower case) and the name that came with it."""

    email: str
    name: str


class Headers:
    """The headers in order; names are compared in lower case."""

    def __init__(self, pairs: list[tuple[str, bytes]]) -> None:
        self.pairs = pairs

    def __len__(self) -> int:
        return len(self.pairs)

    def raw(self, name: str) -> str:
        """Return the first value of a header as one line, not decoded; empty where there is none."""
        return next((_plain(value) for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> list[str]:
        """Return every value of a header, not decoded."""
        return [_plain(value) for key, value in self.pairs if key == name]

    def text(self, name: str) -> str:
        """Return the first value of a header, decoded."""
        return decoded(self.raw(name))

    def value(self, name: str) -> tuple[str, dict[str, str]]:
        """Return a structured value in lower case, and its parameters by name."""
        line = self.raw(name)
        return line.split(";", 1)[0].strip().strip('"').lower()[:200], parameters(line)

    def addresses(self, name: str) -> list[Address]:
        """Return the addresses of every header of this name."""
        return [one for line in self.all(name) for one in addresses(line)]

    def message_ids(self, name: str) -> list[str]:
        """Return the ids in a header, without their brackets, in order."""
        found = _MESSAGE_ID.findall(self.raw(name))
        return found[-200:] or ([self.raw(name).strip()[:900]] if _bare_id(self.raw(name)) else [])

    def moment(self, name: str) -> datetime | None:
        """Return the time a header tells, in UTC; None where it tells none."""
        try:
            found = parsedate_to_datetime(self.raw(name)[:120])
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            return None


def split(raw: bytes) -> tuple[Headers, bytes]:
    """Return the headers of a mail or part, and its body."""
    if raw[:1] in (b"\n", b"\r"):
        return Headers([]), _LINE.sub(b"", raw, count=1)
    end = _END.search(raw, 0, MOST_BYTES)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw[:MOST_BYTES], raw[MOST_BYTES:])
    pairs: list[tuple[str, list[bytes]]] = []
    for number, line in enumerate(_LINE.split(head)):
        if line[:1] in (b" ", b"\t") and pairs:
            pairs[-1][1].append(line)
        elif found := _NAME.match(line):
            pairs.append((found[1].decode("ascii").lower(), [found[2]]))
        elif number and not pairs:
            break
        if len(pairs) > MOST_HEADERS:
            break
    if not pairs:
        return Headers([]), raw
    return Headers([(name, b"".join(lines).strip()) for name, lines in pairs]), body


def decoded(line: str) -> str:
    """Return a header's text with its encoded words decoded."""
    if "=?" not in line:
        return line
    joined = _BETWEEN.sub(r"\1", line)
    found: list[str] = []
    place = 0
    # A letter may be divided between two encoded words: neighbours of one charset are decoded together.
    pending, charset = b"", ""
    for match in _ENCODED.finditer(joined):
        between = joined[place : match.start()]
        if pending and (between or match[1].lower() != charset):
            found.append(decode(pending, charset))
            pending = b""
        found.append(between)
        charset, place = match[1].lower(), match.end()
        pending += _word(match[2].lower(), match[3])
    if pending:
        found.append(decode(pending, charset))
    return "".join([*found, joined[place:]])


def parameters(line: str) -> dict[str, str]:
    """Return the parameters of a structured header, those in pieces joined and decoded."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, value in _PARAMETER.findall(line[:LONGEST]):
        value = (
            re.sub(r"\\(.)", r"\1", value[1:-1]) if value[:1] == '"' and value[-1:] == '"' else value.strip()
        )
        name = name.lower()
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, decoded(value))
            continue
        number = rest.rstrip("*")
        place = int(number) if number.isdecimal() and len(number) < 4 else 0
        pieces.setdefault(base, {}).setdefault(place, (name.endswith("*"), value))
    for base, parts in pieces.items():
        plain[base] = _joined(parts)
    return plain


def addresses(line: str) -> list[Address]:
    """Return the addresses of one line of a header; what is none is passed over."""
    found = []
    for piece in _pieces(line[:LONGEST]):
        before, bracket, after = piece.rpartition("<")
        match = _ADDRESS.search(after if bracket else piece)
        if not match:
            continue
        name = before if bracket else ""
        if not bracket and (comment := re.search(r"\(([^()]*)\)", piece)):
            name = comment[1]
        name = re.sub(r"\\(.)", r"\1", name.strip().strip('"'))
        found.append(Address(match[0].strip(".").lower()[:254], " ".join(decoded(name).split())[:200]))
    return found[:500]


def _bare_id(line: str) -> bool:
    return bool(line) and "@" in line and not re.search(r"[\s<>]", line.strip())


def _plain(value: bytes) -> str:
    text = decode(_LINE.sub(b"", value[:LONGEST])).replace("\t", " ")
    return text.replace("\x00", "").strip()


def _word(kind: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if kind == "b":
        return from_base64(raw)
    return quopri.decodestring(raw.replace(b"_", b" "), header=False)


def from_base64(raw: bytes) -> bytes:
    """Return what was encoded, as far as it can be told; anything that is no base64 is passed over."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except (binascii.Error, ValueError):
        return b""


def _joined(parts: dict[int, tuple[bool, str]]) -> str:
    charset, raw = "", b""
    for place in sorted(parts):
        encoded, value = parts[place]
        if encoded and place == min(parts) and value.count("'") >= 2:
            charset, _language, value = value.split("'", 2)
        raw += unquote_to_bytes(value) if encoded else value.encode("utf-8", "replace")
    return decode(raw, charset)


def _pieces(line: str) -> list[str]:
    """Divide at commas and semicolons that stand neither in quotes nor in brackets."""
    pieces, start, quoted, angle, skip = [], 0, False, False, False
    for place, letter in enumerate(line):
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif letter == '"':
            quoted = not quoted
        elif not quoted and letter == "<":
            angle = True
        elif letter == ">":
            angle = False
        elif letter in ",;" and not quoted and not angle:
            pieces.append(line[start:place])
            start = place + 1
    return [*pieces, line[start:]]
