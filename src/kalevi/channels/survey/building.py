"""Keeping what is being built: as typed, and never over what somebody else wrote meanwhile."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from kalevi.audit.models import Entry
from kalevi.channels.survey.actions import change_survey
from kalevi.channels.survey.builder import Draft
from kalevi.channels.survey.models import Survey
from kalevi.journeys.models import JourneyStage, Touchpoint


@dataclass(frozen=True, slots=True)
class Written:
    """Everything a colleague writes of a survey."""

    name: str
    touchpoint_id: int | None
    stage_id: int | None
    languages: tuple[str, ...]
    draft: Draft

    @property
    def mark(self) -> str:
        """A short mark of it: two that are the same have the same."""
        parts = [self.name, self.touchpoint_id, self.stage_id, self.languages, self.draft]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def written_of(survey: Survey) -> Written:
    """Return what is stored."""
    return Written(
        survey.name, survey.touchpoint_id, survey.stage_id, tuple(survey.languages), dict(survey.draft)
    )


class ChangedMeanwhileError(Exception):
    """Somebody else stored something else since the page was opened."""


@transaction.atomic
def keep_written(*, survey_id: int, written: Written, opened_with: str, actor_id: int | None) -> Survey:
    """Store what is typed, finished or not, unless it is there already.

    Raises ChangedMeanwhileError when somebody else stored something since the page was opened.
    """
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey_id)
    stored = written_of(survey).mark
    if stored == written.mark:
        return survey
    # One's own last letters may still be on their way in while a button is pressed.
    if stored != opened_with and _last_writer(survey) != actor_id:
        raise ChangedMeanwhileError
    return change_survey(
        survey=survey,
        name=written.name,
        draft=written.draft,
        languages=written.languages,
        actor_id=actor_id,
        touchpoint=Touchpoint.objects.filter(pk=written.touchpoint_id or 0).first(),
        stage=JourneyStage.objects.filter(pk=written.stage_id or 0).first(),
    )


def _last_writer(survey: Survey) -> int | None:
    entries = Entry.objects.filter(action="survey.change", subject=f"survey:{survey.pk}").order_by("-pk")
    return entries.values_list("actor_id", flat=True).first()


def keys_asked(survey: Survey) -> tuple[set[str], dict[str, set[str]]]:
    """Return the keys of all questions ever asked, and those of the options by question."""
    definitions: Sequence[Draft] = list(survey.versions.values_list("definition", flat=True))
    questions: set[str] = set()
    options: dict[str, set[str]] = {}
    for definition in definitions:
        for one in definition.get("questions", []):
            questions.add(one["key"])
            options.setdefault(one["key"], set()).update(each["key"] for each in one.get("options", []))
    return questions, options
