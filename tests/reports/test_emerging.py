"""What customers newly speak of: the daily look, its forgetting, and Today."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kalevi.interactions.erasing import erase_interactions
from kalevi.interactions.ids import interaction_id
from kalevi.interactions.models import Found, Intake, Interaction, Reading
from kalevi.people.models import Colleague, Contact, Erasure
from kalevi.reports.actions.emerging import renew_emerging_themes
from kalevi.reports.models import EmergingTheme
from kalevi.reports.queries.emerging import growth_in_words
from kalevi.reports.tasks import look_for_emerging_themes

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PLACES = ("Turusta", "Oulusta", "Vaasasta", "Porista", "Lahdesta", "Kotkasta", "Raumalta", "Imatralta")


def say(number: int, words: str, *, days: float, hidden: str = "", read: bool = True, **fields: Any) -> int:
    at = NOW - timedelta(days=days, minutes=number)
    row = Intake.objects.create(
        source="test", scope="test", identity=b"%016d" % number, content=b"0" * 16, raw=b"", received_at=NOW
    )
    one = Interaction.objects.create(
        id=interaction_id(at, row.pk), kind="feedback", channel="survey", verbatim=words, occurred_at=at,
        received_at=NOW, source="test", intake=row, **fields,
    )  # fmt: skip
    if read:
        start = words.find(hidden)
        body = {"p": [["name", [start, start + len(hidden)]]]} if hidden else {}
        Reading.objects.create(
            interaction=one, model="test 1", at=NOW, language="fi", sentiment="neutral", body=body
        )
        Found.objects.create(code=40, interaction=one)
    return int(one.pk)


@pytest.fixture
def before() -> None:
    for number in range(60):
        say(
            number + 100,
            f"Tilasin {PLACES[number % 8]} lautoja {'pian ' * (number // 8)}ja sain kahvia.",
            days=30,
        )


def newly(count: int = 10, **fields: Any) -> list[int]:
    return [
        say(n, f"Rullakkomaksu yllätti {PLACES[n % 8]} kassalla {'kovasti ' * (n % 3)}", days=1, **fields)
        for n in range(count)
    ]


def test_finds_what_is_newly_spoken_of_and_makes_it_anew(before: None) -> None:
    said = newly()
    assert renew_emerging_themes(now=NOW) == 1
    assert renew_emerging_themes(now=NOW) == 1
    theme = EmergingTheme.objects.get()
    assert "rullakkomaksu" in " ".join(theme.phrases)
    assert (theme.texts, theme.before) == (10, 0)
    assert set(theme.examples) <= set(said)
    assert (NOW - theme.reference_since).days == 30
    with time_machine.travel(NOW + timedelta(days=200), tick=False):
        assert look_for_emerging_themes.func() == 0
    assert EmergingTheme.objects.count() == 0


@pytest.mark.parametrize("fields", [{"outbound": True}, {"told_by_colleague_id": 1}, {"read": False}])
def test_only_what_customers_said_and_what_was_read(before: None, fields: dict[str, Any]) -> None:
    newly(**fields)
    assert renew_emerging_themes(now=NOW) == 0


def test_one_customer_alone_makes_no_theme(before: None) -> None:
    newly(contact=Contact.objects.create(created_at=NOW))
    assert renew_emerging_themes(now=NOW) == 0


def test_what_points_to_a_person_is_no_phrase(before: None) -> None:
    newly(hidden="Rullakkomaksu")
    renew_emerging_themes(now=NOW)
    assert "rullakkomaksu" not in str(list(EmergingTheme.objects.values_list("phrases", flat=True)))


def test_an_erased_example_drops_out_and_the_last_takes_the_theme_along(before: None) -> None:
    newly()
    renew_emerging_themes(now=NOW)
    first, *rest = EmergingTheme.objects.get().examples
    erasure = Erasure.objects.create(at=NOW, reason="request")
    erase_interactions([first], erasure)
    assert EmergingTheme.objects.get().examples == rest
    erase_interactions(rest, erasure)
    assert EmergingTheme.objects.count() == 0


def theme(place: int, *examples: int, before: int = 2) -> EmergingTheme:
    return EmergingTheme(
        place=place, phrases=["rullakkomaksu"], texts=10, before=before, growth=12.4, low=3.25, high=40.0,
        examples=list(examples), reference_since=NOW - timedelta(days=104), since=NOW - timedelta(days=14),
        until=NOW,
    )  # fmt: skip


def test_growth_in_words_and_no_ratio_to_nothing() -> None:
    assert growth_in_words(theme(0)) == "About 12 times as often as in the 90 days before (3.2–40 times)."
    assert (
        growth_in_words(theme(0, before=0))
        == "Not once in the 90 days before: now at least 3.2 times as often."
    )


def test_today_shows_three_and_opens_the_search_without_words_in_an_address(
    client: Client, frontline: Colleague
) -> None:
    said = newly()
    EmergingTheme.objects.bulk_create(theme(place, said[place]) for place in range(4))
    with time_machine.travel(NOW, tick=False):
        page = client.get("/").content.decode()
        assert page.count('name="words" value="rullakkomaksu"') == 3
        assert "10 messages in 14 days." in page
        answer = client.post("/interactions/search/", {"words": "rullakkomaksu"})
        assert "rullakko" not in answer["Location"]
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        assert "New in what is said" not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_number_of_queries_is_fixed(
    client: Client, frontline: Colleague, django_assert_num_queries: object, count: int
) -> None:
    said = newly()
    EmergingTheme.objects.bulk_create(theme(place, said[place]) for place in range(count))
    with time_machine.travel(NOW, tick=False), django_assert_num_queries(28):  # type: ignore[operator]
        page = client.get("/").content.decode()
    assert ("New in what is said" in page) == (count > 0)
