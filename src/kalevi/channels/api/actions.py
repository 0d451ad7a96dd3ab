"""Writes of the channel: tokens, and trying again what could not be understood; each with its audit row."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.api.auth import PREFIX, digest
from kalevi.channels.api.models import Token
from kalevi.channels.api.scopes import SCOPES
from kalevi.channels.api.sources import ORDERS, SOURCE
from kalevi.interactions.models import Intake


@transaction.atomic
def make_token(
    *, name: str, source: str, scopes: Sequence[str], ends_at: datetime | None, actor_id: int | None
) -> tuple[Token, str]:
    """Return a new token and its text, which is shown only now. Raises KeyError for an unknown scope."""
    for scope in scopes:
        SCOPES[scope]
    text = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        name=name,
        source=source,
        digest=digest(text),
        hint=text[-4:],
        scopes=sorted(scopes),
        made_at=timezone.now(),
        made_by_id=actor_id,
        ends_at=ends_at,
    )
    record(action="api.make_token", actor_id=actor_id, subject=f"token:{made.pk}", scopes=made.scopes)
    return made, text


@transaction.atomic
def revoke_token(*, token: Token, actor_id: int | None) -> bool:
    """End a token at once; return False when it had ended by hand before."""
    if not Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        return False
    record(action="api.revoke_token", actor_id=actor_id, subject=f"token:{token.pk}")
    return True


@transaction.atomic
def try_again(*, actor_id: int | None) -> int:
    """Let everything that other systems sent and that needs a look be read once more; return how many."""
    tried = Intake.objects.filter(state=Intake.State.REJECTED, source__in=(SOURCE, ORDERS)).update(
        state=Intake.State.WAITING, reason=""
    )
    if tried:
        record(action="api.try_again", actor_id=actor_id, subject="channel:api", rows=tried)
    return tried
