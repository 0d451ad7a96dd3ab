"""A small picture of a colleague, for customers who wish to know who has their matter. Nothing else is in it.

What a camera writes beside the picture (place, time, its number) is taken out.
"""

import struct
from base64 import b64encode

from kalevi.cases.file_models import Face

MOST, WIDEST = 8 * 1024, 512
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_FRAMES = {0xC0, 0xC1, 0xC2}


class NoPictureError(Exception):
    """The bytes are no picture we show; the argument is the key of the reason: kind, too_large, too_wide."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def bare_picture(raw: bytes) -> tuple[str, bytes]:
    """Return the type of a JPEG or PNG, and its bytes with nothing beside the picture.

    Raises NoPictureError.
    """
    try:
        if raw.startswith(_PNG):
            kind, bare, size = "image/png", *_png(raw)
        elif raw.startswith(b"\xff\xd8\xff"):
            kind, bare, size = "image/jpeg", *_jpeg(raw)
        else:
            raise NoPictureError("kind")
    except (struct.error, IndexError) as error:
        raise NoPictureError("kind") from error
    if not 0 < max(size) <= WIDEST or min(size) < 1:
        raise NoPictureError("too_wide")
    if len(bare) > MOST:
        raise NoPictureError("too_large")
    return kind, bare


def data_address(known: Face | None) -> str:
    """Return a picture as an address that holds it; empty where there is none."""
    return f"data:{known.type};base64,{b64encode(bytes(known.picture)).decode()}" if known else ""


def _png(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    out, place, size = [_PNG], len(_PNG), (0, 0)
    while place < len(raw):
        length, name = struct.unpack(">I4s", raw[place : place + 8])
        whole = raw[place : place + 12 + length]
        if len(whole) < 12 + length:
            raise NoPictureError("kind")
        if name == b"IHDR":
            width, height = struct.unpack(">II", whole[8:16])
            size = (width, height)
        if name in _KEPT:
            out.append(whole)
        if name == b"IEND":
            return b"".join(out), size
        place += 12 + length
    raise NoPictureError("kind")


def _jpeg(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    out, place, size = [b"\xff\xd8"], 2, (0, 0)
    while place < len(raw):
        if raw[place] != 0xFF:
            raise NoPictureError("kind")
        marker = raw[place + 1]
        if marker == 0xDA:
            # From the scan on everything is the picture, up to its end.
            end = raw.rfind(b"\xff\xd9")
            if end < place:
                raise NoPictureError("kind")
            return b"".join([*out, raw[place : end + 2]]), size
        (length,) = struct.unpack(">H", raw[place + 2 : place + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", raw[place + 5 : place + 9])
            size = (width, height)
        # 0xE1–0xEF and 0xFE: what was written beside the picture.
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            out.append(raw[place : place + 2 + length])
        place += 2 + length
    raise NoPictureError("kind")
