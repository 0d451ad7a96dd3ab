"""Colleagues and their invitations, as pages read them."""

from hashlib import sha256

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kalevi.people.models import Colleague, Invitation


def digest(token: str) -> str:
    """Return what is kept of a one-time link's token."""
    return sha256(token.encode()).hexdigest()


def open_invitation(token: str) -> Invitation | None:
    """Return the invitation whose one-time link still works, with its colleague."""
    return (
        Invitation.objects.select_related("colleague")
        .filter(
            digest=digest(token), used_at__isnull=True, ends_at__gt=timezone.now(), colleague__is_active=True
        )
        .first()
    )


def is_alone(colleague: Colleague) -> bool:
    """Whether nobody else who has joined may sign in."""
    others = Colleague.objects.here().exclude(pk=colleague.pk)
    return not others.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


def colleagues_for_administrator() -> QuerySet[Colleague]:
    """Return all colleagues, those who may sign in first; `waits` tells of a link not yet used."""
    waiting = Invitation.objects.filter(
        colleague=OuterRef("pk"), used_at__isnull=True, ends_at__gt=timezone.now()
    )
    return Colleague.objects.annotate(waits=Exists(waiting)).order_by("-is_active", "name", "email")
