"""How much may come from one address and to one survey: what is over is refused for a moment, never lost."""

from kalevi.shell.buckets import Buckets

# A family or a shop behind one address answers at once; a kiosk sends what it kept while it was offline.
BY_ADDRESS = Buckets(burst=60, a_second=2)
# A mailing of ten thousand letters brings its answers in bursts.
BY_SURVEY = Buckets(burst=1_000, a_second=100)


def wait_for(address: str, survey: str, now: float) -> float:
    """Return in how many seconds an answer may come; 0 for now."""
    return BY_ADDRESS.take(address, now) or BY_SURVEY.take(survey, now)
