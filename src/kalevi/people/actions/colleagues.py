"""What is done to colleagues: inviting, welcoming, changing roles; each writes its audit row."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.people.models import NOBODY_YET, Colleague, Invitation, holding
from kalevi.people.queries import digest, open_invitation
from kalevi.shell.roles import ADMINISTRATORS, STAFF, Role

LINK_LIVES = timedelta(days=7)
# So many starts before the first sign-in keep their links; a start that fails over and over leaves no heap.
FIRST_LINKS = 5


class AlreadyJoinedError(ValueError):
    """The invited e-mail address belongs to a colleague who has joined."""


class LastAdministratorError(ValueError):
    """The company would be left without anybody who can invite and mend."""


class LinkEndedError(ValueError):
    """The one-time link was used, has ended or never was."""


@transaction.atomic
def invite(*, email: str, roles: Iterable[str], actor_id: int | None) -> tuple[Colleague, str]:
    """Return the invited colleague and the path of their one-time link, which is shown only now.

    Inviting somebody again who has not joined gives them a new link and these roles; their older links
    end. Raises AlreadyJoinedError for a colleague who has a password, ValueError for an unknown role or none.
    """
    held = _told(roles)
    address = Colleague.objects.normalize_email(email).lower()
    colleague = Colleague.objects.filter(email=address).first()
    if colleague is None:
        colleague = Colleague.objects.create_user(address, roles=held)
    elif colleague.has_usable_password():
        raise AlreadyJoinedError("this colleague has joined already")
    elif colleague.roles != held:
        colleague.roles = held
        colleague.save(update_fields=Role.values)
    record(action="people.invite", actor_id=actor_id, subject=f"colleague:{colleague.pk}", roles=sorted(held))
    return colleague, _new_link(colleague)


def _told(roles: Iterable[str]) -> frozenset[Role]:
    held = frozenset(Role(role) for role in roles)
    if not held:
        raise ValueError("a colleague holds at least one role")
    return held


@transaction.atomic
def give_new_link(*, colleague: Colleague, actor_id: int | None) -> str:
    """Return the path of a new one-time link, for a forgotten password or a lost link; older ones end."""
    record(action="people.give_new_link", actor_id=actor_id, subject=f"colleague:{colleague.pk}")
    return _new_link(colleague)


@transaction.atomic
def invite_first() -> str:
    """Return the path of a one-time link for whoever becomes the first administrator.

    Links of earlier starts go on working until one is used or they end: somebody may have one open.
    """
    # Whoever begins alone also meets customers and leads; what somebody else takes over is taken off later.
    first = Colleague.objects.filter(email=NOBODY_YET).first()
    if first is None:
        first = Colleague.objects.create_user(NOBODY_YET, roles=STAFF)
    record(action="people.invite", actor_id=None, subject=f"colleague:{first.pk}", roles=sorted(first.roles))
    return _new_link(first, beside=FIRST_LINKS - 1)


def _new_link(colleague: Colleague, *, beside: int = 0) -> str:
    now = timezone.now()
    open_ones = colleague.invitations.filter(used_at__isnull=True).order_by("-made_at", "-pk")
    stay = list(open_ones.values_list("pk", flat=True)[:beside])
    open_ones.exclude(pk__in=stay).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        colleague=colleague, digest=digest(token), made_at=now, ends_at=now + LINK_LIVES
    )
    return reverse("invitation", args=[token])


@transaction.atomic
def join(*, token: str, name: str, password: str, language: str, email: str = "") -> Colleague:
    """Use a one-time link: store the colleague's name, password and language. Raises LinkEndedError.

    `email` is the address of a first administrator, whose own was not known before; others keep theirs.
    """
    invitation = open_invitation(token)
    if invitation is None:
        raise LinkEndedError("this link has been used or has ended")
    # Two links to one colleague used at once: the second waits here, and finds its own gone.
    Colleague.objects.select_for_update().get(pk=invitation.colleague_id)
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=timezone.now())
    if not used:
        raise LinkEndedError("this link has been used or has ended")
    colleague = invitation.colleague
    colleague.name, colleague.language = name, language
    if colleague.email == NOBODY_YET and email:
        colleague.email = email.lower()
    colleague.set_password(password)
    colleague.save(update_fields=["name", "language", "password", "email"])
    colleague.invitations.filter(used_at__isnull=True).delete()
    record(action="people.join", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
    return colleague


@transaction.atomic
def change_access(*, colleague: Colleague, roles: Iterable[str], is_active: bool, actor_id: int) -> Colleague:
    """Store a colleague's roles and whether they may sign in.

    Raises LastAdministratorError, ValueError for an unknown role or none.
    """
    held = _told(roles)
    administrators = set(
        Colleague.objects.select_for_update()
        .filter(holding(ADMINISTRATORS), is_active=True)
        .values_list("pk", flat=True)
    )
    stays = Role.ADMINISTRATOR in held and is_active
    if administrators == {colleague.pk} and not stays:
        raise LastAdministratorError("somebody has to be the administrator")
    colleague.roles, colleague.is_active = held, is_active
    colleague.save(update_fields=[*Role.values, "is_active"])
    record(
        action="people.change_access",
        actor_id=actor_id,
        subject=f"colleague:{colleague.pk}",
        roles=sorted(held),
        may_sign_in=is_active,
    )
    return colleague


@transaction.atomic
def change_own_details(*, colleague: Colleague, name: str, language: str) -> Colleague:
    """Store a colleague's own name and language."""
    colleague.name, colleague.language = name, language
    colleague.save(update_fields=["name", "language"])
    record(action="people.change_own_details", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
    return colleague
