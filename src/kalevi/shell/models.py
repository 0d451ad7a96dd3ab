"""The company that uses this installation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """One row: the company's name, language, zone and when it is open."""

    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, default="fi")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Helsinki")
    opening_hours = models.JSONField(_("opening hours"), default=dict, blank=True)
    closed_days = models.JSONField(_("closed days"), default=list, blank=True)
    special_days = models.JSONField(_("days with other hours"), default=dict, blank=True)
    earlier_hours = models.JSONField(_("earlier opening hours"), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="shell_one_company"),
            models.CheckConstraint(
                condition=models.Q(language__in=("fi", "sv", "en")), name="shell_company_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name
