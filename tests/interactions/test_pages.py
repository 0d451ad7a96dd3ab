"""The pages of the stream: one query count, words in no address, names for those who serve only."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.interactions.models import ColleagueReading, Interaction, Reading
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
BODY = {"f": [["joy", 0.9, 0.8, [[0, 6]]]], "m": [["first_time", 0.9, None, [[0, 6]]]]}
HTMX = {"HX-Request": "true"}


def signed_in(role: Role) -> tuple[Client, Colleague]:
    colleague = Colleague.objects.create_user(f"{role}@example.fi", name=f"Kollega {role}", role=role)
    client = Client()
    client.force_login(colleague)
    return client, colleague


def aino() -> Contact:
    return Contact.objects.create(name="Aino Virtanen", email="aino@example.fi", created_at=NOW)


def told(contact: Contact, words: str = "Kiitos, Aino soittaa vielä.") -> Interaction:
    one = say(words, ("feeling", "joy"), contact=contact, body=BODY, feelings=("helpotus",))
    say("Kiitos sinulle!", outbound=True, answers=one, contact=contact)
    other = Colleague.objects.filter(email="other@example.fi").first() or Colleague.objects.create_user(
        "other@example.fi", name="Toinen"
    )
    ColleagueReading.objects.create(interaction=one, colleague=other, at=NOW, feelings=["trust"])
    return one


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD])
@pytest.mark.parametrize("address", ["/interactions/", "/interactions/?feeling=joy&language=fi&period=year"])
def test_as_many_queries_for_three_as_for_one(role: Role, address: str) -> None:
    client, _colleague = signed_in(role)
    told(aino())
    one = queries(client, address)
    told(aino())
    told(aino())
    assert queries(client, address) == one


@pytest.mark.parametrize("address", ["/interactions/", "/customers/"])
@pytest.mark.parametrize(("role", "brings"), [(Role.MANAGER, True), (Role.FRONTLINE, False)])
def test_an_empty_page_leads_those_to_the_import_who_may_bring_a_file(
    role: Role, brings: bool, address: str
) -> None:
    client, _colleague = signed_in(role)
    page = client.get(address).content.decode()
    assert ('<a href="/import/">Bring in a file</a>' in page) is brings


def test_the_words_searched_for_stand_in_no_address_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    client, _colleague = signed_in(Role.FRONTLINE)
    told(aino(), "Tilauksen hinta nousi.")
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/interactions/search/?feeling=joy", {"words": " tilaus "})
        page = client.get(answer.headers["Location"])
    assert answer.headers["Location"] == "/interactions/?feeling=joy&search=yes"
    assert "Tilauksen hinta nousi." in page.content.decode()
    assert [line for line in caplog.messages if "tilaus" in line] == []
    client.post("/interactions/search/", {"words": "kaljaasi"})
    assert "Tilauksen" not in client.get("/interactions/?search=yes").content.decode()
    assert "Tilauksen" in client.get("/interactions/").content.decode()


def test_what_was_told_stands_before_what_was_read() -> None:
    client, _colleague = signed_in(Role.FRONTLINE)
    told(aino())
    page = client.get("/interactions/").content.decode()
    places = [
        page.index(part) for part in ("soittaa vielä", "helpotus", "The machine’s guess", "We answered")
    ]
    assert places == sorted(places)
    assert ("First time here" in page, "&lt;" in page) == (True, False)


def test_the_board_sees_no_names() -> None:
    client, _colleague = signed_in(Role.BOARD)
    one = told(aino(), "Aino Virtanen täällä, numero 040 123 4567.")
    for address in ("/interactions/", f"/interactions/{one.pk}/reading/"):
        page = client.get(address).content.decode()
        assert [
            part for part in ("Aino", "Virtanen", "123 4567", "Toinen", "/customers/") if part in page
        ] == []
        assert "täällä, numero" in page
    assert client.post("/interactions/search/", {"words": "Aino"}).status_code == 403
    assert client.post(f"/interactions/{one.pk}/agree/").status_code == 403


def test_a_retelling_is_shown_as_one() -> None:
    client, colleague = signed_in(Role.FRONTLINE)
    say("Sanoi että hyvä tuli.", told_by_colleague_id=colleague.pk)
    assert f"Told by a colleague: {colleague.name}" in client.get("/interactions/").content.decode()


def test_newer_words_stand_beside_the_older_ones() -> None:
    client, _colleague = signed_in(Role.FRONTLINE)
    first = say("Hyvä.")
    second = say("Sittenkin huono.", older_version=first)
    page = client.get("/interactions/").content.decode()
    assert page.count("Hyvä.") == 2
    assert f'href="/interactions/{second.pk}/reading/">They have said it again since' in page


def test_new_ones_are_announced_and_loaded_above() -> None:
    client, _colleague = signed_in(Role.FRONTLINE)
    first = told(aino())
    quiet = client.get(f"/interactions/newer/?after={first.pk}", headers=HTMX).content.decode()
    assert "new" not in quiet.split("<a", 1)[-1] or "<a" not in quiet
    second = say("Uusi sana.", ago=NOW - NOW)
    said = client.get(f"/interactions/newer/?after={first.pk}", headers=HTMX).content.decode()
    assert "1 new" in said
    shown = client.get(f"/interactions/newer/?after={first.pk}&show=yes", headers=HTMX).content.decode()
    assert ("Uusi sana." in shown, f"after={second.pk}" in shown, "hx-swap-oob" in shown) == (
        True,
        True,
        True,
    )


def test_reading_in_one_tap_with_and_without_a_script() -> None:
    client, colleague = signed_in(Role.FRONTLINE)
    one = told(aino())
    answer = client.post(f"/interactions/{one.pk}/agree/")
    assert answer.headers["Location"] == f"/interactions/{one.pk}/reading/"
    answer = client.post(f"/interactions/{one.pk}/own/", {"toggle": "hot:dream"}, headers=HTMX)
    assert 'value="hot:dream" aria-pressed="true"' in answer.content.decode()
    mine = ColleagueReading.objects.get(colleague=colleague)
    assert (mine.feelings, mine.hots) == (["joy"], ["dream"])
    assert client.post(f"/interactions/{one.pk}/own/", {"toggle": "x"}).status_code == 404
    other = ColleagueReading.objects.exclude(colleague=colleague).get()
    client.post(f"/interactions/{one.pk}/confirm/{other.pk}/")
    assert client.post(f"/interactions/{one.pk + 1}/confirm/{other.pk}/").status_code == 404
    other.refresh_from_db()
    assert other.confirmed_by == colleague
    assert Reading.objects.get().body == BODY


def test_the_reading_page_shows_the_evidence() -> None:
    client, _colleague = signed_in(Role.FRONTLINE)
    one = told(aino())
    page = client.get(f"/interactions/{one.pk}/reading/").content.decode()
    assert "<mark>Kiitos</mark>" in page
    assert '<q lang="fi">Kiitos</q>' in page
    assert client.get("/interactions/5/reading/").status_code == 404
