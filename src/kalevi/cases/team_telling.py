"""Telling the rooms of the team: written down first, told until the other side takes it, each thing once."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override

from kalevi.cases.alert_models import Alerted, TeamRoom, TeamTelling
from kalevi.cases.alerting_words import sentence
from kalevi.cases.events import tell_escalated
from kalevi.cases.models import Case
from kalevi.shell.queries import company
from kalevi.webhooks.posting import post

# A new case of yesterday is no news: what could not be told in a day is left.
GIVEN_UP, CLAIMED, AT_ONCE = timedelta(days=1), timedelta(minutes=2), 100
LONGEST_PAUSE = timedelta(hours=1)
LATE = "late"


def tell_team(case: Case, about: str, now: datetime) -> int:
    """Write down what the rooms of the team and other systems are told, once; return how many rooms are."""
    with transaction.atomic():
        _told, new = Alerted.objects.get_or_create(
            case=case, colleague=None, about=about, defaults={"at": now}
        )
        if not new:
            return 0
        if about == LATE:
            tell_escalated(case)
        waiting = TeamTelling.objects.bulk_create(
            TeamTelling(room=room, case=case, about=about, made_at=now, next_at=now)
            for room in TeamRoom.objects.filter(active=True)
        )
    return len(waiting)


def rooms_wait(now: datetime) -> bool:
    """Whether something waits to be told to a room."""
    return _waiting(now).exists()


def tell_waiting(now: datetime) -> int:
    """Tell what waits; return how many rooms took it. One that cannot be reached is noted and tried again.

    At least once: a room whose answer was lost hears it again, with the same key in `Idempotency-Key`.
    """
    heard = 0
    rows = _waiting(now).select_related("room", "case__touchpoint").order_by("next_at", "pk")
    for row in rows[:AT_ONCE]:
        # Whoever changes the time has it; another worker finds it gone.
        mine = TeamTelling.objects.filter(pk=row.pk, told_at__isnull=True, next_at=row.next_at)
        if mine.update(next_at=now + CLAIMED, attempts=F("attempts") + 1):
            heard += _tell(row, now)
    return heard


def _waiting(now: datetime) -> QuerySet[TeamTelling]:
    return TeamTelling.objects.filter(told_at__isnull=True, next_at__lte=now, made_at__gt=now - GIVEN_UP)


def _body(kind: str, words: str, address: str) -> bytes:
    """Return a message as the other side takes it: Teams takes cards alone, since its plain hooks ended."""
    if kind != TeamRoom.Kind.TEAMS:
        return json.dumps({"text": f"{words} {address}"}).encode()
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": words, "wrap": True}],
        "actions": [{"type": "Action.OpenUrl", "title": gettext("Open the case"), "url": address}],
    }
    attached = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return json.dumps({"type": "message", "attachments": [attached]}).encode()


def _tell(row: TeamTelling, now: datetime) -> bool:
    with override(company().language):
        address = f"{settings.ADDRESS}{reverse('case', args=[row.case_id])}"
        body = _body(row.room.kind, sentence(row.about, row.case), address)
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"kalevi-{row.pk}"}
    well = not post(row.room.url, body, headers).problem
    pause = min(timedelta(minutes=1) * 2 ** min(row.attempts, 10), LONGEST_PAUSE)
    with transaction.atomic():
        told = TeamTelling.objects.filter(pk=row.pk)
        told.update(told_at=now) if well else told.update(next_at=now + pause)
        TeamRoom.objects.filter(pk=row.room_id).update(failed_at=None if well else now)
    return well
