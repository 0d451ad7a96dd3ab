"""What happened between us, as it was told: append-only, and the database holds it so."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.fields import RowNumber
from kalevi.interactions.own_theme_models import OwnTheme, OwnThemeState  # noqa: F401  tables of this room
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Contact, Erasure


class Intake(models.Model):
    """The log of what arrives: one durable row first, which is also the work to do.

    `scope` and `identity` say which thing of which source this is (a row's source id, or a digest of all
    its cells with their occurrence number); `content` is a digest of what it said, so that changed words
    under a known identity are a new version. `raw` is what came, byte for byte (as JSON for table rows).
    """

    class State(models.IntegerChoices):
        WAITING = 0, _("waiting")
        UNDERSTOOD = 1, _("understood")
        REJECTED = 2, _("needs a look")
        ERASED = 3, _("erased")

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=40)
    batch = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=80)
    identity = models.BinaryField(max_length=16)
    content = models.BinaryField(max_length=16)
    raw = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    state = models.SmallIntegerField(choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=60, blank=True)
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "identity", "content"], name="interactions_arrived_once"
            ),
            models.CheckConstraint(
                condition=Q(raw__isnull=False) ^ Q(erasure__isnull=False), name="interactions_raw_or_erasure"
            ),
            models.CheckConstraint(
                condition=~Q(state=2) | ~Q(reason=""), name="interactions_rejected_with_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch", "row"], name="interactions_intake_batch", condition=Q(batch__isnull=False)
            ),
            models.Index(
                fields=["state", "id"], name="interactions_intake_work", condition=Q(state__in=(0, 2))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class Channel(models.TextChoices):
    """How it reached us."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    COUNTER = "counter", _("face to face")
    SURVEY = "survey", _("survey")
    WEB_FORM = "web_form", _("web form")
    CHAT = "chat", _("chat")
    SOCIAL_MEDIA = "social_media", _("social media")
    REVIEW = "review", _("review site")
    POST = "post", _("letter")
    WORD_OF_MOUTH = "word_of_mouth", _("word of mouth")
    SYSTEM = "system", _("shop system")
    OTHER = "other", _("other")


class Kind(models.TextChoices):
    """What kind of thing happened."""

    ENCOUNTER = "encounter", _("encounter")
    MESSAGE = "message", _("message")
    FEEDBACK = "feedback", _("feedback")
    EVENT = "event", _("event")


class Outcome(models.TextChoices):
    """What they got against what they expected, as they said it."""

    BETTER = "better", _("better than expected")
    AS_EXPECTED = "as_expected", _("as expected")
    WORSE = "worse", _("worse than expected")


def _one_of(field: str, values: Sequence[str]) -> Q:
    """Return the condition that a field has one of the values.

    Not as IN: SQLite builds a small table for every row that it checks against a list.
    """
    return reduce(or_, (Q(**{field: value}) for value in values))


def _where_given(*fields: str, name: str) -> models.Index:
    """Return an index of the rows that have a value in the first field."""
    return models.Index(fields=fields, name=name, condition=Q(**{f"{fields[0]}__isnull": False}))


class Interaction(models.Model):
    """One thing that happened between a customer and us, on any channel.

    The id sorts by time: see `ids.interaction_id`. A customer's words are `verbatim`; with
    `told_by_colleague_id` they are a colleague's retelling and never shown as the customer's own.
    Only the contact may change later (two contacts merged), and words may go to NULL with an erasure.
    """

    id = RowNumber(primary_key=True)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="interactions", db_index=False
    )
    touchpoint = models.ForeignKey(
        Touchpoint, models.PROTECT, null=True, blank=True, related_name="interactions", db_index=False
    )
    channel = models.CharField(max_length=14, choices=Channel.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    outbound = models.BooleanField(default=False)
    verbatim = models.TextField(null=True, blank=True)  # noqa: DJ001  NULL: wordless or erased
    language = models.CharField(max_length=3, blank=True)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001  NULL: none or erased
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="interactions")
    told_by_colleague_id = models.BigIntegerField(null=True, blank=True)
    score_kind = models.CharField(max_length=20, blank=True)
    score = models.FloatField(null=True, blank=True)
    score_low = models.FloatField(null=True, blank=True)
    score_high = models.FloatField(null=True, blank=True)
    expectation = models.TextField(null=True, blank=True)  # noqa: DJ001  NULL: none or erased
    outcome = models.CharField(max_length=12, blank=True, choices=Outcome.choices)
    older_version = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="newer_versions", db_index=False
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by", db_index=False
    )
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_one_of("channel", Channel.values), name="interactions_channel"),
            models.CheckConstraint(condition=_one_of("kind", Kind.values), name="interactions_kind"),
            models.CheckConstraint(
                condition=_one_of("outcome", ["", *Outcome.values]), name="interactions_outcome"
            ),
            models.CheckConstraint(
                condition=Q(erasure__isnull=True)
                | Q(verbatim__isnull=True, expectation__isnull=True, reference__isnull=True),
                name="interactions_erased_is_wordless",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | (~Q(score_kind="") & Q(score_low__lt=F("score_high"))),
                name="interactions_score_with_scale",
            ),
            # A comparison with NULL would hold, so that NULL is ruled out by name.
            models.CheckConstraint(
                condition=Q(
                    score__isnull=True, score_low__isnull=True, score_high__isnull=True, score_kind=""
                )
                | Q(
                    score__isnull=False,
                    score_low__isnull=False,
                    score_high__isnull=False,
                    score__gte=F("score_low"),
                    score__lte=F("score_high"),
                ),
                name="interactions_score_in_scale",
            ),
            models.CheckConstraint(
                condition=(Q(older_version__isnull=True) | ~Q(older_version=F("id")))
                & (Q(answers__isnull=True) | ~Q(answers=F("id"))),
                name="interactions_not_of_itself",
            ),
        ]
        indexes = [
            # Where most rows have none, an entry for each would cost an import half its speed.
            _where_given("contact", "id", name="interactions_by_contact"),
            _where_given("touchpoint", "id", name="interactions_by_touchpoint"),
            _where_given("older_version", name="interactions_newer"),
            _where_given("answers", name="interactions_answers"),
            _where_given("erasure", name="interactions_erased"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SelfFeeling(models.Model):
    """A feeling the customer reported, in the words they chose: write-once."""

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="self_feelings")
    words = models.CharField(max_length=200, null=True)  # noqa: DJ001  NULL only when erased
    strength = models.PositiveSmallIntegerField(null=True, blank=True)
    reported_at = models.DateTimeField()
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(words__isnull=False) ^ Q(erasure__isnull=False),
                name="interactions_feeling_or_erasure",
            ),
            models.CheckConstraint(
                condition=Q(strength__isnull=True) | Q(strength__range=(1, 3)), name="interactions_strength"
            ),
        ]

    def __str__(self) -> str:
        return f"feeling {self.pk}"


class Reading(models.Model):
    """What a named model version read in an interaction's words: a guess, with its evidence.

    `body` holds what was found with character offsets into the verbatim, no words of it:
    see `readings.packed`.
    """

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="readings", db_index=False)
    model = models.CharField(max_length=40)
    at = models.DateTimeField()
    language = models.CharField(max_length=3)
    sentiment = models.CharField(max_length=8)
    body = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "model"], name="interactions_one_reading_a_model")
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.interaction_id}"


class ColleagueReading(models.Model):
    """A colleague's own reading, beside the model's. A second colleague may confirm it."""

    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="colleague_readings")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sentiment = models.CharField(max_length=8, blank=True)
    feelings = models.JSONField(default=list)
    hots = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "colleague"], name="interactions_one_reading_a_colleague"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="interactions_confirmed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("colleague")),
                name="interactions_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"reading of {self.interaction_id}"


class Found(models.Model):
    """What the newest reading found, as rows to filter by: a small number a finding (`findings.code`)."""

    pk = models.CompositePrimaryKey("code", "interaction")
    code = models.SmallIntegerField()
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="found", db_index=False)

    def __str__(self) -> str:
        return f"{self.code} in {self.interaction_id}"


class SearchState(models.Model):
    """One row: by which rules the keys in the search index were made (`search_index.rules`)."""

    rules = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="interactions_one_search_state")]

    def __str__(self) -> str:
        return self.rules


_INTERACTION_ERASED = (
    "EXISTS (SELECT 1 FROM interactions_interaction WHERE id = {}.interaction_id AND erasure_id IS NOT NULL)"
)

declare(
    Frozen(
        table="interactions_intake",
        columns=("id", "source", "batch", "row", "scope", "identity", "content", "received_at"),
        erasable=("raw",),
        write_once=("erasure_id",),
        unique=(("id",), ("scope", "identity", "content")),
    ),
    Frozen(
        table="interactions_interaction",
        columns=(
            "id",
            "touchpoint_id",
            "channel",
            "kind",
            "outbound",
            "language",
            "occurred_at",
            "received_at",
            "source",
            "intake_id",
            "told_by_colleague_id",
            "score_kind",
            "score",
            "score_low",
            "score_high",
            "outcome",
            "older_version_id",
            "answers_id",
        ),
        erasable=("verbatim", "expectation", "reference"),
        write_once=("erasure_id",),
    ),
    Frozen(
        table="interactions_selffeeling",
        columns=("id", "interaction_id", "strength", "reported_at"),
        erasable=("words",),
        write_once=("erasure_id",),
        insert_refused_when=f"NEW.erasure_id IS NULL AND {_INTERACTION_ERASED.format('NEW')}",
    ),
    Frozen(
        table="interactions_colleaguereading",
        columns=("id", "interaction_id", "colleague_id"),
        write_once=("confirmed_by_id", "confirmed_at"),
        unique=(("id",), ("interaction_id", "colleague_id")),
        deletable_when=_INTERACTION_ERASED.format("OLD"),
        insert_refused_when=_INTERACTION_ERASED.format("NEW"),
    ),
    Frozen(
        table="interactions_reading",
        columns=("id", "interaction_id", "model", "at", "language", "sentiment", "body"),
        unique=(("id",), ("interaction_id", "model")),
        # A reading goes when the words it read were erased.
        deletable_when=_INTERACTION_ERASED.format("OLD"),
        insert_refused_when=_INTERACTION_ERASED.format("NEW"),
    ),
)
