"""Nobody is asked against a wish or too often, whatever else holds; and what is tightened asks no more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalevi.channels.invitations.deciding import (
    REASONS,
    SEND,
    Pace,
    Situation,
    reason_not_to_ask,
    reason_not_to_remind,
)

pytestmark = pytest.mark.library
# A busy machine is no reason to fail.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
moments = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90)).map(lambda ago: NOW - ago)
days = st.integers(0, 90)
paces = st.builds(Pace, days, days, days, st.integers(1, 9), days, st.integers(1, 9))
situations = st.builds(
    Situation,
    gone=st.booleans(),
    in_peace=st.booleans(),
    consents=st.booleans(),
    survey_open=st.booleans(),
    answered_already=st.booleans(),
    has_address=st.booleans(),
    has_server=st.booleans(),
    share=st.integers(1, 100),
    draw=st.integers(0, 99),
    invited=st.none() | moments,
    answered=st.none() | moments,
    account_invited=st.lists(moments, max_size=6).map(tuple),
    account_answered=st.lists(moments, max_size=6).map(tuple),
)
willing = situations.map(
    lambda one: replace(
        one,
        gone=False,
        in_peace=False,
        consents=True,
        survey_open=True,
        answered_already=False,
        has_address=True,
        has_server=True,
    )
)


def test_somebody_never_asked_who_agrees_is_asked() -> None:
    assert reason_not_to_ask(Situation(), Pace(), NOW) == SEND


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("gone", {"gone": True}),
        ("in_peace", {"in_peace": True}),
        ("no_consent", {"consents": False}),
        ("survey_closed", {"survey_open": False}),
        ("answered_already", {"answered_already": True}),
        ("no_address", {"has_address": False}),
        ("no_server", {"has_server": False}),
        ("not_in_sample", {"share": 30, "draw": 30}),
        ("invited_lately", {"invited": NOW - timedelta(days=29)}),
        ("answered_lately", {"answered": NOW - timedelta(days=29)}),
        ("account_invited_lately", {"account_invited": (NOW - timedelta(days=6),) * 3}),
        ("account_answered_lately", {"account_answered": (NOW - timedelta(days=6),) * 5}),
    ],
)
def test_each_reason_alone_is_the_one_told(reason: str, change: dict[str, object]) -> None:
    assert reason_not_to_ask(replace(Situation(), **change), Pace(), NOW) == reason  # type: ignore[arg-type]


def test_every_reason_is_tested_above() -> None:
    asked = [mark for mark in test_each_reason_alone_is_the_one_told.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert sorted(reason for reason, _change in asked[0].args[1]) == sorted(REASONS)


def test_the_clocks_roll_and_let_go_on_the_very_day() -> None:
    for day, reason in ((29.99, "invited_lately"), (30, SEND)):
        assert reason_not_to_ask(Situation(invited=NOW - timedelta(days=day)), Pace(), NOW) == reason
    one_of_three = (NOW - timedelta(days=7), NOW - timedelta(days=1), NOW)
    assert reason_not_to_ask(Situation(account_invited=one_of_three), Pace(), NOW) == SEND


@calm
@given(situations, paces)
def test_the_wish_of_a_person_outweighs_everything(one: Situation, pace: Pace) -> None:
    wished = replace(one, gone=False, in_peace=True)
    assert reason_not_to_ask(wished, pace, NOW) == "in_peace"
    assert reason_not_to_remind(wished) == "in_peace"
    against = replace(one, gone=False, in_peace=False, consents=False)
    assert reason_not_to_ask(against, pace, NOW) == reason_not_to_remind(against) == "no_consent"


@calm
@given(situations, paces)
def test_who_is_asked_may_be_asked_in_every_respect(one: Situation, pace: Pace) -> None:
    if reason_not_to_ask(one, pace, NOW) == SEND:
        assert (one.gone, one.in_peace, one.answered_already) == (False, False, False)
        assert (one.consents, one.survey_open, one.has_address, one.has_server) == (True, True, True, True)
        assert one.draw < one.share
        assert one.invited is None or one.invited <= NOW - timedelta(days=pace.contact_days)
        assert one.answered is None or one.answered <= NOW - timedelta(days=pace.answer_days)
        # Who may be asked may be reminded.
        assert reason_not_to_remind(one) == SEND


@calm
@given(willing, paces, st.sampled_from([*Pace.__slots__]), st.integers(0, 30))
def test_tighter_rules_never_ask_more(one: Situation, pace: Pace, name: str, more: int) -> None:
    tighter = max(1, getattr(pace, name) - more) if name.endswith("most") else getattr(pace, name) + more
    after = replace(pace, **{name: tighter})
    if reason_not_to_ask(one, pace, NOW) != SEND:
        assert reason_not_to_ask(one, after, NOW) != SEND


@calm
@given(willing, paces, st.integers(0, 99), st.integers(1, 100))
def test_a_larger_share_never_leaves_out_who_was_in(
    one: Situation, pace: Pace, draw: int, share: int
) -> None:
    drawn = replace(one, draw=draw, share=share)
    if reason_not_to_ask(drawn, pace, NOW) == SEND:
        assert reason_not_to_ask(replace(drawn, share=100), pace, NOW) == SEND
