"""Writes of the channel: which sites may show our questions."""

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.widget import origins
from kalevi.channels.widget.models import Site


@transaction.atomic
def allow_site(*, origin: str, actor_id: int) -> Site:
    """Let the pages of an origin (`origins.origin_in`) show our questions; known ones stay."""
    site, made = Site.objects.get_or_create(origin=origin, defaults={"made_at": timezone.now()})
    if made:
        record(action="channels.widget.allow", actor_id=actor_id, subject=f"site:{site.pk}")
    transaction.on_commit(origins.forget)
    return site


@transaction.atomic
def forbid_site(*, site: Site, actor_id: int) -> None:
    """Let the pages of an origin show our questions no more."""
    record(action="channels.widget.forbid", actor_id=actor_id, subject=f"site:{site.pk}")
    site.delete()
    transaction.on_commit(origins.forget)
