"""What changed in how somebody behaves: the last months beside what came before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

RECENT = timedelta(days=90)
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Encounter:
    """One encounter: when, on which channel, and its tone where words tell it: -1, 0 or 1."""

    at: datetime
    channel: str
    tone: int | None = None


@dataclass(frozen=True, slots=True)
class Tone:
    """How many encounters of `n` with words had a tone below zero, and above."""

    below: int
    above: int
    n: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What differs. Gaps are in days.

    `silence` is the time since the last encounter where it is at least twice the `usual_gap` (the median
    between days with encounters, of `gaps` of them); `new` and `left` are channels; tones are before and
    recent. What too few encounters would tell (under `ENOUGH`) is None or empty.
    """

    n_before: int
    n_recent: int
    silence: float | None
    usual_gap: float | None
    gaps: int
    oftener: bool | None
    new: tuple[str, ...]
    left: tuple[str, ...]
    tone_before: Tone | None
    tone_recent: Tone | None


def behaviour(encounters: Sequence[Encounter], now: datetime) -> Behaviour:
    """Compare the `RECENT` days up to `now` with everything before; encounters come in any order."""
    past = sorted((one for one in encounters if one.at <= now), key=lambda one: one.at)
    before = [one for one in past if one.at <= now - RECENT]
    recent = [one for one in past if one.at > now - RECENT]
    days = sorted({one.at.date() for one in past})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    usual = float(median(gaps)) if len(gaps) >= ENOUGH else None
    since = (now - past[-1].at) / timedelta(days=1) if past else 0.0
    enough = len(before) >= ENOUGH and len(recent) >= ENOUGH
    return Behaviour(
        n_before=len(before),
        n_recent=len(recent),
        silence=since if usual is not None and since >= max(2 * usual, 14) else None,
        usual_gap=usual,
        gaps=len(gaps),
        oftener=_oftener(before, recent, now) if len(before) >= ENOUGH else None,
        new=_channels(recent, before) if len(before) >= ENOUGH else (),
        left=_channels(before, recent) if enough else (),
        tone_before=_tone(before),
        tone_recent=_tone(recent),
    )


def _oftener(before: Sequence[Encounter], recent: Sequence[Encounter], now: datetime) -> bool | None:
    """True or False where encounters came at least twice as often, or half as often, as before."""
    span = max(now - RECENT - before[0].at, RECENT)
    usual = len(before) * (RECENT / span)
    if len(recent) >= ENOUGH and len(recent) >= 2 * usual:
        return True
    return False if usual >= ENOUGH and len(recent) <= usual / 2 else None


def _channels(there: Sequence[Encounter], absent: Sequence[Encounter]) -> tuple[str, ...]:
    counts = Counter(one.channel for one in there)
    known = {one.channel for one in absent}
    return tuple(channel for channel, _count in counts.most_common() if channel not in known)


def _tone(encounters: Sequence[Encounter]) -> Tone | None:
    tones = [one.tone for one in encounters if one.tone is not None]
    if len(tones) < ENOUGH:
        return None
    return Tone(sum(tone < 0 for tone in tones), sum(tone > 0 for tone in tones), len(tones))
