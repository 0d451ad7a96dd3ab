"""What a delivery report tells (RFC 3464), and the looser ones that only say it in words."""

import re
from dataclasses import dataclass

from kalevi.channels.email.mail.headers import Headers, addresses, split
from kalevi.channels.email.mail.parsing import Mail

_CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"^\s*message-id:\s*<([^<>\s]{1,900})>", re.IGNORECASE | re.MULTILINE)
_ANY_ID = re.compile(r"<([^<>\s@]{1,300}@[^<>\s@]{1,300})>")


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a mail of ours: `action` is failed, delayed or delivered; `ids` may name the mail."""

    action: str
    status: str
    reason: str
    recipient: str
    ids: tuple[str, ...]


def report_of(mail: Mail) -> Report:
    """Return what a bounce says."""
    fields = _fields(mail)
    action = next((one.value("action")[0] for one in fields if one.raw("action")), "")
    if action not in ("failed", "delayed", "delivered", "relayed", "expanded"):
        action = "failed"
    diagnostic = next((one.text("diagnostic-code") for one in fields if one.raw("diagnostic-code")), "")
    status = next((one.raw("status").strip() for one in fields if one.raw("status")), "")
    if not _CODE.match(status):
        found = _CODE.search(diagnostic) or _CODE.search(mail.text[:20_000])
        status = found[1] if found else ""
    recipient = next((_address(one) for one in fields if _address(one)), "")
    if not recipient:
        recipient = next((one.email for one in addresses(mail.headers.raw("x-failed-recipients"))), "")
    return Report(
        "delivered" if action in ("relayed", "expanded") else action,
        status[:12],
        " ".join(diagnostic.split(";", 1)[-1].split())[:300],
        recipient,
        tuple(_ids(mail)),
    )


def _fields(mail: Mail) -> list[Headers]:
    found = []
    for part in mail.parts:
        if part.type == "message/delivery-status":
            rest = part.content.replace(b"\r\n", b"\n")[:100_000]
            for block in rest.split(b"\n\n")[:50]:
                headers, _body = split(block.strip(b"\n") + b"\n\n")
                found.append(headers)
    return found


def _address(headers: Headers) -> str:
    line = headers.raw("final-recipient") or headers.raw("original-recipient")
    return next((one.email for one in addresses(line.split(";", 1)[-1])), "")


def _ids(mail: Mail) -> list[str]:
    found: list[str] = []
    for part in mail.parts:
        if part.type in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            found += split(part.content[:200_000])[0].message_ids("message-id")
    found += _MESSAGE_ID.findall(mail.text[:100_000])
    found += mail.answered
    found += _ANY_ID.findall(mail.text[:100_000])[:20]
    return list(dict.fromkeys(found))[:50]
