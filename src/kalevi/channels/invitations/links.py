"""Personal links to a survey, and who answers by one."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from kalevi.channels.invitations.models import Invitation
from kalevi.channels.survey.personal import Personal
from kalevi.channels.survey.raw import scope_of
from kalevi.interactions.intake import digest
from kalevi.interactions.models import Intake
from kalevi.shell.seals import Seal

# Within this time after the first answer the same link takes a newer one; the newest counts, all stay.
AGAIN = timedelta(hours=24)
_SEAL = Seal(b"kalevi.invite")


def link_of(invitation: Invitation) -> str:
    """Return the text of a personal link."""
    return _SEAL.text_of(invitation.pk)


def invitation_of(link: str) -> Invitation | None:
    """Return the invitation of a link that is ours, whether it still holds or not."""
    number = _SEAL.number_of(link)
    if number is None:
        return None
    return Invitation.objects.select_related("survey", "contact").filter(pk=number).first()


def identity_of(invitation: Invitation) -> bytes:
    """Return by what every answer to one invitation is known: a later one is a newer version."""
    return digest(b"invitation", str(invitation.pk).encode())


def answers_to(invitation: Invitation) -> int:
    """Return how many answers came by the link, understood already or not."""
    return Intake.objects.filter(
        scope=scope_of(invitation.survey_id), identity=identity_of(invitation)
    ).count()


def known(link: str, survey_id: int) -> Personal | None:
    """Return who answers by a link; None when it is not ours, has ended, was revoked or used a day ago."""
    invitation, now = invitation_of(link), timezone.now()
    if invitation is None or invitation.survey_id != survey_id:
        return None
    if invitation.revoked_at is not None or invitation.ends_at <= now:
        return None
    identity = identity_of(invitation)
    first = (
        Intake.objects.filter(scope=scope_of(survey_id), identity=identity)
        .order_by("id")
        .values_list("received_at", flat=True)
        .first()
    )
    if first is not None and first < now - AGAIN:
        return None
    return Personal(identity, (("contact", str(invitation.contact_id)),), {"invitation": invitation.pk})


def address_of(invitation: Invitation, **answers: str) -> str:
    """Return the address of the survey for one person; `answers` stand ready there and record nothing."""
    query = urlencode({"d": "mail", "p": link_of(invitation), **answers})
    return f"{settings.ADDRESS}/s/{invitation.survey.key}/{invitation.language}?{query}"


def peace_address(invitation: Invitation) -> str:
    """Return the address where a person says that they want no more questions."""
    return f"{settings.ADDRESS}/i/{link_of(invitation)}/"
