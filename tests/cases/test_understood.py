"""What we understood: only what is sure, two colleagues before a model, and the customer before everybody."""

import gzip
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions.links import give_link
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.alerting import tell_of_change
from kalevi.cases.links import text_of
from kalevi.cases.models import Case, CaseWord, ToldAgain
from kalevi.cases.queries.one import case_for_colleague
from kalevi.cases.understood import understanding_of
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.interactions.models import ColleagueReading, Interaction
from kalevi.orders.models import Event, Order
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
WORDS = "Ovi ei tullut. Haluaisin sen ennen joulua."
BODY = {
    "h": [["problem", [0, 14], 0.9, []], ["need", [15, 42], 0.7, []]],
    "t": [["delivery", 0.8, []], ["price", 0.6, []]],
}


@pytest.fixture(autouse=True)
def now() -> Iterator[object]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE, language="en")


@pytest.fixture
def case(tuula: Colleague) -> Case:
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    return open_by_rules(ids=[say(WORDS, body=BODY, contact=contact).pk])[0]


@pytest.fixture
def page(case: Case) -> str:
    return f"/my/{text_of(give_link(case=case, language='en', actor_id=None))}/"


def understood(case: Case) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    words = list(Interaction.objects.filter(case_word__case=case).order_by("pk"))
    found = understanding_of(case, words, NOW)
    return [(one.kind, one.sentence) for one in found.hots], found.themes


def read_by_two(case: Case, **found: list[str]) -> None:
    second = Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.FRONTLINE)
    ColleagueReading.objects.create(
        interaction=Interaction.objects.get(case_word__case=case),
        colleague=case.owner,
        at=NOW,
        confirmed_by=second,
        confirmed_at=NOW,
        **found,
    )


def ordered(case: Case, reference: str, *, came: timedelta | None) -> None:
    """Store an order promised for yesterday, which came so much later, or has not come."""
    order = Order.objects.create(scope="s", reference=reference, contact=case.contact, made_at=NOW)
    promised = NOW - timedelta(days=1)
    told: list[tuple[str, datetime, datetime | None, int]] = [
        (Event.Kind.ORDERED, NOW - timedelta(days=5), promised, 2)
    ]
    if came is not None:
        told.append((Event.Kind.DELIVERED, promised + came, None, 1))
    for kind, at, until, quantity in told:
        intake = say(None).intake
        lines = [{"item": "sarana", "quantity": quantity}]
        Event.objects.create(
            order=order,
            intake=intake,
            kind=kind,
            occurred_at=at,
            received_at=at,
            promised_for=until,
            lines=lines,
        )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", ["Näin ymmärsimme", "Mikä on pielessä", "toimitus"]),
        ("sv", ["Så här förstod vi dig", "Vad som är fel", "leverans"]),
        ("en", ["This is how we understood you", "What is wrong", "delivery"]),
    ],
)
def test_it_is_said_in_their_language_and_only_what_is_sure(
    client: Client, page: str, language: str, said: list[str]
) -> None:
    text = client.get(f"{page}?in={language}").content.decode()
    assert [one for one in [*said, "<q>Ovi ei tullut.</q>"] if one not in text] == []
    assert "<q>Haluaisin sen ennen joulua.</q>" not in text


def test_nothing_is_said_where_nothing_is_sure(client: Client, tuula: Colleague) -> None:
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    unsure = {"h": [["problem", [0, 14], 0.7, []]], "t": [["price", 0.7, []]]}
    case = open_by_rules(ids=[say(WORDS, body=unsure, contact=contact).pk])[0]
    page = f"/my/{text_of(give_link(case=case, language='en', actor_id=None))}/"
    assert "how we understood you" not in client.get(page).content.decode()


def test_what_two_colleagues_read_goes_before_the_model(case: Case) -> None:
    assert understood(case) == ([("problem", "Ovi ei tullut.")], ("delivery",))
    read_by_two(case, hots=["need", "dream"], themes=["price", "not_heard"])
    # The model knows which sentence tells the need; none tells a dream, so that all the few words do.
    assert understood(case) == ([("need", "Haluaisin sen ennen joulua."), ("dream", WORDS)], ("price",))


def test_two_colleagues_who_found_nothing_are_believed(case: Case) -> None:
    read_by_two(case, hots=[], themes=[])
    assert understood(case) == ([], ())


def test_words_that_a_colleague_retold_are_not_said_back(client: Client, page: str, case: Case) -> None:
    told = say(
        "Oli vihainen.", body={"h": [["problem", [0, 13], 0.9, []]]}, told_by_colleague_id=case.owner_id
    )
    CaseWord.objects.create(case=case, interaction=told, at=NOW)
    assert "Oli vihainen." not in client.get(page).content.decode()


def test_the_customer_puts_us_right_and_their_words_stand_in_its_place(
    client: Client, page: str, case: Case
) -> None:
    Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="p@example.fi", changed_at=NOW)
    asked = client.get(f"{page}?not_so=1&in=en").content.decode()
    assert ("This is how it is: </textarea>" in asked, 'name="not_so"' in asked) == (True, True)
    told = {"what": "words", "not_so": "1", "token": "t"}
    client.post(page, told | {"words": "This is how it is:"})
    assert case.words.count() == 1
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        for _twice in range(2):
            answer = client.post(page, told | {"words": "This is how it is: ikkuna ei tullut."})
        text = answer.content.decode()
    assert ("Thank you for putting us right." in text, "<q>Ovi ei tullut.</q>" in text) == (True, False)
    assert "<blockquote>This is how it is: ikkuna ei tullut.</blockquote>" in text
    assert ToldAgain.objects.filter(case=case).count() == 1
    assert [one.corrects for one in case_for_colleague(case.owner, case.pk, NOW).said] == [False, True]
    tell_of_change(case.pk, "corrected", NOW)
    assert Sending.objects.get().subject == "A customer says that we misunderstood them, and tells how it is."


@pytest.mark.parametrize("came", [timedelta(days=2), timedelta(0), None])
def test_their_only_order_is_told_when_something_went_wrong(
    client: Client, page: str, case: Case, came: timedelta | None
) -> None:
    ordered(case, "R-1001", came=came)
    text = client.get(page).content.decode()
    assert ("Your order R-1001" in text, "sarana: ordered 2, came 1" in text) == (True, came is not None)


def test_of_several_orders_only_one_they_name_is_told(client: Client, page: str, case: Case) -> None:
    ordered(case, "R-1001", came=None)
    ordered(case, "R-1002", came=None)
    assert "Your order" not in client.get(page).content.decode()
    named = say("Tilaus r-1002 puuttuu.", contact=case.contact)
    CaseWord.objects.create(case=case, interaction=named, at=NOW)
    text = client.get(page).content.decode()
    assert ("Your order R-1002" in text, "R-1001" in text) == (True, False)


def test_a_long_understanding_is_as_light(client: Client, case: Case, page: str) -> None:
    sentence = "Ä" * 300 + "."
    for number in range(9):
        body = {"h": [["problem", [0, len(sentence) + 2], 0.9, []]]}
        said = say(f"{number} {sentence}", body=body, contact=case.contact)
        CaseWord.objects.create(case=case, interaction=said, at=NOW)
    answer = client.get(page, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.content).decode().count("<q>") == 4
    assert len(answer.content) <= 20 * 1024
