"""Stages and touchpoints in Settings."""

import pytest
from django.test import Client

from kalevi.journeys.actions import begin_with_common_journey, move_stage, store_stage, store_touchpoint
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db
NAMES = {"fi": "Lahjan avaaminen", "sv": "", "en": ""}


@pytest.fixture
def manager(client: Client) -> Colleague:
    colleague = Colleague.objects.create_user("m@example.fi", name="M", role=Role.MANAGER)
    client.force_login(colleague)
    return colleague


def order() -> list[str]:
    return list(JourneyStage.objects.values_list("key", flat=True))


def test_common_journey_is_planted_once_with_names_in_three_languages() -> None:
    begin_with_common_journey(actor_id=None)
    counts = (JourneyStage.objects.count(), Touchpoint.objects.count())
    begin_with_common_journey(actor_id=None)
    assert (JourneyStage.objects.count(), Touchpoint.objects.count()) == counts
    named = [
        all((one.name_fi, one.name_sv, one.name_en))
        for one in (*JourneyStage.objects.all(), *Touchpoint.objects.all())
    ]
    assert named == [True] * sum(counts)


def test_stages_change_places() -> None:
    stages = [store_stage(stage=None, names=NAMES, within_reach=True, actor_id=None) for _n in range(3)]
    assert order() == ["lahjan_avaaminen", "lahjan_avaaminen_2", "lahjan_avaaminen_3"]
    move_stage(stage=stages[2], earlier=True, actor_id=None)
    move_stage(stage=JourneyStage.objects.get(pk=stages[0].pk), earlier=True, actor_id=None)
    assert order() == ["lahjan_avaaminen", "lahjan_avaaminen_3", "lahjan_avaaminen_2"]


def test_touchpoint_without_latin_letters_gets_a_key() -> None:
    stage = store_stage(stage=None, names=NAMES, within_reach=True, actor_id=None)
    points = [
        store_touchpoint(
            touchpoint=None, names={"fi": "☎", "sv": "", "en": ""}, stage=stage, within_reach=True,
            active=True, actor_id=None,
        ).key
        for _n in range(2)
    ]  # fmt: skip
    assert points == ["place", "place_2"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, manager: Colleague, django_assert_num_queries: object, count: int
) -> None:
    for _n in range(count):
        stage = store_stage(stage=None, names=NAMES, within_reach=True, actor_id=None)
        store_touchpoint(
            touchpoint=None, names=NAMES, stage=stage, within_reach=True, active=True, actor_id=None
        )
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert client.get("/settings/journey/").status_code == 200


def test_a_name_in_one_language_is_enough_and_needed(client: Client, manager: Colleague) -> None:
    answer = client.post("/settings/journey/stage/", {"within_reach": "on"})
    assert list(answer.context["form"].errors) == ["name_fi"]
    assert client.post("/settings/journey/stage/", {"name_sv": "Besök"}).status_code == 302
    stage = JourneyStage.objects.get()
    assert (stage.name, stage.within_reach) == ("Besök", False)
