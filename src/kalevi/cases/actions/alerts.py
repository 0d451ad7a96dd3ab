"""Changing how one is told, and which rooms of the team are."""

from datetime import time

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.cases.alert_models import AlertChoice, TeamRoom
from kalevi.people.models import Colleague


@transaction.atomic
def choose_alerts(
    *,
    colleague: Colleague,
    by_mail: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    by_browser: bool = False,
) -> AlertChoice:
    """Store how a colleague wishes to be told."""
    choice, _new = AlertChoice.objects.update_or_create(
        colleague=colleague,
        defaults={
            "by_mail": by_mail,
            "by_browser": by_browser,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
        },
    )
    record(action="cases.choose_alerts", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
    return choice


@transaction.atomic
def add_room(*, kind: str, name: str, url: str, actor_id: int | None) -> TeamRoom:
    """Add a room that is told of new and late cases."""
    room = TeamRoom.objects.create(kind=kind, name=name, url=url)
    record(action="cases.add_room", actor_id=actor_id, subject=f"room:{room.pk}")
    return room


@transaction.atomic
def remove_room(*, room_id: int, actor_id: int | None) -> None:
    """Tell a room no more."""
    TeamRoom.objects.filter(pk=room_id).delete()
    record(action="cases.remove_room", actor_id=actor_id, subject=f"room:{room_id}")
