"""Screens that ask, each with the survey it asks for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kalevi.channels.survey.models import KEY_LENGTH, Survey, new_key


class Kiosk(models.Model):
    """One screen at one place. Its key is its address; what it hears are answers of its survey.

    `heard_at` and `waiting` are what the device last told: when, and how many answers it still keeps.
    """

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=120)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="kiosks")
    reset_after = models.PositiveSmallIntegerField(default=20)
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reset_after__range=(5, 300)), name="channels_kiosk_resets")
        ]

    def __str__(self) -> str:
        return self.name
