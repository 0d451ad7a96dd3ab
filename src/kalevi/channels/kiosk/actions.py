"""Writes of the channel: setting up a screen, taking it out of use, and hearing that it is there."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.kiosk.faces import FOUR
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.survey.actions import draft_survey, publish_survey
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.texts import LANGUAGES
from kalevi.journeys.models import Touchpoint
from kalevi.shell.queries import company

# Oftener than this a device that is heard writes nothing, unless it tells another number of answers.
OFTEN = timedelta(minutes=1)


@transaction.atomic
def make_kiosk(*, name: str, survey: Survey, reset_after: int, actor_id: int) -> Kiosk:
    """Set up a screen; `reset_after` is in seconds."""
    kiosk = Kiosk.objects.create(name=name, survey=survey, reset_after=reset_after, made_at=timezone.now())
    record(action="channels.kiosk.make", actor_id=actor_id, subject=f"kiosk:{kiosk.pk}", survey=survey.pk)
    return kiosk


@transaction.atomic
def change_kiosk(*, kiosk: Kiosk, name: str, survey: Survey, reset_after: int, actor_id: int) -> None:
    """Let a screen ask something else, or call it something else; its address stays."""
    kiosk.name, kiosk.survey, kiosk.reset_after = name, survey, reset_after
    kiosk.save(update_fields=["name", "survey", "reset_after"])
    record(action="channels.kiosk.change", actor_id=actor_id, subject=f"kiosk:{kiosk.pk}", survey=survey.pk)


@transaction.atomic
def retire_kiosk(*, kiosk: Kiosk, actor_id: int) -> None:
    """Take a screen out of use; what it still keeps is taken in for a while."""
    if kiosk.retired_at is None:
        kiosk.retired_at = timezone.now()
        kiosk.save(update_fields=["retired_at"])
        record(action="channels.kiosk.retire", actor_id=actor_id, subject=f"kiosk:{kiosk.pk}")


def hear_from_kiosk(*, kiosk: Kiosk, waiting: int, at: datetime) -> None:
    """Keep that a device is there and how many answers it still holds."""
    waiting = max(0, min(waiting, 1_000_000))
    if kiosk.waiting != waiting or kiosk.heard_at is None or kiosk.heard_at < at - OFTEN:
        Kiosk.objects.filter(pk=kiosk.pk).update(heard_at=at, waiting=waiting)


@transaction.atomic
def make_feeling_survey(
    *, name: str, touchpoint: Touchpoint | None, actor_id: int, at: datetime | None = None
) -> Survey:
    """Open a survey that a screen can ask at once: a feeling by four faces, and words for who wants.

    `at` is another moment than now.
    """
    options = [{"key": key} for key in FOUR]
    draft = {
        "title": {
            "fi": "Miltä käynti tuntui?",
            "sv": "Hur kändes besöket?",
            "en": "How did your visit feel?",
        },
        "questions": [
            {"key": "feeling", "kind": "feeling", "options": options},
            {"key": "words", "kind": "words"},
        ],
    }
    first = company().language
    languages = [first, *(language for language in LANGUAGES if language != first)]
    survey = draft_survey(
        name=name, draft=draft, languages=languages, actor_id=actor_id, touchpoint=touchpoint, at=at
    )
    publish_survey(survey=survey, actor_id=actor_id, at=at)
    return survey
