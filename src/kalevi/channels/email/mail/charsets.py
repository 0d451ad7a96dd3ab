"""Bytes to text, whatever they claim to be."""

import codecs
import re

# Python also calls rot13, punycode and the like encodings; these alone are how people write.
_WRITTEN = re.compile(
    r"(utf-?(7|8|16|32)([-_]?(le|be|sig))?|u8|us-ascii|ascii|(iso[-_]?)?8859[-_]?\d+|iso[-_]?8859[-_]?\d+"
    r"|latin[-_]?\d+|l1|windows[-_]?125\d|cp\d+|ibm\d+|koi8[-_]?[rut]|mac[-_]?(roman|greek|cyrillic|latin2)"
    r"|macintosh|gb2312|gbk|gb18030|big5|euc[-_]?(jp|kr)|shift[-_]?jis|sjis|iso[-_]?2022[-_]?(jp|kr).*"
    r"|tis[-_]?620|ansi[-_]?x3.*)",
    re.IGNORECASE,
)
_WIDER = {"ascii": "utf-8", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}


def decode(raw: bytes, declared: str = "") -> str:
    """Return the text: as declared where that fits, else UTF-8, else Windows-1252; U+FFFD for the rest."""
    for name in (_known(declared), "utf-8"):
        if name:
            try:
                return raw.decode(name)
            except (UnicodeError, LookupError, ValueError):
                continue
    return raw.decode("cp1252", "replace")


def _known(declared: str) -> str:
    name = declared.strip().strip("\"'")[:40]
    if not _WRITTEN.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _WIDER.get(found, found)
