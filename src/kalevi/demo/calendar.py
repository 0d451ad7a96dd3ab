"""When everything happened: the weeks of the written material, laid so that they end at a given moment.

The seasons stay: a week is moved by whole years, counted from the last Monday-week of February of each year.
A story (one persona's comments, or an event with what follows from it) moves as one, so its order stays.
Where a long story fits into no place with all its seasons, its ends are drawn in, in order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kalevi.demo.material import Comment, event, first_monday

WEEKS_SHOWN = 104
_OLDEST_WEEKS = 117
_AFTERMATH_WEEK = 78
_LATEST_DAYS = 21
_SEASONAL = re.compile(
    r"talv|lumi|lume|jää|joulu|kesä|juhannu|kevä|syksy|vinter|snö|jul|sommar|midsommar|\bice|snow|winter|summer|christmas",
    re.IGNORECASE,
)

_WAITING = ("fi-0333", "fi-0475", "en-0085", "sv-0105", "fi-0479", "fi-0323")
_THANKS = ("fi-0152", "fi-0481", "fi-0331")
_BEFORE_THEM = ("fi-0335", "fi-0330")


@dataclass(frozen=True, slots=True)
class Place:
    """The day a comment is said on; `newest` ones are spread over the last three days by the hour instead."""

    day: date
    newest: int | None = None


def anchor(year: int) -> date:
    """Return the Monday nearest to 26 February: where week 1 of that year's seasons begins."""
    day = date(year, 2, 26)
    return day - timedelta(days=(day.weekday() + 3) % 7 - 3)


def monday(week: int, shift: int = 0) -> date:
    """Return the Monday of a written week when the material is moved by `shift` years."""
    year, season = divmod(week - 1, 52)
    return anchor(first_monday().year + year + shift) + timedelta(weeks=season)


def latest_shift(week: int, today: date) -> int:
    """Return the shift that brings a week as near to today as can be, all of it past."""
    shift = today.year - first_monday().year + 1
    while monday(week, shift) + timedelta(days=7) > today:
        shift -= 1
    return shift


def event_shift(today: date) -> int:
    """Return the shift of the oversold campaign: the last spring whose aftermath has been lived through."""
    return latest_shift(_AFTERMATH_WEEK, today)


def placed(comments: Sequence[Comment], today: date) -> dict[str, Place]:
    """Return the day of every comment, by its id. Every day is before today but those of the newest."""
    places: dict[str, Place] = {}
    stories: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.week is None or comment.id in _THANKS:
            continue
        stories.setdefault(_story(comment), []).append(comment)
    for key, story in stories.items():
        story.sort(key=lambda comment: (comment.week or 0, comment.id))
        places |= _placed_story(story, _shift(key, story, today), today)
    places |= _placed_newest(
        [comment for comment in comments if comment.week is None or comment.id in _THANKS], today
    )
    return places


def _story(comment: Comment) -> str:
    """Return what moves together with a comment; a comment on its own is its own story."""
    week = comment.week or 0
    if comment.persona:
        return f"persona {comment.persona}"
    if _in("oversold", comment) or _in("honest_stock", comment):
        return "oversold"
    if _in("swap_shelf", comment):
        return "swap_shelf"
    return f"week {week}"


def _in(key: str, comment: Comment) -> bool:
    told = event(key)
    return (
        comment.week is not None
        and told["from_week"] <= comment.week <= told["to_week"]
        and comment.touchpoint in told["touchpoints"]
    )


def _shift(key: str, story: Sequence[Comment], today: date) -> int:
    weeks = [comment.week or 0 for comment in story]
    if key == "oversold" or any(_in("oversold", comment) for comment in story):
        return event_shift(today)
    if key.startswith("week "):
        # The second year comes after the first one, whichever season today is in.
        return latest_shift(weeks[0] if weeks[0] > 52 else weeks[0] + 52, today)
    whole = latest_shift(weeks[-1], today)
    return min((whole, whole + 1), key=lambda shift: _spoilt(story, shift, today))


def _spoilt(story: Sequence[Comment], shift: int, today: date) -> int:
    """Return how much is lost when the comments that fall outside are drawn in; seasons weigh most."""
    outside = [comment for comment in story if not _fits(comment, shift, today)]
    return sum(3 if _SEASONAL.search(comment.text) else 1 for comment in outside)


def _fits(comment: Comment, shift: int, today: date) -> bool:
    day = monday(comment.week or 1, shift)
    return today - timedelta(weeks=_OLDEST_WEEKS) <= day <= today - timedelta(days=7)


def _placed_story(story: Sequence[Comment], shift: int, today: date) -> dict[str, Place]:
    fitting = [comment for comment in story if _fits(comment, shift, today)]
    days = {comment.id: _day(comment, monday(comment.week or 1, shift)) for comment in fitting}
    if len(fitting) < len(story):
        earliest, last = min(days.values()), max(days.values())
        first_week, last_week = fitting[0].week or 0, fitting[-1].week or 0
        heads = [comment for comment in story if (comment.week or 0) < first_week]
        tails = [comment for comment in story if (comment.week or 0) > last_week]
        begin = min(today - timedelta(weeks=WEEKS_SHOWN), earliest - timedelta(days=7 * len(heads)))
        days |= _spread(heads, begin - timedelta(days=1), earliest)
        days |= _spread(tails, last, today - timedelta(days=1))
    return {number: Place(day) for number, day in days.items()}


def _spread(comments: Sequence[Comment], after: date, before: date) -> dict[str, date]:
    """Return days strictly between two days where there is room, evenly and in order."""
    step = (before - after).days / (len(comments) + 1)
    return {
        comment.id: after + timedelta(days=max(1, int(step * (place + 1))))
        for place, comment in enumerate(comments)
    }


def _day(comment: Comment, first: date) -> date:
    """Return a day of the week: nobody is at the counter or the telephone on a Sunday."""
    weights = (16, 15, 15, 15, 17, 14, 0 if comment.channel in ("counter", "phone") else 12)
    return first + timedelta(days=Random(comment.id).choices(range(7), weights)[0])


def _placed_newest(comments: Sequence[Comment], today: date) -> dict[str, Place]:
    """Put about twenty comments into the last three days, those that wait for us among them."""
    order = sorted(comments, key=lambda comment: Random(comment.id).random())
    first = [comment.id for comment in order if comment.id in _WAITING]
    rest = [comment.id for comment in order if comment.id not in (*_WAITING, *_THANKS, *_BEFORE_THEM)]
    newest = [*_THANKS, *first, *rest][:20]
    # Two thanks are the newest of all; what waits is scattered over the three days.
    newest = [*newest[:2], *newest[9:12], *newest[2:6], *newest[12:16], *newest[6:9], *newest[16:]]
    older = sorted(
        (comment.id for comment in order if comment.id not in newest), key=lambda one: one in _BEFORE_THEM
    )
    places = {number: Place(today, place) for place, number in enumerate(newest)}
    for place, number in enumerate(older):
        places[number] = Place(today - timedelta(days=4 + place * (_LATEST_DAYS - 4) // max(1, len(older))))
    return places
