"""Whether somebody is asked now: plain values in, one reason out. No Django, no clock.

The wishes of the person come first, then whether they can be reached at all, then how seldom we ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# Every reason not to ask, in the order they are looked at: the first that holds is the one that is told.
REASONS = (
    "gone",
    "in_peace",
    "no_consent",
    "survey_closed",
    "answered_already",
    "no_address",
    "no_server",
    "not_in_sample",
    "invited_lately",
    "answered_lately",
    "account_invited_lately",
    "account_answered_lately",
)
SEND = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How seldom we ask, all on rolling clocks.

    One person gets no invitation within `contact_days` of the last, nor within `answer_days` of having
    answered. One organisation gets at most `account_most` within `account_days`, and none once it has
    answered `account_answers_most` times within `account_answer_days`. 0 days: this clock is not kept.
    """

    contact_days: int = 30
    answer_days: int = 30
    account_days: int = 7
    account_most: int = 3
    account_answer_days: int = 7
    account_answers_most: int = 5


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand with one person and one survey.

    `draw` is from 0 to 99 and `share` a percentage: those drawn below it are asked. The times of the
    organisation are those of all its people; empty for a private person.
    """

    gone: bool = False
    in_peace: bool = False
    consents: bool = True
    survey_open: bool = True
    answered_already: bool = False
    has_address: bool = True
    has_server: bool = True
    share: int = 100
    draw: int = 0
    invited: datetime | None = None
    answered: datetime | None = None
    account_invited: Sequence[datetime] = ()
    account_answered: Sequence[datetime] = ()


def reason_not_to_ask(situation: Situation, pace: Pace, now: datetime) -> str:
    """Return the first of `REASONS` that holds; `SEND` (empty) where none does."""
    holds = {
        **_never(situation),
        "not_in_sample": situation.draw >= situation.share,
        "invited_lately": _within(situation.invited, pace.contact_days, now),
        "answered_lately": _within(situation.answered, pace.answer_days, now),
        "account_invited_lately": _count(situation.account_invited, pace.account_days, now)
        >= max(1, pace.account_most),
        "account_answered_lately": _count(situation.account_answered, pace.account_answer_days, now)
        >= max(1, pace.account_answers_most),
    }
    return next((reason for reason in REASONS if holds[reason]), SEND)


def reason_not_to_remind(situation: Situation) -> str:
    """Return why somebody who was asked is not reminded; `SEND` (empty) where nothing speaks against it."""
    holds = _never(situation)
    return next((reason for reason in REASONS if holds.get(reason)), SEND)


def _never(situation: Situation) -> dict[str, bool]:
    return {
        "gone": situation.gone,
        "in_peace": situation.in_peace,
        "no_consent": not situation.consents,
        "survey_closed": not situation.survey_open,
        "answered_already": situation.answered_already,
        "no_address": not situation.has_address,
        "no_server": not situation.has_server,
    }


def _within(moment: datetime | None, days: int, now: datetime) -> bool:
    return moment is not None and moment > now - timedelta(days=days) and days > 0


def _count(moments: Sequence[datetime], days: int, now: datetime) -> int:
    return sum(_within(moment, days, now) for moment in moments)
