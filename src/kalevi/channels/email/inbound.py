"""Mail that a provider brings to a secret address of ours: stored as it came, before it is answered for."""

import json
from datetime import timedelta
from hmac import compare_digest
from secrets import randbits
from urllib.parse import parse_qsl

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.email.imap import LARGEST
from kalevi.channels.email.models import Inbound
from kalevi.channels.email.receiving import SOURCE, arrival, once_more, scope_of
from kalevi.channels.email.sealing import sign
from kalevi.interactions.intake import receive
from kalevi.interactions.understanding import something_waits

# A provider packs a mail for the way: a form makes up to three characters of one.
MOST_BYTES = 3 * LARGEST
# Where the whole mail stands: Mailgun, SendGrid (raw), Postmark.
_FIELDS = (b"body-mime", b"email")
_IN_JSON = "RawEmail"
_PURPOSE = b"kalevi-inbound"
_SEEN_EVERY = timedelta(minutes=5)


def key_of(inbound: Inbound) -> str:
    """Return what stands at the end of the secret address."""
    return sign(inbound.number, _PURPOSE)


def inbound_with(key: str) -> Inbound | None:
    """Return where mail is brought under a key; None for one that is not or no longer ours."""
    inbound = Inbound.objects.filter(pk=1).first()
    return inbound if inbound is not None and compare_digest(key_of(inbound), key) else None


@transaction.atomic
def renew(*, actor_id: int | None) -> Inbound:
    """Make the address, or another in its place: the old one is no longer heard."""
    values = {"number": randbits(47), "made_at": timezone.now(), "last_at": None}
    inbound, _made = Inbound.objects.update_or_create(pk=1, defaults=values)
    record(action="email.renew_inbound", actor_id=actor_id, subject="inbound:1")
    return inbound


@transaction.atomic
def close(*, actor_id: int | None) -> None:
    """Take the address out of use; what came stays."""
    Inbound.objects.filter(pk=1).delete()
    record(action="email.close_inbound", actor_id=actor_id, subject="inbound:1")


def keep(raw: bytes) -> None:
    """Store a mail, once however often it is brought; on disk when this returns."""
    one, now = arrival(raw), timezone.now()

    def write() -> None:
        with transaction.atomic():
            receive(source=SOURCE, scope=scope_of(0), arrivals=[one], at=now)

    once_more(write)
    seen = Q(last_at__isnull=True) | Q(last_at__lt=now - _SEEN_EVERY)
    Inbound.objects.filter(seen, pk=1).update(last_at=now)


def mail_waits() -> bool:
    """Whether a mail waits to be understood."""
    return something_waits(SOURCE)


def mail_in(body: bytes, content_type: str) -> bytes | None:
    """Return the raw mail in a request, byte for byte; None where there is none."""
    kind, _semicolon, rest = content_type.partition(";")
    kind = kind.strip().lower()
    if kind == "message/rfc822":
        return body or None
    if kind == "application/json":
        return _in_json(body)
    if kind == "multipart/form-data":
        return _in_parts(body, rest)
    if kind == "application/x-www-form-urlencoded":
        fields = dict(parse_qsl(body.decode("latin-1"), encoding="latin-1", max_num_fields=200))
        found = next((fields[name.decode()] for name in _FIELDS if name.decode() in fields), "")
        return found.encode("latin-1") or None
    return None


def _in_json(body: bytes) -> bytes | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    raw = found.get(_IN_JSON) if isinstance(found, dict) else None
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) and raw else None


def _in_parts(body: bytes, rest: str) -> bytes | None:
    """Look for the mail among the parts, which stay bytes: a mail may be in any character set, or several."""
    _name, _equals, boundary = rest.partition("boundary=")
    mark = boundary.partition(";")[0].strip().strip('"').encode("latin-1", "replace")
    if not mark:
        return None
    for part in (b"\r\n" + body).split(b"\r\n--" + mark)[1:]:
        head, _empty, content = part.partition(b"\r\n\r\n")
        low = head.lower()
        if content and any(b'name="%s"' % name in low for name in _FIELDS):
            return content
    return None
