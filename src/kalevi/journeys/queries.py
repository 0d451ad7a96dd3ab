"""The journey as pages read it."""

import tomllib
from importlib.resources import files
from typing import Any

from django.db.models import QuerySet

from kalevi.journeys.models import JourneyStage


def journey() -> QuerySet[JourneyStage]:
    """Return the stages in order, each with its touchpoints."""
    return JourneyStage.objects.prefetch_related("touchpoints")


def common_journey() -> list[dict[str, Any]]:
    """Return the stages that fit most companies, with their touchpoints: see `common_journey.toml`."""
    text = (files(__package__) / "common_journey.toml").read_text(encoding="utf-8")
    stages: list[dict[str, Any]] = tomllib.loads(text)["stage"]
    return stages
