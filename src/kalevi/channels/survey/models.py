"""Surveys, what each version of them asked, and what was answered: versions and answers stay as they are."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.kinds import Kind
from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import JourneyStage, Touchpoint

# Without letters and digits that are mistaken for each other when somebody types a key from a poster.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 14


def new_key() -> str:
    """Return a public key of a survey; with 31 letters in 14 places nobody guesses one (69 bits)."""
    return "".join(secrets.choice(_LETTERS) for _place in range(KEY_LENGTH))


class Survey(models.Model):
    """One survey. `draft` is what a colleague is writing; what customers see is the `current` version."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("survey", "draft")
        OPEN = "open", pgettext_lazy("survey", "open")
        CLOSED = "closed", pgettext_lazy("survey", "closed")

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=120)
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.ForeignKey(JourneyStage, models.PROTECT, null=True, blank=True, related_name="+")
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    draft = models.JSONField(default=dict)
    template = models.CharField(max_length=40, blank=True)
    current = models.ForeignKey("SurveyVersion", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="open") | Q(state="closed"), name="channels_survey_state"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True)
                | Q(opened_at__isnull=False, current__isnull=False),
                name="channels_survey_open_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="channels_survey_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def asks(self) -> Definition:
        """Return what is being written. Raises DefinitionError while it cannot be asked."""
        return Definition.from_json(self.draft)


class SurveyVersion(models.Model):
    """What a survey asked from one publishing to the next: never changed, so that answers keep their meaning.

    `languages` are those it was published in, the company's own first.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    languages = models.JSONField()
    published_at = models.DateTimeField()
    published_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="channels_survey_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} version {self.number}"

    def asks(self) -> Definition:
        """Return what it asks."""
        return Definition.from_json(self.definition)


class Answer(models.Model):
    """One thing answered to one question; the words are not copied but stand in the interaction.

    `part` tells the answers to one question apart: empty for the answer itself, else "why", "dream",
    "problem", "need" or "own". `value` is raw, on its scale from `low` to `high`. `choices` are keys of
    options or feelings, in the order they were asked, with a space between. `words_from` and `words_to`
    are places in the interaction's verbatim. What was expected is the interaction's `expectation`, and a
    feeling in the customer's own words (part "own") one of its `self_feelings`.
    """

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="answers_given")
    version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="answers", db_index=False)
    question = models.CharField(max_length=30)
    part = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=14, choices=[(kind.value, kind.value) for kind in Kind])
    value = models.SmallIntegerField(null=True)
    low = models.SmallIntegerField(null=True)
    high = models.SmallIntegerField(null=True)
    choices = models.CharField(max_length=800, blank=True)
    words_from = models.IntegerField(null=True)
    words_to = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "question", "part"], name="channels_survey_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, low__isnull=True, high__isnull=True)
                | Q(
                    value__isnull=False,
                    low__isnull=False,
                    high__isnull=False,
                    value__gte=F("low"),
                    value__lte=F("high"),
                    low__lt=F("high"),
                ),
                name="channels_survey_value_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(words_from__isnull=True, words_to__isnull=True)
                | Q(
                    words_from__isnull=False,
                    words_to__isnull=False,
                    words_from__gte=0,
                    words_to__gt=F("words_from"),
                ),
                name="channels_survey_words_have_a_place",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | ~Q(choices="")
                | Q(words_from__isnull=False)
                | Q(kind="expectation")
                | Q(kind="feeling", part="own"),
                name="channels_survey_answer_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["version", "question", "interaction"], name="channels_survey_by_question")
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.interaction_id}"


class Reach(models.Model):
    """Where somebody who answered asked to be called or written to; it goes with the words."""

    interaction = models.OneToOneField(
        Interaction, models.CASCADE, primary_key=True, related_name="left_to_reach"
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        verbose_name_plural = "reach"
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", email=""), name="channels_survey_reach_of_some_kind"
            )
        ]

    def __str__(self) -> str:
        return f"reach of {self.interaction_id}"


_INTERACTION_ERASED = (
    "EXISTS (SELECT 1 FROM interactions_interaction WHERE id = {}.interaction_id AND erasure_id IS NOT NULL)"
)

declare(
    Frozen(
        table="channels_survey_surveyversion",
        columns=(
            "id",
            "survey_id",
            "number",
            "definition",
            "languages",
            "published_at",
            "published_by_id",
        ),
        unique=(("id",), ("survey_id", "number")),
    ),
    Frozen(
        table="channels_survey_answer",
        columns=(
            "id",
            "interaction_id",
            "version_id",
            "question",
            "part",
            "kind",
            "value",
            "low",
            "high",
            "choices",
            "words_from",
            "words_to",
        ),
        unique=(("id",), ("interaction_id", "question", "part")),
        # What was answered goes with the words it was answered in.
        deletable_when=_INTERACTION_ERASED.format("OLD"),
        insert_refused_when=_INTERACTION_ERASED.format("NEW"),
    ),
)
