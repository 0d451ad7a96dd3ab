"""What a customer's own score says, whatever its scale, to the reader of the words beside it."""

# Scores of which the highest is the best. Of others nobody knows which end is good.
BEST_HIGHEST = frozenset({"nps", "csat", "ces", "stars"})


def grade(kind: str, score: float | None, low: float | None, high: float | None) -> float | None:
    """Return where on its scale a score lies, from 0 (worst) to 1 (best); None where that cannot be told."""
    if score is None or low is None or high is None or kind not in BEST_HIGHEST:
        return None
    return (score - low) / (high - low) if low < high and low <= score <= high else None
