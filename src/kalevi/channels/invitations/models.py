"""Whom we asked, when to ask by ourselves, how seldom, and every decision about it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kalevi.channels.invitations.deciding import REASONS, Pace
from kalevi.channels.survey.models import Survey
from kalevi.guards.frozen import Frozen, declare
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Contact


class Rules(models.Model):
    """One row: how seldom we ask (see `deciding.Pace`), when we remind, how long a link holds. In days."""

    contact_days = models.PositiveSmallIntegerField(default=30)
    answer_days = models.PositiveSmallIntegerField(default=30)
    account_days = models.PositiveSmallIntegerField(default=7)
    account_most = models.PositiveSmallIntegerField(default=3)
    account_answer_days = models.PositiveSmallIntegerField(default=7)
    account_answers_most = models.PositiveSmallIntegerField(default=5)
    reminder_days = models.PositiveSmallIntegerField(default=4)
    link_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="channels_invitations_one_rules"),
            models.CheckConstraint(condition=Q(link_days__gte=1), name="channels_invitations_link_days"),
        ]

    def __str__(self) -> str:
        return "rules"

    def pace(self) -> Pace:
        """Return the part of the rules that decides."""
        return Pace(
            contact_days=self.contact_days,
            answer_days=self.answer_days,
            account_days=self.account_days,
            account_most=self.account_most,
            account_answer_days=self.account_answer_days,
            account_answers_most=self.account_answers_most,
        )


class Occasion(models.Model):
    """When we ask by ourselves: some hours after an encounter at a touchpoint, a share of those met there."""

    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, related_name="+", verbose_name=_("touchpoint"))
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="occasions", verbose_name=_("survey"))
    wait_hours = models.PositiveSmallIntegerField(default=24)
    share = models.PositiveSmallIntegerField(default=100)
    active = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["touchpoint", "survey"], name="channels_invitations_one_occasion"
            ),
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="channels_invitations_share"),
            models.CheckConstraint(condition=Q(wait_hours__lte=720), name="channels_invitations_wait"),
        ]

    def __str__(self) -> str:
        return f"occasion {self.pk}"


class Invitation(models.Model):
    """One person asked by one survey. Its personal link is sealed, not stored: see `links`."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="survey_invitations")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations")
    occasion = models.ForeignKey(Occasion, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reminder_decided_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="channels_invitations_ends_after"
            )
        ]
        indexes = [
            models.Index(fields=["contact", "made_at"], name="channels_invitations_contact"),
            models.Index(
                fields=["made_at"],
                name="channels_invitations_remind",
                condition=Q(reminder_decided_at__isnull=True, revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Decision(models.Model):
    """That somebody was asked or reminded, or the reason why not: one row each, kept as it was decided."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")

    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=24, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    occasion = models.ForeignKey(Occasion, models.SET_NULL, null=True, related_name="+", db_index=False)
    interaction_id = models.BigIntegerField(null=True)
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="decisions")
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interaction_id", "occasion"],
                name="channels_invitations_decided_once",
                condition=Q(interaction_id__isnull=False, occasion__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(kind="invitation") | Q(kind="reminder"), name="channels_invitations_kind"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=("", *REASONS)), name="channels_invitations_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reason or 'sent'}"


declare(
    Frozen(
        table="channels_invitations_decision",
        columns=("id", "at", "kind", "reason", "survey_id", "interaction_id", "actor_id"),
    ),
)
