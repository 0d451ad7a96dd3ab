"""Thanks find their person: named in any inflection, or on duty, the same day, in the words as said."""

from collections.abc import Callable, Iterator
from datetime import time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.cases.actions.links import give_link, keep_thanks
from kalevi.cases.actions.opening import open_by_hand
from kalevi.cases.actions.praising import NotYoursError, note_praise, pass_on
from kalevi.cases.actions.steps import resolve
from kalevi.cases.alert_models import AlertChoice
from kalevi.cases.names import named_in
from kalevi.cases.praise_models import Praise
from kalevi.cases.rule_models import Duty
from kalevi.cases.shift_models import Shift
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import NOW, say

BODY = {"m": [["praise_of_colleague", 0.9, None, [[0, 6]]]]}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Suuri kiitos Pekalle avusta.", {"Pekka"}),
        ("Tuulan ansiosta löysin oikean.", {"Tuula"}),
        ("Kiitos Markukselle ja Matille!", {"Markus", "Matti"}),
        ("Tack till Bo, och till Annas kollega.", {"Bo", "Anna"}),
        ("Thanks to Kim’s patience.", {"Kim"}),
        ("Kimille kiitos, Kim:n kanssa oli helppoa.", {"Kim"}),
        ("Toivon, että tulette taas. Onni oli läsnä.", set()),
        ("Vein sen Onnille, ja Toivon kanssa sovittiin.", {"Onni", "Toivo"}),
        ("pekka ja tuula", set()),
        ("Pekkarisella on hyvä palvelu.", set()),
        ("", set()),
    ],
)
def test_names_are_known_in_any_inflection(text: str, named: set[str]) -> None:
    names = ["Pekka", "Tuula", "Markus", "Matti", "Bo", "Anna", "Kim", "Toivo", "Onni"]
    assert named_in(text, names) == named


@pytest.mark.django_db
class TestBringing:
    @pytest.fixture(autouse=True)
    def now(self) -> Iterator[object]:
        Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="p@example.fi", changed_at=NOW)
        with time_machine.travel(NOW, tick=False) as traveller:
            yield traveller

    @pytest.fixture
    def team(self) -> dict[str, Colleague]:
        return {
            name: Colleague.objects.create_user(
                f"{name}@example.fi".lower(), name=f"{name} {last}", role=Role.FRONTLINE, language="en"
            )
            for name, last in (("Pekka", "Niemi"), ("Tuula", "Salo"), ("Aino", "Koski"))
        }

    @pytest.fixture
    def said(self, team: dict[str, Colleague]) -> Callable[..., Interaction]:
        stage = JourneyStage.objects.create(key="s", position=1, name_fi="s", name_sv="s", name_en="s")
        place = Touchpoint.objects.create(key="tip", stage=stage, name_fi="t", name_sv="t", name_en="t")
        for name in ("Tuula", "Aino"):
            Duty.objects.create(colleague=team[name], touchpoint=place)
        return lambda words, **more: say(words, body=BODY, touchpoint=place, **more)

    def test_to_whom_the_words_name(self, said: Callable[..., Interaction]) -> None:
        note_praise(ids=[said("Kiitos Pekalle avusta!").pk])
        brought = Praise.objects.get()
        assert (brought.colleague.name, brought.how) == ("Pekka Niemi", "named")

    def test_who_was_there_is_looked_up_once_for_many_words(self) -> None:
        counts = []
        for words in (["Kiitos!"], ["Kiitos teille!", "Tack!", "Thank you!"]):
            ids = [say(text, body=BODY).pk for text in words]
            with CaptureQueriesContext(connection) as asked:
                assert note_praise(ids=ids) == 0
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_to_those_on_duty_where_nobody_is_named_and_each_once(
        self, said: Callable[..., Interaction]
    ) -> None:
        words = said("Kiitos sille pitkälle miehelle.")
        assert [note_praise(ids=[words.pk]) for _twice in range(2)] == [2, 0]
        assert sorted(Praise.objects.values_list("colleague__name", "how")) == [
            ("Aino Koski", "on_duty"),
            ("Tuula Salo", "on_duty"),
        ]

    def test_to_those_alone_whose_shift_it_was(
        self, said: Callable[..., Interaction], team: dict[str, Colleague]
    ) -> None:
        # A Sunday, ten o'clock in Helsinki.
        for name, begins in (("Tuula", 8), ("Aino", 16)):
            Shift.objects.create(colleague=team[name], weekday=6, begins=time(begins), ends=time(begins + 7))
        note_praise(ids=[said("Kiitos sille pitkälle miehelle.").pk])
        assert Praise.objects.get().colleague == team["Tuula"]

    def test_they_hear_the_same_day_without_words_in_the_mail(
        self, said: Callable[..., Interaction], team: dict[str, Colleague]
    ) -> None:
        AlertChoice.objects.create(colleague=team["Aino"], by_mail=False)
        note_praise(ids=[said("Kiitos Ainolle ja Tuulalle!").pk])
        sent = Sending.objects.get()
        assert (sent.to, sent.subject, "Kiitos" in sent.text) == (
            "tuula@example.fi",
            "Somebody thanked you",
            False,
        )
        assert Praise.objects.count() == 2

    def test_not_me_passes_it_on_to_the_others_who_were_there(
        self, said: Callable[..., Interaction], team: dict[str, Colleague]
    ) -> None:
        note_praise(ids=[said("Kiitos Pekalle!").pk])
        mine = Praise.objects.get()
        assert pass_on(praise_id=mine.pk, colleague=team["Pekka"]) == 2
        with pytest.raises(NotYoursError):
            pass_on(praise_id=mine.pk, colleague=team["Pekka"])
        assert Praise.objects.filter(how="passed").count() == 2

    def test_today_shows_it_in_the_customers_words_until_it_is_read(
        self, client: Client, said: Callable[..., Interaction], team: dict[str, Colleague]
    ) -> None:
        note_praise(ids=[said("Kiitos Pekalle, kannoit eniten.").pk])
        client.force_login(team["Pekka"])
        page = client.get("/").content.decode()
        assert ("Somebody thanked you" in page, "Kiitos Pekalle, kannoit eniten." in page) == (True, True)
        client.post(f"/cases/thanks/{Praise.objects.get().pk}/", {"what": "seen"})
        assert "Somebody thanked you" not in client.get("/").content.decode()

    @pytest.mark.parametrize(
        ("at_place", "leads", "who"),
        [
            (True, True, ["Tuula Salo"]),
            (False, True, ["Aino Koski"]),
            (False, False, ["Aino Koski", "Tuula Salo"]),
        ],
    )
    def test_a_tap_for_who_left_reaches_who_takes_care_of_the_place_or_leads(
        self, team: dict[str, Colleague], at_place: bool, leads: bool, who: list[str]
    ) -> None:
        stage = JourneyStage.objects.create(key="s", position=1, name_fi="s", name_sv="s", name_en="s")
        place = Touchpoint.objects.create(key="tip", stage=stage, name_fi="t", name_sv="t", name_en="t")
        Duty.objects.create(colleague=team["Pekka"], touchpoint=place)
        case = open_by_hand(interaction=say("Ovi puuttuu.", touchpoint=place), colleague=team["Pekka"])
        resolve(case_id=case.pk, colleague=team["Pekka"])
        if at_place:
            Duty.objects.create(colleague=team["Tuula"], touchpoint=place)
        if leads:
            Colleague.objects.filter(pk=team["Aino"].pk).update(frontline=False, manager=True)
        Colleague.objects.filter(pk=team["Pekka"].pk).update(is_active=False)
        link = give_link(case=case, language="fi", actor_id=None)
        for _twice in range(2):
            keep_thanks(link=link)
        brought = Praise.objects.order_by("colleague__name")
        assert list(brought.values_list("colleague__name", "how")) == [(name, "left") for name in who]
        assert Sending.objects.count() == len(who)

    def test_nobody_puts_away_the_thanks_of_another(
        self, client: Client, said: Callable[..., Interaction], team: dict[str, Colleague]
    ) -> None:
        note_praise(ids=[said("Kiitos Pekalle!").pk])
        client.force_login(team["Aino"])
        client.post(f"/cases/thanks/{Praise.objects.get().pk}/", {"what": "seen"})
        assert Praise.objects.get().seen_at is None
