"""What this room works out beforehand: nothing here is told by anybody, all of it can be made again."""

from django.db import models


class EmergingTheme(models.Model):
    """Something customers newly speak of, as it was when last looked for; see `kalevi.text.emerging`.

    `texts` of those said from `since` (the oldest looked at) to `until` hold one of the phrases, and
    `before` of those said from `reference_since` on until two weeks before `until`. `growth` is the ratio of
    the two shares, `low` to `high` its 95% interval. `examples` are ids of interactions, the most telling
    first; no words are kept beside the phrases.
    """

    place = models.PositiveSmallIntegerField(unique=True)
    phrases = models.JSONField()
    texts = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    growth = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    examples = models.JSONField()
    reference_since = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"emerging theme {self.place}"
