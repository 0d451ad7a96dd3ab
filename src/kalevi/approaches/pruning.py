"""When a rule slows itself down, by how it was met. Pure."""

from dataclasses import dataclass

from kalevi.approaches.rule_models import Because, Limits, Pace
from kalevi.stats.shares import Share


@dataclass(frozen=True, slots=True)
class Rate:
    """How approaches by one rule were met; `n` of them are known to have been met somehow."""

    thanked: int = 0
    answered: int = 0
    ignored: int = 0
    unwelcome: int = 0

    @property
    def n(self) -> int:
        """How many were approached and are known to have been met somehow."""
        return self.thanked + self.answered + self.ignored + self.unwelcome

    @property
    def hits(self) -> Share:
        """Those who thanked or answered."""
        return Share(self.thanked + self.answered, self.n)

    @property
    def refusals(self) -> Share:
        """Those who did not welcome it."""
        return Share(self.unwelcome, self.n)


def pace_by(rate: Rate, limits: Limits) -> tuple[Pace, Because | None]:
    """Return how often a rule may propose, and why not every day.

    It pauses where the whole 95% interval of the unwelcome share lies above its limit, or that of the met
    share below its own; it slows down where the count says so and chance may still explain it.
    """
    if rate.n < limits.enough:
        return Pace.USUAL, None
    if rate.refusals.interval[0] > limits.unwelcome_percent / 100:
        return Pace.PAUSED, Because.UNWELCOME
    if rate.hits.interval[1] < limits.met_percent / 100:
        return Pace.PAUSED, Because.UNMET
    if rate.refusals.value > 2 * limits.unwelcome_percent / 100:
        return Pace.SELDOM, Because.UNWELCOME
    if rate.hits.value < limits.met_percent / 100:
        return Pace.SELDOM, Because.UNMET
    return Pace.USUAL, None
