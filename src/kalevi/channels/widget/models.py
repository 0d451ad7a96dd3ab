"""The sites whose pages may show our questions."""

from django.db import models


class Site(models.Model):
    """One origin, as a browser tells it: https://www.example.fi, with its port where it is not the usual."""

    origin = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.origin
