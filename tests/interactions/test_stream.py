"""The stream narrows down by several filters at once, and one page never looks at more than its window."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection

from kalevi.interactions.findings import CHANNELS, code
from kalevi.interactions.models import Channel, Found, Interaction
from kalevi.interactions.queries import stream, walking
from kalevi.interactions.queries.filters import Filters
from kalevi.interactions.queries.stream import newer_for_colleague, stream_for_colleague
from kalevi.journeys.models import JourneyStage, Touchpoint
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
JOY, ANGER, DELIVERY = ("feeling", "joy"), ("feeling", "anger"), ("theme", "delivery")
HOUR = timedelta(hours=1)


def words_of(filters: Filters, before: int | None = None) -> list[str | None]:
    ids = stream_for_colleague(filters, before=before).ids
    found = dict(Interaction.objects.filter(pk__in=ids).values_list("pk", "verbatim"))
    return [found[number] for number in ids]


@pytest.fixture
def yard() -> Touchpoint:
    stage = JourneyStage.objects.create(key="test", position=90, name_fi="x", name_sv="x", name_en="x")
    return Touchpoint.objects.create(
        key="test-yard", stage=stage, name_fi="Piha", name_sv="Gård", name_en="Yard"
    )


def test_words_of_customers_newest_first_and_nothing_else() -> None:
    say("eilen", ago=24 * HOUR)
    say("tänään", ago=HOUR)
    say("ennen vuotta 1970", ago=timedelta(days=70 * 365))
    say("vastaus", outbound=True)
    say(None, kind="event")
    assert words_of(Filters()) == ["tänään", "eilen", "ennen vuotta 1970"]


def test_every_filter_must_hold(yard: Touchpoint) -> None:
    say("a", JOY, DELIVERY, touchpoint=yard, ago=1 * HOUR)
    say("b", JOY, ANGER, ago=2 * HOUR)
    say("c", JOY, DELIVERY, language="sv", ago=3 * HOUR)
    say(None, kind="event", touchpoint=yard, ago=4 * HOUR)
    assert words_of(Filters((JOY,))) == ["a", "b", "c"]
    assert words_of(Filters((JOY, ANGER))) == ["b"]
    assert words_of(Filters((JOY, DELIVERY, ("language", "sv")))) == ["c"]
    assert words_of(Filters(touchpoint="test-yard")) == ["a"]
    assert words_of(Filters((DELIVERY,), touchpoint="test-yard")) == ["a"]
    assert words_of(Filters(touchpoint="nowhere")) == []


def test_a_channel_is_a_filter_like_any_other() -> None:
    say("soitti", JOY, channel="phone", ago=1 * HOUR)
    say("kirjoitti", JOY, channel="email", ago=2 * HOUR)
    say("soitti taas", channel="phone", ago=3 * HOUR)
    say("vastaus", channel="phone", outbound=True)
    say(None, kind="event", channel="phone")
    assert words_of(Filters((("channel", "phone"),))) == ["soitti", "soitti taas"]
    assert words_of(Filters((("channel", "phone"), JOY))) == ["soitti"]
    assert words_of(Filters((("channel", "post"),))) == []


def test_every_channel_has_a_number_that_stays() -> None:
    assert sorted(CHANNELS) == sorted(Channel.values)
    numbers = import_module("kalevi.interactions.migrations.0007_channel_found").CODES
    assert {channel: code("channel", channel) for channel in numbers} == numbers


def test_words_from_before_there_was_the_filter_get_their_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("kalevi.interactions.migrations.0007_channel_found")
    monkeypatch.setattr(migration, "BATCH", 2)
    for channel in ("phone", "email", "phone", "survey", "post"):
        say("sanoja", channel=channel)
    say("vastaus", channel="phone", outbound=True)
    say(None, kind="event", channel="phone")
    before = set(Found.objects.values_list("code", "interaction"))
    Found.objects.filter(code__gte=300).delete()
    for _time in range(2):
        migration.fill(None, SimpleNamespace(connection=connection))
        assert set(Found.objects.values_list("code", "interaction")) == before


@time_machine.travel(NOW, tick=False)
def test_time_is_counted_in_days_of_the_company() -> None:
    say("tänään", ago=HOUR)
    say("viime viikolla", ago=timedelta(days=8))
    assert words_of(Filters(period="week")) == ["tänään"]
    assert words_of(Filters(until=(NOW - timedelta(days=2)).date())) == ["viime viikolla"]
    assert words_of(Filters(since=NOW.date(), until=NOW.date())) == ["tänään"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tilaus", ["Tilauksen hinta nousi."]),
        ("TILAUKSESTA hintaa", ["Tilauksen hinta nousi."]),
        ("leverans", ["Leveransen kom för sent."]),
        ("tilaus leverans", []),
        ("!", []),
        ('tilaus" OR "leverans', []),
        ("𞤀𞤁", []),
    ],
)
def test_search_finds_inflected_forms_and_every_word_must_be_there(asked: str, found: list[str]) -> None:
    say("Tilauksen hinta nousi.", JOY)
    say("Leveransen kom för sent.", language="sv")
    say("Tilauksenne on matkalla.", outbound=True)
    assert words_of(Filters(words=asked)) == found
    assert words_of(Filters((JOY,), words=asked)) == [text for text in found if "hinta" in text]


def test_search_meets_a_common_filter_and_a_rare_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "FEW", 2)
    for number in range(6):
        say(f"laituri {number}", JOY, *([ANGER] if number == 3 else []), ago=number * HOUR)
    assert words_of(Filters((JOY,), words="laituri")) == [f"laituri {number}" for number in range(6)]
    assert words_of(Filters((ANGER,), words="laituri")) == ["laituri 3"]


def test_two_common_filters_that_rarely_meet_are_walked_window_by_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(walking, "WINDOW", 4)
    monkeypatch.setattr(walking, "SAMPLE", 2)
    for number in range(20):
        say(str(number), JOY if number % 2 else ANGER, ago=number * HOUR)
    both = say("molemmat", JOY, ANGER, ago=30 * HOUR)
    before: int | None = None
    windows, met = 0, list[int]()
    while True:
        walk = stream_for_colleague(Filters((JOY, ANGER)), before=before)
        windows, met = windows + 1, [*met, *walk.ids]
        if walk.reached is None:
            break
        before = walk.reached
    assert (met, windows) == ([both.pk], 3)


def test_pages_follow_each_other_without_gap_or_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PAGE", 3)
    for number in range(7):
        say(str(number), JOY, ago=number * HOUR)
    for filters in (Filters(), Filters((JOY,)), Filters((JOY, ("sentiment", "neutral")))):
        seen, before = [], None
        while True:
            walk = stream_for_colleague(filters, before=before)
            seen.append(len(walk.ids))
            if walk.reached is None:
                break
            before = walk.reached
        assert seen == [3, 3, 1]


def test_newer_ones_are_those_after_the_newest_shown() -> None:
    first = say("a", JOY, ago=3 * HOUR)
    second, third = say("b", JOY, ago=2 * HOUR), say("c", ANGER, ago=HOUR)
    assert newer_for_colleague(Filters(), after=first.pk) == (third.pk, second.pk)
    assert newer_for_colleague(Filters((JOY,)), after=first.pk) == (second.pk,)
    assert newer_for_colleague(Filters(), after=third.pk) == ()
