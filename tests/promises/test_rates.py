"""The rate of kept promises against a slow second count, and who may see which."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kalevi.channels.survey.models import Answer, Survey, SurveyVersion
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague
from kalevi.promises import carers
from kalevi.promises.brand_models import BrandPromise, Measure
from kalevi.promises.models import Promise
from kalevi.promises.queries.measures import shown_for_colleague
from kalevi.promises.queries.rates import Rate, hidden_together, rates_for_colleague
from kalevi.promises.templatetags.promises import told as told_of
from kalevi.shell.roles import Role
from kalevi.stats import Share
from tests.promises.made import a_colleague, a_contact, a_promise
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_place(key: str = "counter") -> Touchpoint:
    stage, _new = JourneyStage.objects.get_or_create(key="buy", defaults={"position": 1, "name_en": "Buying"})
    return Touchpoint.objects.create(key=key, stage=stage, name_en=key)


def slow_share(promises: list[Promise], at: Any) -> Share:
    """Count one by one, as one would by hand from the ledger."""
    due = kept = 0
    for one in promises:
        if not at - timedelta(days=365) < one.first_due_at <= at:
            continue
        if one.state in ("released", "fell_away") and one.ended_at and one.ended_at <= one.first_due_at:
            continue
        due += 1
        in_time = one.ended_at is not None and one.ended_at <= one.first_due_at
        kept += one.state in ("kept", "late") and in_time
    return Share(kept, due)


ONE = st.tuples(
    st.integers(1, 400),
    st.sampled_from(["open", "kept", "late", "broken", "released"]),
    st.integers(-20, 20),
    st.sampled_from([0, 1]),
    st.sampled_from([0, 1]),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ONE, max_size=12))
def test_the_same_as_a_slow_count(told: list[tuple[int, str, int, int, int]]) -> None:
    with transaction.atomic():
        _compare(told)
        # Each example begins with an empty ledger, and guarded rows cannot be deleted.
        transaction.set_rollback(True)


def _compare(told: list[tuple[int, str, int, int, int]]) -> None:
    people = [a_colleague(f"P{n}-{Colleague.objects.count()}") for n in range(2)]
    places = [None, a_place(f"p{Touchpoint.objects.count()}")]
    contact = a_contact()
    made = []
    for days, state, moved, who, where in told:
        due_at = NOW + timedelta(days=days)
        one = a_promise(people[who], contact, due_at=due_at, touchpoint=places[where])
        if state != "open":
            ended = due_at + timedelta(hours=moved)
            if state in ("kept", "late"):
                state = "kept" if ended <= due_at else "late"
            Promise.objects.filter(pk=one.pk).update(state=state, ended_at=ended, ended_by_id=people[who].pk)
        made.append(one.pk)
    at = NOW + timedelta(days=200)
    mine = list(Promise.objects.filter(pk__in=made))
    rates = rates_for_colleague(people[0], at)
    assert rates.whole.share == slow_share(mine, at)
    assert rates.own.share == slow_share([one for one in mine if one.owner_id == people[0].pk], at)
    by_place = {rate.label: rate.share for rate in rates.touchpoints}
    for place in places:
        of_place = slow_share([one for one in mine if one.touchpoint == place], at)
        assert by_place.get(place.name if place else "no touchpoint", Share(0, 0)) == of_place


class TestWhoSeesWhat:
    def test_what_tells_of_one_is_for_that_one_alone(self) -> None:
        tuula, bo, cai = a_colleague(), a_colleague("Bo"), a_colleague("Cai")
        a_promise(tuula)
        seen = [rates_for_colleague(reader, LATER) for reader in (tuula, bo)]
        assert [(one.whole.hidden, one.own.share.n) for one in seen] == [("", 1), ("one", 0)]
        # Who knows their own could take it off the whole and have the other one's.
        a_promise(bo)
        seen = [rates_for_colleague(reader, LATER) for reader in (tuula, bo, cai)]
        assert [one.whole.hidden for one in seen] == ["one", "one", ""]

    def test_one_that_is_hidden_takes_another_with_it(self) -> None:
        rates = [
            Rate("a", Share(1, 9), "", 3),
            Rate("b", Share(1, 5), "one", 1),
            Rate("c", Share(1, 4), "", 2),
        ]
        assert [(rate.label, rate.hidden) for rate in hidden_together(rates)] == [
            ("a", ""),
            ("b", "one"),
            ("c", "one"),
        ]

    @pytest.mark.parametrize(("people", "hidden"), [(4, "few"), (5, "")])
    def test_a_team_of_fewer_than_five_has_no_figure(
        self, people: int, hidden: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        team = [a_colleague(f"P{n}") for n in range(people)]
        place = a_place()
        on_duty = {place.pk: frozenset(one.pk for one in team)}
        monkeypatch.setattr(carers, "_carers", [lambda: on_duty])
        for one in team[:2]:
            a_promise(one, touchpoint=place)
        rates = rates_for_colleague(a_colleague("Eeva", Role.BOARD), LATER)
        assert [(rate.label, rate.share, rate.hidden) for rate in rates.teams] == [
            ("counter", Share(0, 2), hidden)
        ]
        assert [(rate.label, rate.hidden) for rate in rates.touchpoints] == [("counter", "")]


class TestMeasures:
    @pytest.fixture
    def place(self) -> Touchpoint:
        return a_place()

    def brand(self, place: Touchpoint, measure: Measure, **more: Any) -> BrandPromise:
        made = BrandPromise.objects.create(words_en="We do.", measure=measure, made_at=NOW, **more)
        made.touchpoints.add(place)
        return made

    def shown(self) -> Share:
        (one,) = shown_for_colleague(a_colleague("Reader", Role.MANAGER), NOW)
        return one.rate.share

    def test_promises_given_under_it(self, place: Touchpoint, now: Any) -> None:
        brand = self.brand(place, Measure.KEPT)
        people = a_colleague(), a_colleague("Bo")
        for one in people:
            a_promise(one, brand=brand)
        Promise.objects.filter(owner=people[0]).update(state="kept", ended_at=NOW, ended_by_id=people[0].pk)
        (shown,) = shown_for_colleague(a_colleague("Eeva", Role.BOARD), LATER)
        assert (shown.rate.share, shown.rate.hidden, shown.places) == (Share(1, 2), "", ("counter",))

    def test_messages_answered_in_time_by_a_person(self, place: Touchpoint) -> None:
        self.brand(place, Measure.ANSWERED, minutes=60)
        ask: dict[str, Any] = {"kind": "message", "touchpoint": place}
        asked = [say(f"{n}?", ago=timedelta(hours=5), **ask) for n in range(3)]
        say("Nyt?", ago=timedelta(minutes=20), **ask)
        reply: dict[str, Any] = {"outbound": True, "told_by_colleague_id": 1}
        say("Heti.", ago=timedelta(hours=4, minutes=30), answers=asked[0], **reply)
        say("Myöhään.", ago=timedelta(hours=2), answers=asked[1], **reply)
        say("Automaatti.", ago=timedelta(hours=4, minutes=59), answers=asked[2], outbound=True)
        assert self.shown() == Share(1, 3)

    def test_scores_in_the_upper_third(self, place: Touchpoint) -> None:
        self.brand(place, Measure.SCORE)
        for score in (10, 7, 6, 0):
            say(None, touchpoint=place, score_kind="nps", score=score, score_low=0, score_high=10)
        assert self.shown() == Share(2, 4)

    def test_words_about_a_theme(self, place: Touchpoint) -> None:
        self.brand(place, Measure.THEME, theme="delivery")
        for sentiment in ("negative", "positive", "neutral"):
            say("Tuli.", ("theme", "delivery"), ("sentiment", sentiment), touchpoint=place)
        say("Muuta.", ("sentiment", "negative"), touchpoint=place)
        assert self.shown() == Share(2, 3)

    def test_good_answers_to_a_question(self, place: Touchpoint) -> None:
        survey = Survey.objects.create(name="Kysely", made_at=NOW)
        version = SurveyVersion.objects.create(
            survey=survey, number=1, definition={}, languages=["fi"], published_at=NOW
        )
        self.brand(place, Measure.QUESTION, survey=survey, question="again")
        for value in (9, 10, 8, 0):
            Answer.objects.create(
                interaction=say(None),
                version=version,
                question="again",
                kind="nps",
                value=value,
                low=0,
                high=10,
            )
        assert self.shown() == Share(2, 4)

    @pytest.mark.parametrize(
        "half",
        [{"measure": "answered"}, {"measure": "kept", "minutes": 5}, {"measure": "theme"}, {"words_en": ""}],
    )
    def test_half_a_promise_to_everybody_is_refused(self, half: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            BrandPromise.objects.create(**({"words_en": "We do.", "made_at": NOW} | half))


@pytest.mark.parametrize(
    ("kept", "n", "hidden", "told"),
    [
        (4, 5, "", "share"),
        (4, 4, "", "thin"),
        (0, 0, "", "nothing"),
        (9, 9, "few", "few"),
        (1, 1, "one", "one"),
    ],
)
def test_no_share_is_told_of_fewer_than_five(kept: int, n: int, hidden: str, told: str) -> None:
    rate = Rate("", Share(kept, n), hidden)
    assert (rate.told, told_of([rate], told)) == (told, [rate])
