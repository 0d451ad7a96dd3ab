"""Writes of the channel: surveys are drafted, published version by version, closed and opened again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.survey import live
from kalevi.channels.survey.definition import LANGUAGES, DefinitionError
from kalevi.channels.survey.models import Survey, SurveyVersion
from kalevi.channels.survey.raw import SOURCE, scope_of
from kalevi.interactions.models import Intake
from kalevi.journeys.models import JourneyStage, Touchpoint


@transaction.atomic
def draft_survey(
    *,
    name: str,
    draft: Mapping[str, Any],
    languages: Sequence[str],
    actor_id: int | None,
    touchpoint: Touchpoint | None = None,
    stage: JourneyStage | None = None,
    template: str = "",
    at: datetime | None = None,
) -> Survey:
    """Begin a survey, `at` another moment than now; nobody sees it before it is published."""
    survey = Survey.objects.create(
        name=name,
        draft=dict(draft),
        languages=_known(languages),
        touchpoint=touchpoint,
        stage=stage,
        template=template,
        made_at=at or timezone.now(),
    )
    record(action="survey.draft", actor_id=actor_id, subject=f"survey:{survey.pk}")
    return survey


@transaction.atomic
def change_survey(
    *,
    survey: Survey,
    name: str,
    draft: Mapping[str, Any],
    languages: Sequence[str],
    actor_id: int | None,
    touchpoint: Touchpoint | None = None,
    stage: JourneyStage | None = None,
) -> Survey:
    """Store what a colleague wrote; customers see it once it is published."""
    survey.name, survey.draft, survey.languages = name, dict(draft), _known(languages)
    survey.touchpoint, survey.stage = touchpoint, stage
    survey.save(update_fields=["name", "draft", "languages", "touchpoint", "stage"])
    record(action="survey.change", actor_id=actor_id, subject=f"survey:{survey.pk}")
    return survey


@transaction.atomic
def publish_survey(*, survey: Survey, actor_id: int | None, at: datetime | None = None) -> SurveyVersion:
    """Show the draft to customers as a new version, and open the survey; `at` another moment than now.

    Raises DefinitionError for a draft that cannot be asked, or lacks a text in one of its languages.
    """
    asked = survey.asks()
    languages = _known(survey.languages)
    if not languages:
        raise DefinitionError("languages", "missing")
    asked.check_written(languages)
    now = at or timezone.now()
    newest = survey.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = SurveyVersion.objects.create(
        survey=survey,
        number=newest + 1,
        definition=asked.to_json(),
        languages=languages,
        published_at=now,
        published_by_id=actor_id,
    )
    survey.current, survey.state, survey.closed_at = version, Survey.State.OPEN, None
    survey.opened_at = survey.opened_at or now
    survey.save(update_fields=["current", "state", "opened_at", "closed_at"])
    record(action="survey.publish", actor_id=actor_id, subject=f"survey:{survey.pk}", version=newest + 1)
    transaction.on_commit(live.forget)
    return version


@transaction.atomic
def close_survey(*, survey: Survey, actor_id: int | None) -> None:
    """Ask no more; what somebody is just writing is still taken in."""
    if survey.state != Survey.State.OPEN:
        return
    survey.state, survey.closed_at = Survey.State.CLOSED, timezone.now()
    survey.save(update_fields=["state", "closed_at"])
    record(action="survey.close", actor_id=actor_id, subject=f"survey:{survey.pk}")
    transaction.on_commit(live.forget)


@transaction.atomic
def reopen_survey(*, survey: Survey, actor_id: int | None) -> None:
    """Ask again what was asked last."""
    if survey.state != Survey.State.CLOSED:
        return
    survey.state, survey.closed_at = Survey.State.OPEN, None
    survey.save(update_fields=["state", "closed_at"])
    record(action="survey.reopen", actor_id=actor_id, subject=f"survey:{survey.pk}")
    transaction.on_commit(live.forget)


@transaction.atomic
def take_up_again(*, survey: Survey, intake_ids: Sequence[int], actor_id: int | None) -> int:
    """Let answers that were put aside be understood (again); return how many there were."""
    aside = Intake.objects.filter(
        pk__in=intake_ids, source=SOURCE, scope=scope_of(survey.pk), state=Intake.State.REJECTED
    )
    count = aside.update(state=Intake.State.WAITING, reason="")
    if count:
        record(action="survey.take_up_again", actor_id=actor_id, subject=f"survey:{survey.pk}", count=count)
    return count


def _known(languages: Sequence[str]) -> list[str]:
    """Return the languages in the order given, each once; unknown ones left out."""
    return [language for language in dict.fromkeys(languages) if language in LANGUAGES]
