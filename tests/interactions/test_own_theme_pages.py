"""The pages of own themes, and where a theme shows elsewhere."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.interactions.actions.readings import change_own_reading
from kalevi.interactions.own_theme_models import OwnTheme
from kalevi.interactions.tasks import look_through_older_words
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import say

pytestmark = pytest.mark.django_db
WORDS = "Kiukaasta puuttui kiviä."
HTMX = {"HX-Request": "true"}


def signed_in(client: Client, role: Role = Role.MANAGER) -> Colleague:
    colleague = Colleague.objects.create_user(f"{role}@example.fi", name="Liisa", role=role, language="en")
    client.force_login(colleague)
    return colleague


def save(client: Client, *seeds: str, called: str = "Sauna", address: str = "/settings/themes/") -> str:
    told = {"name_en": called, "seeds": "\n".join(seeds)}
    return client.post(address, told, follow=True).content.decode()


def test_a_theme_is_made_shown_chosen_changed_and_retired(client: Client) -> None:
    colleague = signed_in(client)
    one = say(WORDS)
    say("Kiitos kaikesta.")
    assert "Sauna" in save(client, "kiuas", "löyly")
    look_through_older_words.call()
    page = client.get("/interactions/?theme=own_1").content.decode()
    assert (WORDS in page, "Kiitos kaikesta" in page) == (True, False)
    assert page.count("<span>Sauna</span>") == 2
    page = client.get(f"/interactions/{one.pk}/reading/").content.decode()
    assert '<q lang="fi">Kiukaasta</q>' in page
    with pytest.raises(KeyError):
        change_own_reading(colleague=colleague, interaction_id=one.pk, kind="theme", key="own_1")
    save(client, "kiuas", called="Sauna and stove", address="/settings/themes/1/")
    assert "<span>Sauna and stove</span>" in client.get("/interactions/").content.decode()
    client.post("/settings/themes/1/use/")
    assert "Sauna" not in client.get("/interactions/").content.decode()
    client.post("/settings/themes/1/use/", {"again": "yes"})
    assert OwnTheme.objects.get().active


def test_what_cannot_be_kept_is_said(client: Client) -> None:
    signed_in(client)
    assert "Give it a name." in save(client, "kiuas", called=" ")
    assert "There is a theme of this name already." in save(client, "kiuas", called="Price")
    assert "is too short" in save(client, "k")
    assert "is too long" in save(client, "aivan liian monta sanaa tässä")
    assert "Give at least one word." in save(client, ",")
    assert OwnTheme.objects.count() == 0


def test_the_preview_quotes_what_seeds_catch_and_keeps_nothing(client: Client) -> None:
    signed_in(client)
    say(WORDS)
    say("Kiitos.")
    told = {"seeds": "kiuas\nlaituri"}
    part = client.post("/settings/themes/preview/", told, headers=HTMX).content.decode()
    assert ("1 of 2 messages speaks of it" in part, "<mark>Kiukaasta</mark> puuttui kiviä." in part) == (
        True,
        True,
    )
    whole = client.post("/settings/themes/preview/", told).content.decode()
    assert ("<html" in whole, "1 of 2 messages speaks of it" in whole, OwnTheme.objects.count()) == (
        True,
        True,
        0,
    )


def test_long_words_are_shown_from_where_they_speak_of_it(client: Client) -> None:
    signed_in(client)
    say("Ensin kaikki meni hyvin. " * 30 + "Sitten kiuas sammui. " + "Muuta en sano. " * 40)
    part = client.post("/settings/themes/preview/", {"seeds": "kiuas"}, headers=HTMX).content.decode()
    assert ("…" in part, "Sitten <mark>kiuas</mark> sammui." in part) == (True, True)


def test_as_many_queries_for_three_as_for_one(client: Client) -> None:
    signed_in(client)

    def queries() -> list[int]:
        counts = []
        for address in ("/settings/themes/", "/interactions/?theme=own_1", "/settings/themes/preview/"):
            with CaptureQueriesContext(connection) as asked:
                if address.endswith("preview/"):
                    answer = client.post(address, {"seeds": "kiuas"}, headers=HTMX)
                else:
                    answer = client.get(address)
                assert answer.status_code == 200
            counts.append(len(asked))
        return counts

    save(client, "kiuas")
    say(WORDS)
    look_through_older_words.call()
    client.get("/interactions/")
    one = queries()
    save(client, "laituri", called="Pier")
    save(client, "lauta", called="Boards")
    say(WORDS)
    say(WORDS)
    look_through_older_words.call()
    client.get("/interactions/")
    assert queries() == one


def test_phrases_of_today_fill_the_form_in(client: Client) -> None:
    signed_in(client)
    page = client.post("/settings/themes/", {"begin": "yes", "seed": ["rullakkomaksu", "kassa"]})
    assert 'value="Rullakkomaksu"' in page.content.decode()
    assert "rullakkomaksu\nkassa</textarea>" in page.content.decode()
    assert OwnTheme.objects.count() == 0
