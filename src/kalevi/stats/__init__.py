"""Plain numbers with their uncertainty. No Django, no network, no clock."""

from kalevi.stats.medians import Middle, middle_of
from kalevi.stats.shares import Share, wilson_interval

__all__ = ["Middle", "Share", "middle_of", "wilson_interval"]
