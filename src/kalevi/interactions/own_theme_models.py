"""The company's own themes: what else it wants to hear of, each told by a few seed words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.findings import MOST_OWN, own_key

# Words older than this are all there are.
ALL_OLDER = 2**63 - 1


class OwnTheme(models.Model):
    """A theme of the company's own. It is retired, never deleted, so that no number is given twice.

    `seeds` are words or short phrases, one a line; any of them, in whatever form, carries the theme. Words
    older than the interaction `read_below` are still to be looked through for it; NULL when all have been.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    name_fi = models.CharField(max_length=60, blank=True)
    name_sv = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=60, blank=True)
    seeds = models.TextField()
    active = models.BooleanField(default=True)
    read_below = models.BigIntegerField(null=True, blank=True, default=ALL_OLDER)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lt=MOST_OWN), name="interactions_own_theme_number"
            ),
            models.CheckConstraint(
                condition=~Q(name_fi="", name_sv="", name_en=""), name="interactions_own_theme_named"
            ),
            models.CheckConstraint(condition=~Q(seeds=""), name="interactions_own_theme_seeded"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else in whichever language there is one."""
        language = (get_language() or "fi")[:2]
        return getattr(self, f"name_{language}", "") or self.name_fi or self.name_sv or self.name_en

    @property
    def words(self) -> list[str]:
        """The seeds, each by itself."""
        return self.seeds.splitlines()

    @property
    def key(self) -> str:
        """The key under which it stands among the findings."""
        return own_key(self.number)


class OwnThemeState(models.Model):
    """One row: a stamp that differs after every change of the own themes."""

    stamp = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="interactions_one_own_theme_state")]

    def __str__(self) -> str:
        return self.stamp


declare(
    Frozen(
        table="interactions_owntheme",
        columns=("number", "made_by_id", "made_at"),
        unique=(("number",),),
    )
)
