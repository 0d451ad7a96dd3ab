"""Plain numbers with their uncertainty. No Django, no network, no clock."""

from kalevi.stats.shares import Share, wilson_interval

__all__ = ["Share", "wilson_interval"]
