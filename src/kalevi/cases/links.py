"""Links as text: a number and a seal that only this installation can make."""

import hashlib
from datetime import timedelta
from functools import cache
from hmac import compare_digest

from django.conf import settings
from django.utils import timezone

from kalevi.cases.link_models import CaseLink
from kalevi.shell.numbers import whole_number

HOLDS = timedelta(days=90)


@cache
def _key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"kalevi.mycase").digest()


def _seal(number: int) -> str:
    return hashlib.blake2b(b"%d" % number, key=_key(), digest_size=15).hexdigest()


def text_of(link: CaseLink) -> str:
    """Return a link as text; 120 bits of it are the seal."""
    return f"{link.pk}-{_seal(link.pk)}"


def address_of(link: CaseLink) -> str:
    """Return the whole address."""
    return f"{settings.ADDRESS}/my/{text_of(link)}/"


def link_of(text: str) -> CaseLink | None:
    """Return the link that a text stands for, while it holds."""
    told, _dash, seal = text.partition("-")
    number = whole_number(told)
    if number is None:
        return None
    if not compare_digest(seal.encode("utf-8", "replace"), _seal(number).encode()):
        return None
    holding = CaseLink.objects.filter(pk=number, revoked_at__isnull=True, ends_at__gt=timezone.now())
    return holding.select_related("case__owner", "case__touchpoint").first()


def current(case_id: int) -> CaseLink | None:
    """Return the link of a case that holds, the newest."""
    now = timezone.now()
    holding = CaseLink.objects.filter(case_id=case_id, revoked_at__isnull=True, ends_at__gt=now)
    return holding.order_by("-pk").first()
