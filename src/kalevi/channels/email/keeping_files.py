"""Attachments on the disk: outside what is served, one file for the same bytes, gone with the words."""

from collections.abc import Collection

from kalevi.channels.email.mail.parts import Part
from kalevi.channels.email.models import Attachment, Received
from kalevi.shell.kept_files import KeptFiles

FILES = KeptFiles("mail", Attachment.objects.all)
MOST, LARGEST, MOST_TOGETHER = 50, 25 * 1024 * 1024, 40 * 1024 * 1024
_PROGRAMS = (
    *(".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".msi", ".msp", ".dll", ".cpl", ".hta", ".jar", ".js"),
    *(
        ".jse",
        ".vbs",
        ".vbe",
        ".wsf",
        ".wsh",
        ".ps1",
        ".psm1",
        ".lnk",
        ".reg",
        ".chm",
        ".appx",
        ".apk",
        ".iso",
    ),
    *(
        ".img",
        ".vhd",
        ".vhdx",
        ".one",
        ".xll",
        ".scf",
        ".url",
        ".application",
        ".gadget",
        ".inf",
        ".dmg",
        ".sh",
    ),
)


def kept(received: Received, along: Collection[Part]) -> list[Attachment]:
    """Write what was sent along to the disk and return the rows that tell of it, not stored yet."""
    rows: list[Attachment] = []
    together = 0
    for number, part in enumerate(along):
        content = part.content if number < MOST else b""
        refused = _refused(number, part.name, len(content), together)
        together += 0 if refused else len(content)
        rows.append(
            Attachment(
                received=received,
                number=number,
                name=part.name.encode("utf-8", "replace").decode()[:200],
                type=part.type[:120],
                size=len(content) if number < MOST else len(part.raw),
                digest="" if refused else FILES.write(content),
                refused=refused,
                inline=part.disposition == "inline" or bool(part.headers.raw("content-id")),
            )
        )
        if number >= MOST * 2:
            break
    return rows


def _refused(number: int, name: str, size: int, together: int) -> str:
    if number >= MOST:
        return "too_many"
    if size > LARGEST or together + size > MOST_TOGETHER:
        return "too_large"
    return "program" if name.lower().rstrip(" .").endswith(_PROGRAMS) else ""


def forget(received_ids: Collection[int]) -> None:
    """Remove the attachments of these mails, in the caller's transaction; their files after its commit."""
    FILES.forget(Attachment.objects.filter(received_id__in=received_ids))
