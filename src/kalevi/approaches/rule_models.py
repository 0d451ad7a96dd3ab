"""What people can read and change: for which reasons we walk up to somebody, how often, and when we stop."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why we would walk up to somebody, what presses most first."""

    LATE_ORDER = "late_order", _("an order about to be late")
    SILENCE = "silence", _("silence after a problem")
    FIRST_VISIT = "first_visit", _("a first visit behind them")
    GOOD_NEWS = "good_news", _("their good news")
    CAN_NOW = "can_now", _("a wish we can meet now")
    FIRST_VISIT_AHEAD = "first_visit_ahead", _("a first visit ahead of them")
    CHANGED = "changed", _("something changed in how they deal with us")


# What we owe them: it is told also soon after another approach, and needs no consent to hear of news.
OWED = frozenset({Why.LATE_ORDER, Why.SILENCE})


class Pace(models.TextChoices):
    """How often a rule proposes."""

    USUAL = "usual", _("every day")
    SELDOM = "seldom", _("one day in three")
    PAUSED = "paused", _("not at all for now")


class Because(models.TextChoices):
    """Why a rule slowed itself down."""

    UNWELCOME = "unwelcome", _("too many did not welcome it")
    UNMET = "unmet", _("too few answered")


class Rule(models.Model):
    """One reason. `days` is how far back it looks, `after` its threshold in days (see `rules.MEANING`).

    `pace` is set by how earlier approaches were met since `counted_since`; a colleague sets it back.
    """

    why = models.CharField(max_length=20, choices=Why.choices, unique=True)
    active = models.BooleanField(default=True)
    days = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField(default=0)
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.USUAL)
    because = models.CharField(max_length=10, choices=Because.choices, blank=True)
    pace_since = models.DateTimeField(null=True, blank=True)
    counted_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="approaches_rule_why"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="approaches_rule_pace"),
            models.CheckConstraint(condition=Q(days__gte=1, after__lte=365), name="approaches_rule_days"),
            models.CheckConstraint(
                condition=Q(pace="usual", because="", pace_since__isnull=True)
                | (~Q(pace="usual") & Q(because__in=Because.values, pace_since__isnull=False)),
                name="approaches_slowed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.why


class Limits(models.Model):
    """One row: how many a day, how seldom the same person, and when a rule slows itself down.

    `most` a day; nobody again within `rest_days`, nor within `later_days` of "not now"; a proposal that
    nobody takes goes after `open_days`; no word within `ignored_days` means that it was ignored. Once
    `enough` have been approached, a rule whose share of unwelcome ones is surely above `unwelcome_percent`,
    or whose share of met ones is surely below `met_percent`, pauses.
    """

    most = models.PositiveSmallIntegerField(default=5)
    rest_days = models.PositiveSmallIntegerField(default=30)
    later_days = models.PositiveSmallIntegerField(default=7)
    open_days = models.PositiveSmallIntegerField(default=3)
    ignored_days = models.PositiveSmallIntegerField(default=14)
    enough = models.PositiveSmallIntegerField(default=8)
    unwelcome_percent = models.PositiveSmallIntegerField(default=10)
    met_percent = models.PositiveSmallIntegerField(default=25)

    class Meta:
        verbose_name_plural = "limits"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="approaches_one_limits"),
            models.CheckConstraint(
                condition=Q(most__range=(1, 50), open_days__gte=1, ignored_days__gte=1, enough__gte=3),
                name="approaches_limits_in_range",
            ),
            models.CheckConstraint(
                condition=Q(unwelcome_percent__lte=100, met_percent__lte=100),
                name="approaches_limits_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return "limits"
