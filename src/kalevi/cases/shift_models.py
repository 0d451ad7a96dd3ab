"""When a colleague is here, what they speak and what they know: by these a new case finds its carrier."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kalevi.journeys.models import Touchpoint
from kalevi.people.models import LANGUAGES, Colleague


class Shift(models.Model):
    """The hours of one weekday (0 is Monday) in the company's zone; they may go on past midnight.

    Somebody without any shift is taken to be here always.
    """

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["colleague", "weekday"], name="cases_one_shift_a_day"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="cases_shift_weekday"),
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="cases_shift_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}–{self.ends}"


class Away(models.Model):
    """Days on which a colleague is not here, the first and the last included."""

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="aways")
    begins_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="cases_away_ends_after")
        ]

    def __str__(self) -> str:
        return f"{self.begins_on}–{self.ends_on}"


class Speaks(models.Model):
    """A language in which a colleague answers. Somebody who told none answers in the one of their pages."""

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="speaks")
    language = models.CharField(max_length=2, choices=LANGUAGES)

    class Meta:
        verbose_name_plural = "speaks"
        constraints = [
            models.UniqueConstraint(fields=["colleague", "language"], name="cases_speaks_once"),
            models.CheckConstraint(
                condition=Q(language__in=["fi", "sv", "en"]), name="cases_speaks_language"
            ),
        ]

    def __str__(self) -> str:
        return self.language


class Skill(models.Model):
    """Something that some of us know, in the company's own words, and what it is needed for.

    `themes` and `whys` are keys; a case of any of them, or from any of the touchpoints, asks for the skill.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    themes = models.JSONField(default=list)
    whys = models.JSONField(default=list)
    touchpoints = models.ManyToManyField(Touchpoint, related_name="+")
    holders = models.ManyToManyField(Colleague, related_name="skills")

    def __str__(self) -> str:
        return self.name
