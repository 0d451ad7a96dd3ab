"""What we promise to everybody, where it is redeemed, and the measure that shows it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalevi.channels.survey.models import Survey
from kalevi.journeys.models import Touchpoint


class Measure(models.TextChoices):
    """What shows whether a brand promise is kept; each is a share that the database can count."""

    KEPT = "kept", _("promises given under it that were kept by the first date")
    ANSWERED = "answered", _("messages a person answered in time")
    QUESTION = "question", _("good answers to a question of a survey")
    SCORE = "score", _("scores in the upper third of their scale")
    THEME = "theme", _("words about a theme that were not negative")


class BrandPromise(models.Model):
    """A promise to everybody. `minutes`, `survey` with `question`, and `theme` belong to their measure."""

    words_fi = models.CharField(_("In Finnish"), max_length=200, blank=True)
    words_sv = models.CharField(_("In Swedish"), max_length=200, blank=True)
    words_en = models.CharField(_("In English"), max_length=200, blank=True)
    touchpoints = models.ManyToManyField(Touchpoint, related_name="brand_promises", blank=True)
    measure = models.CharField(_("measure"), max_length=8, choices=Measure.choices, default=Measure.KEPT)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    survey = models.ForeignKey(Survey, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=30, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="promises_measure"),
            models.CheckConstraint(
                condition=~Q(words_fi="") | ~Q(words_sv="") | ~Q(words_en=""), name="promises_brand_in_words"
            ),
            models.CheckConstraint(
                condition=Q(measure="answered", minutes__isnull=False, minutes__gte=1)
                | (~Q(measure="answered") & Q(minutes__isnull=True)),
                name="promises_answered_within_minutes",
            ),
            models.CheckConstraint(
                condition=(Q(measure="question", survey__isnull=False) & ~Q(question=""))
                | (~Q(measure="question") & Q(survey__isnull=True, question="")),
                name="promises_question_of_a_survey",
            ),
            models.CheckConstraint(
                condition=(Q(measure="theme") & ~Q(theme="")) | (~Q(measure="theme") & Q(theme="")),
                name="promises_measure_of_a_theme",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The promise in the reader's language, else in whichever language there is one."""
        language = (get_language() or "fi")[:2]
        return getattr(self, f"words_{language}", "") or self.words_fi or self.words_sv or self.words_en
