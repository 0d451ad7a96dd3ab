"""From what can be counted to how likely a quality is called for, and there: small logistic models.

`weights.json` is made by `python -m training.coach_fit` from the labelled answers (their dev part alone).
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kalevi.text.coach.features import NAMES


class Likely(NamedTuple):
    """Of one quality, between 0 and 1: how likely it is called for, and how likely it is there then."""

    called: float
    there: float


@cache
def _weights() -> Mapping[str, tuple[float, tuple[float, ...]]]:
    kept = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    if tuple(kept["names"]) != NAMES:
        raise RuntimeError("the coach's weights are for other features: run python -m training.coach_fit")
    return {name: (bias, tuple(weights)) for name, (bias, *weights) in kept["models"].items()}


def likely(model: str, values: Mapping[str, float]) -> float:
    """Return the probability that a model gives; its names are `called.QUALITY`, `there.QUALITY`, `good`."""
    bias, weights = _weights()[model]
    total = bias + sum(weight * values[name] for weight, name in zip(weights, NAMES, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def quality(name: str, values: Mapping[str, float]) -> Likely:
    """Return how likely a quality is called for and there."""
    return Likely(likely(f"called.{name}", values), likely(f"there.{name}", values))
