"""Opens a file or stream, tells what it is from its first bytes, and gives it out line by line."""

import codecs
import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from kalevi.tables.rows import MAX_ROW_BYTES, TableError

SAMPLE_BYTES = 128 * 1024
BINARY_MARKS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"Rar!",
    b"7z\xbc\xaf",
    b"PAR1",
    b"SQLite format 3\x00",
)
OLD_WORKBOOK_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def open_stream(source: str | os.PathLike[str] | BinaryIO) -> tuple[BinaryIO, str]:
    """A seekable binary stream and a name for messages; `-` is standard input, spooled to disk when long.

    Raises TableError (`missing_file`, `is_a_folder`, `no_permission`, `unreadable_file`).
    """
    if not isinstance(source, str | os.PathLike):
        return (source if source.seekable() else _spooled(source)), getattr(source, "name", "") or ""
    if os.fspath(source) == "-":
        return _spooled(sys.stdin.buffer), "-"
    try:
        stream = open(source, "rb", buffering=1024 * 1024)  # noqa: SIM115 -- the table closes it
        if not stream.seekable():
            return _spooled(stream), str(source)
        return stream, str(source)
    except FileNotFoundError as error:
        raise TableError("missing_file", path=str(source)) from error
    except IsADirectoryError as error:
        raise TableError("is_a_folder", path=str(source)) from error
    except PermissionError as error:
        raise TableError("no_permission", path=str(source)) from error
    except (OSError, ValueError) as error:
        raise TableError("unreadable_file", path=str(source)) from error


def _spooled(stream: BinaryIO) -> BinaryIO:
    copy = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 -- the table closes it
    while chunk := stream.read(1024 * 1024):
        copy.write(chunk)
    copy.seek(0)
    return cast(BinaryIO, copy)


def encoding_of(sample: bytes) -> str:
    """Encoding of the first bytes: by byte order mark, else UTF-16 by its zero bytes, else UTF-8 or cp1252.

    Text that is not UTF-8 is decoded line by line as cp1252 (see `decode_line`), so a stray line in another
    encoding costs nothing to the rest.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return name
    even, odd = sample[0:4096:2], sample[1:4096:2]
    if len(sample) >= 4:
        if odd.count(0) > 0.3 * len(odd) and even.count(0) < 0.1 * len(even):
            return "utf-16-le"
        if even.count(0) > 0.3 * len(even) and odd.count(0) < 0.1 * len(odd):
            return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "utf-8" if _mostly_utf8(sample) else "cp1252"
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 are UTF-8 with a fault rather than cp1252."""
    high = sum(byte >= 0x80 for byte in data)
    return sum(len(run) for run in _MULTIBYTE.findall(data)) > 0.5 * high


def decode_line(line: bytes) -> str:
    """Decode bytes that are UTF-8, UTF-8 with faults (kept as lone surrogates) or cp1252; never raises."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(line):
        return line.decode("utf-8", "surrogateescape")
    return decode_cp1252(line)


def decode_cp1252(line: bytes) -> str:
    """Decode cp1252; the five bytes it leaves undefined are read as in Latin-1."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in line)


def decoder_for(encoding: str) -> Callable[[bytes], str]:
    """A function from the bytes of one line to text, for encodings whose line break is the byte 0x0A."""
    name = codecs.lookup(encoding).name
    if name in ("utf-8", "utf-8-sig"):
        return decode_line
    if name == "cp1252":
        return decode_cp1252
    return lambda line: line.decode(encoding, "replace")


def known_encoding(name: str) -> str:
    """The encoding's Python name. Raises TableError (`unknown_encoding`)."""
    try:
        info = codecs.lookup(name)
        "".encode(info.name)
        if not getattr(info, "_is_text_encoding", True):
            raise LookupError(name)
    except (LookupError, ValueError, TypeError) as error:
        raise TableError("unknown_encoding", encoding=name) from error
    return info.name


def is_wide(encoding: str) -> bool:
    """Whether a character takes more than one byte always, so that lines cannot be cut at a byte."""
    return encoding.startswith(("utf-16", "utf_16", "utf-32", "utf_32"))


def byte_lines(stream: BinaryIO, line_break: bytes = b"\n") -> Iterator[bytes]:
    """Lines with their line breaks; of a longer line than MAX_ROW_BYTES only that many first bytes."""
    if line_break == b"\n":
        while line := stream.readline(MAX_ROW_BYTES):
            yield line
            if len(line) == MAX_ROW_BYTES and line[-1:] != b"\n":
                while (further := stream.readline(MAX_ROW_BYTES)) and further[-1:] != b"\n":
                    pass
        return
    rest = b""
    while chunk := stream.read(1024 * 1024):
        pieces = (rest + chunk).split(line_break)
        rest = pieces.pop()
        for piece in pieces:
            yield piece + b"\n"
        if len(rest) > MAX_ROW_BYTES:
            yield rest
            rest = b""
    if rest:
        yield rest


def text_lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[str, bytes]]:
    """Lines of a wide encoding with their bytes (in UTF-8, for keeping)."""
    decoder = codecs.getincrementaldecoder(encoding)("kalevi_keep")
    rest, first = "", True
    while True:
        chunk = stream.read(256 * 1024)
        text = rest + decoder.decode(chunk, final=not chunk)
        if first:
            text, first = text.removeprefix("\ufeff"), False
        if "\n" not in text and "\r" in text and len(text) > 4096:
            text = text.replace("\r", "\n")
        lines = io.StringIO(text, newline="\n").readlines()
        rest = lines.pop() if chunk and lines and not lines[-1].endswith("\n") else ""
        if len(rest) > MAX_ROW_BYTES:
            lines.append(rest)
            rest = ""
        for line in lines:
            yield line, line.encode("utf-8", "surrogatepass")
        if not chunk:
            return


def _keep(error: UnicodeError) -> tuple[str | bytes, int]:
    """Lone surrogates stay as they are; bytes that are no character at all become U+FFFD."""
    try:
        return codecs.lookup_error("surrogatepass")(error)
    except UnicodeDecodeError as unreadable:
        return "\ufffd", unreadable.end


codecs.register_error("kalevi_keep", _keep)
