"""Showing one's face to customers, or no more."""

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.faces import bare_picture
from kalevi.cases.file_models import Face
from kalevi.people.models import Colleague


@transaction.atomic
def keep_face(*, colleague: Colleague, raw: bytes) -> Face:
    """Keep a picture of oneself in place of an earlier one. Raises NoPictureError."""
    kind, bare = bare_picture(raw)
    face, _new = Face.objects.update_or_create(
        colleague=colleague, defaults={"picture": bare, "type": kind, "at": timezone.now()}
    )
    record(action="cases.keep_face", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
    return face


@transaction.atomic
def remove_face(*, colleague: Colleague) -> None:
    """Show one's initials again."""
    Face.objects.filter(colleague=colleague).delete()
    record(action="cases.remove_face", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
