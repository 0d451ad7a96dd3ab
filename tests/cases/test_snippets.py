"""Beginnings of answers: nothing goes out with a blank in it, or as it goes to anybody."""

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions import steps
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Case
from kalevi.cases.snippet_models import Snippet
from kalevi.cases.snippets import UnchangedError, UnfilledError, blanks
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
WORDS = "Hei «nimi»,\n\nkerroit että «mitä kuulit». Hoidan sen itse."


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def minna(client: Client) -> Colleague:
    colleague = Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    client.force_login(colleague)
    return colleague


@pytest.fixture
def case(minna: Colleague) -> Case:
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    return open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]


@pytest.fixture
def snippet() -> Snippet:
    return Snippet.objects.create(name="Hoidan itse", language="fi", words=WORDS)


def test_blanks_are_found_once_each_in_order() -> None:
    assert blanks("«nimi», « mitä kuulit », «nimi» ja «»") == ("nimi", "mitä kuulit", "")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (WORDS, UnfilledError),
        ("Hei Mari, kerroit että «mitä kuulit».", UnfilledError),
        ("Hei, kerroit että. Hoidan sen itse!", UnchangedError),
    ],
)
def test_neither_blanks_nor_unchanged_words_go_out(
    case: Case, minna: Colleague, snippet: Snippet, words: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        steps.answer(case_id=case.pk, colleague=minna, token="t", words=words)
    assert Interaction.objects.filter(outbound=True).count() == 0


def test_the_page_names_the_blank_and_keeps_the_words(client: Client, case: Case, snippet: Snippet) -> None:
    got = client.post(f"/cases/{case.pk}/answer/", {"token": "t", "words": "Hei «nimi», ovi tulee."})
    page = got.content.decode()
    assert (got.status_code, "Fill in «nimi» first" in page, "ovi tulee." in page) == (422, True, True)


def test_a_filled_one_goes(client: Client, case: Case, snippet: Snippet) -> None:
    words = "Hei Mari,\n\nkerroit että ovi ei tullut. Hoidan sen itse."
    client.post(f"/cases/{case.pk}/answer/", {"token": "t", "words": words})
    assert Interaction.objects.get(outbound=True).verbatim == words


def test_the_picker_adds_below_what_is_written_and_sends_nothing(
    client: Client, case: Case, snippet: Snippet
) -> None:
    assert "Hoidan itse" in client.get(f"/cases/{case.pk}/").content.decode()
    got = client.post(
        f"/cases/{case.pk}/answer/", {"token": "t", "words": "Oma alku.", "snippet": snippet.pk}
    )
    assert got.status_code == 200
    assert got.context["answering"].initial["words"] == f"Oma alku.\n\n{WORDS}"
    assert Interaction.objects.filter(outbound=True).count() == 0


def test_the_settings_want_a_blank(client: Client, minna: Colleague) -> None:
    given = {"name": "Hoidan", "language": "fi", "words": "Hoidan sen itse."}
    got = client.post("/settings/snippets/", given)
    assert (got.status_code, "Leave at least one blank" in got.content.decode()) == (422, True)
    client.post("/settings/snippets/", given | {"words": WORDS})
    kept = Snippet.objects.get()
    client.post(f"/settings/snippets/{kept.pk}/", given | {"name": "Uusi", "words": WORDS})
    assert Snippet.objects.get().name == "Uusi"
    client.post(f"/settings/snippets/{kept.pk}/end/")
    assert Snippet.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_settings_cost_the_same_for_any_number(
    client: Client, minna: Colleague, rows: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(rows):
        Snippet.objects.create(name=f"Alku {number}", language="fi", words=WORDS)
    client.get("/settings/snippets/")
    with django_assert_num_queries(4):  # type: ignore[operator]
        page = client.get("/settings/snippets/").content.decode()
    # The form begins with the reader's own language, and with no empty choice.
    assert ('value="en" selected' in page, "---------" in page) == (True, False)
    assert [f"Alku {number}" in page for number in range(3)] == [True] * rows + [False] * (3 - rows)
