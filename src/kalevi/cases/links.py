"""The customer's own link to their case, as text."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from kalevi.cases.link_models import CaseLink
from kalevi.shell.seals import Seal

HOLDS = timedelta(days=90)
_SEAL = Seal(b"kalevi.mycase")


def text_of(link: CaseLink) -> str:
    """Return a link as text."""
    return _SEAL.text_of(link.pk)


def address_of(link: CaseLink) -> str:
    """Return the whole address."""
    return f"{settings.ADDRESS}/my/{text_of(link)}/"


def link_of(text: str) -> CaseLink | None:
    """Return the link that a text stands for, while it holds."""
    number = _SEAL.number_of(text)
    if number is None:
        return None
    holding = CaseLink.objects.filter(pk=number, revoked_at__isnull=True, ends_at__gt=timezone.now())
    return holding.select_related("case__owner", "case__touchpoint").first()


def current(case_id: int) -> CaseLink | None:
    """Return the link of a case that holds, the newest."""
    now = timezone.now()
    holding = CaseLink.objects.filter(case_id=case_id, revoked_at__isnull=True, ends_at__gt=now)
    return holding.order_by("-pk").first()
