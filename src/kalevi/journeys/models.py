"""The customer's way from the first need to recommending and after, outside our reach too."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """Something with a name in three languages."""

    name_fi = models.CharField(_("name in Finnish"), max_length=100)
    name_sv = models.CharField(_("name in Swedish"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else in whichever language there is one."""
        language = (get_language() or "fi")[:2]
        return getattr(self, f"name_{language}", "") or self.name_fi or self.name_sv or self.name_en


class JourneyStage(Named):
    """A part of the journey; some lie outside our reach, such as asking a neighbour."""

    key = models.SlugField(max_length=50, unique=True)
    position = models.PositiveSmallIntegerField(unique=True)
    within_reach = models.BooleanField(_("within our reach"), default=True)

    class Meta:
        ordering = ["position"]


class Touchpoint(Named):
    """A place or moment where a customer meets us, or hears of us."""

    key = models.SlugField(max_length=50, unique=True)
    stage = models.ForeignKey(
        JourneyStage, models.PROTECT, related_name="touchpoints", verbose_name=_("stage of the journey")
    )
    within_reach = models.BooleanField(_("within our reach"), default=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["stage__position", "id"]
