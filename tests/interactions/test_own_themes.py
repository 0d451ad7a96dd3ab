"""The company's own themes: new words at once, older ones by a job, and no reading touched."""

from collections.abc import Sequence

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kalevi.audit.models import Entry
from kalevi.interactions import own_rereading, own_themes
from kalevi.interactions.actions.own_themes import (
    TooManyThemesError,
    retire_theme,
    store_theme,
    use_theme_again,
)
from kalevi.interactions.erasing import erase_interactions
from kalevi.interactions.findings import code, name
from kalevi.interactions.models import Found, Interaction, Reading
from kalevi.interactions.own_theme_models import OwnTheme
from kalevi.interactions.readers import company_reader
from kalevi.interactions.tasks import look_through_older_words
from kalevi.jobs.models import Job
from kalevi.people.models import Colleague, Erasure
from kalevi.people.models import Reason as Why
from kalevi.text.own_themes import OwnThemes
from tests.interactions.arriving import arrive
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db


def make(*seeds: str, theme: OwnTheme | None = None, called: str = "sauna") -> OwnTheme:
    leader = Colleague.objects.filter(email="leader@example.fi").first() or Colleague.objects.create_user(
        "leader@example.fi", name="Liisa", role="manager"
    )
    return store_theme(theme=theme, names={"fi": called}, seeds=seeds, actor_id=leader.pk)


def carrying(theme: OwnTheme) -> list[str | None]:
    ids = Found.objects.filter(code=code("theme", theme.key)).values_list("interaction_id", flat=True)
    return list(Interaction.objects.filter(pk__in=ids).order_by("pk").values_list("verbatim", flat=True))


def test_new_words_carry_a_theme_at_once_and_by_its_newest_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = make("kiuas")
    arrive(monkeypatch, company_reader(), "Kiukaasta puuttui kiviä.", "Saunomaan pääsi heti.")
    assert carrying(theme) == ["Kiukaasta puuttui kiviä."]
    make("kiuas", "laituri", theme=theme)
    arrive(monkeypatch, company_reader(), "Laiturilla oli liukasta.")
    assert carrying(theme) == ["Kiukaasta puuttui kiviä.", "Laiturilla oli liukasta."]
    assert [
        key for body in Reading.objects.values_list("body", flat=True) for key in str(body).split("own_")[1:]
    ] == []
    retire_theme(theme=theme, actor_id=1)
    arrive(monkeypatch, company_reader(), "Laituri on hyvä.")
    assert len(carrying(theme)) == 2


def test_older_words_are_looked_through_in_batches_and_again_after_a_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own_rereading, "BATCH", 2)
    for words in ("Kiuas on hyvä.", "Laituri narisi.", "Kiitos.", "Kiukaat lämpenivät.", None):
        say(words)
    say("Kiuas korjataan huomenna.", outbound=True)
    readings = list(Reading.objects.order_by("pk").values())
    theme = make("kiuas")
    assert look_through_older_words.call() == 4
    assert carrying(theme) == ["Kiuas on hyvä.", "Kiukaat lämpenivät."]
    theme.refresh_from_db()
    assert theme.read_below is None
    make("laituri", theme=theme)
    assert own_rereading.look_through_next() == 2
    assert carrying(theme) == ["Kiuas on hyvä."]
    assert look_through_older_words.call() == 2
    assert carrying(theme) == ["Laituri narisi."]
    assert list(Reading.objects.order_by("pk").values()) == readings
    assert Job.objects.filter(task=look_through_older_words.module_path).count() == 2


def test_a_change_during_the_look_makes_it_begin_anew() -> None:
    say("Laituri narisi.")
    theme = make("kiuas")

    def slowly(known: own_themes.Known, said: list[tuple[int, str]]) -> list[tuple[int, int]]:
        make("laituri", theme=OwnTheme.objects.get(), called="ranta")
        return own_themes.found_in(known, said)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kalevi.interactions.own_rereading.found_in", slowly)
        own_rereading.look_through_next()
    assert OwnTheme.objects.get().read_below is not None
    look_through_older_words.call()
    assert carrying(theme) == ["Laituri narisi."]


def test_erased_words_leave_no_theme_behind() -> None:
    one = say("Kiuas on hyvä.")
    theme = make("kiuas")
    look_through_older_words.call()
    assert len(carrying(theme)) == 1
    erasure = Erasure.objects.create(at=NOW, reason=Why.UNLAWFUL, subject="interaction:1")
    with transaction.atomic():
        erase_interactions([one.pk], erasure)
    assert Found.objects.filter(code=code("theme", theme.key)).count() == 0


def test_numbers_are_never_given_twice() -> None:
    first, second = make("kiuas"), make("laituri", called="ranta")
    retire_theme(theme=second, actor_id=1)
    third = make("lauta", called="puutavara")
    assert [theme.number for theme in (first, second, third)] == [1, 2, 3]
    assert name(code("theme", third.key)) == ("theme", "own_3")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnTheme.objects.filter(number=2).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnTheme.objects.filter(number=2).update(seeds="")


def test_a_retired_theme_is_taken_up_with_what_was_said_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = make("kiuas")
    look_through_older_words.call()
    retire_theme(theme=theme, actor_id=1)
    arrive(monkeypatch, company_reader(), "Kiuas on hyvä.")
    assert carrying(theme) == []
    use_theme_again(theme=theme, actor_id=1)
    look_through_older_words.call()
    assert carrying(theme) == ["Kiuas on hyvä."]
    kinds = Entry.objects.filter(action__contains="theme").order_by("pk").values_list("action", flat=True)
    assert list(kinds) == [
        f"interactions.{kind}" for kind in ("store_theme", "retire_theme", "use_theme_again")
    ]


def test_only_so_many_are_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kalevi.interactions.actions.own_themes.MOST_IN_USE", 1)
    make("kiuas")
    with pytest.raises(TooManyThemesError):
        make("laituri")


def test_themes_are_asked_for_by_one_query_until_they_change() -> None:
    theme = make("kiuas")
    own_themes.known_themes()
    with CaptureQueriesContext(connection) as asked:
        assert own_themes.known_themes().name(theme.key) == "sauna"
    assert len(asked) == 1


def test_words_that_cannot_be_looked_through_have_no_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = make("kiuas")
    whole = OwnThemes.of

    def failing(self: OwnThemes, texts: Sequence[str]) -> object:
        if "hajoaa" in texts:
            raise ValueError
        return whole(self, texts)

    monkeypatch.setattr(OwnThemes, "of", failing)
    found = own_themes.found_in(own_themes.known_themes(), [(1, "Kiuas"), (2, "hajoaa")])
    assert found == [(code("theme", theme.key), 1)]
