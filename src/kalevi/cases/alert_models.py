"""Who is told what of cases, when, and that they were: each thing once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AlertChoice(models.Model):
    """How a colleague wishes to be told. Without a row: by e-mail, at any hour."""

    colleague = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alert_choice")
    by_mail = models.BooleanField(_("by e-mail"), default=True)
    by_browser = models.BooleanField(_("in the browser, while a page of ours is open"), default=False)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="cases_quiet_from_and_until",
            )
        ]

    def __str__(self) -> str:
        return f"alerts of {self.colleague_id}"


class TeamRoom(models.Model):
    """A channel of Slack or Teams that is told of new and late cases, without a word of any customer."""

    class Kind(models.TextChoices):
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Teams"

    kind = models.CharField(_("which"), max_length=5, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address of its webhook"), max_length=500)
    active = models.BooleanField(_("in use"), default=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="slack") | Q(kind="teams"), name="cases_team_room_kind")
        ]

    def __str__(self) -> str:
        return self.name


class TeamTelling(models.Model):
    """Something of a case on its way to a room of the team: told once the other side took it."""

    room = models.ForeignKey(TeamRoom, models.CASCADE, related_name="tellings")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    about = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "case", "about"], name="cases_room_told_once")]
        indexes = [
            models.Index(fields=["next_at"], name="cases_room_waits", condition=Q(told_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.about


class Alerted(models.Model):
    """That somebody was told something of a case. `colleague` is NULL for the team's room."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="alerted")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    about = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "alerted"
        constraints = [
            models.UniqueConstraint(fields=["case", "colleague", "about"], name="cases_told_once"),
            models.UniqueConstraint(
                fields=["case", "about"], condition=Q(colleague__isnull=True), name="cases_team_told_once"
            ),
        ]

    def __str__(self) -> str:
        return self.about
