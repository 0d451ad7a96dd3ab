"""Building a survey: nothing typed is lost, faults stand beside their fields, the preview is the page."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.channels.survey.builder import Fault, added, draft_of, faults, moved, new_key, shown_meanwhile
from kalevi.channels.survey.builder_page import shown_draft
from kalevi.channels.survey.builder_words import KINDS, fault_text
from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.kinds import Kind
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.ready import ready_surveys
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.channels.survey.asked import DELIVERY, a_survey

pytestmark = pytest.mark.django_db
ALL = ("fi", "sv", "en")


def the_form(page: str) -> dict[str, list[str]]:
    """Return what a browser would post of the page's form, unchanged."""
    form = page[page.index('<form id="builder"') : page.index("<aside")]
    found: dict[str, list[str]] = {}
    pattern = r"<input([^>]*)>|<textarea([^>]*)>\n?([^<]*)</textarea>|<select([^>]*)>(.*?)</select>"
    for one in re.finditer(pattern, form, re.DOTALL):
        of = " ".join(filter(None, (one[1], one[2], one[4])))
        name = re.search(r'name="([^"]*)"', of)
        value = re.search(r'value="([^"]*)"', of)
        text = value[1] if value else "on"
        if one[2]:
            text = one[3]
        elif one[4]:
            chosen = re.search(r'value="([^"]*)" selected', one[5])
            text = chosen[1] if chosen else ""
        if name and (one[1] is None or 'type="checkbox"' not in of or " checked" in of):
            found.setdefault(name[1], []).append(text)
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(Colleague.objects.create_user("m@example.fi", name="Maija", role=Role.MANAGER))
    return client


@pytest.fixture
def begun(manager: Client) -> Survey:
    manager.post("/surveys/new/")
    return Survey.objects.get()


def opened(client: Client, survey: Survey) -> dict[str, Any]:
    return the_form(client.get(f"/surveys/{survey.pk}/edit/").content.decode())


def post(client: Client, survey: Survey, fields: dict[str, Any], do: str = "keep", **more: Any) -> Any:
    answer = client.post(f"/surveys/{survey.pk}/edit/", {**fields, "do": do, **more})
    survey.refresh_from_db()
    return answer


@pytest.mark.parametrize("key", sorted(ready_surveys()))
def test_a_form_left_alone_stores_what_was_there(manager: Client, key: str) -> None:
    manager.post("/surveys/begin/", {"template": key})
    survey = Survey.objects.get()
    before = survey.draft
    post(manager, survey, opened(manager, survey))
    assert survey.draft == before
    assert faults(survey.draft, ALL) == []


def test_every_kind_is_added_stored_and_shown_again(manager: Client, begun: Survey) -> None:
    for kind in Kind:
        post(manager, begun, opened(manager, begun), "add", add_kind=kind.value)
    kinds = [one["kind"] for one in begun.draft["questions"]]
    assert kinds == ["words", *Kind]
    before = begun.draft
    post(manager, begun, opened(manager, begun))
    assert begun.draft == before


def test_what_is_typed_is_kept_as_typed_though_it_cannot_be_asked(manager: Client, begun: Survey) -> None:
    fields = opened(manager, begun) | {
        "name": "Käynti",
        "title.fi": '  "Kiitos" <b>  ',
        "lead.sv": "En rad\ntill",
        "questions[0].text.fi": "Mitä\r\nkuuluu?",
        "languages": ["sv"],
    }
    answer = post(manager, begun, fields)
    assert answer.status_code == 302
    assert (begun.name, begun.languages) == ("Käynti", ["sv"])
    assert begun.draft == {
        "title": {"fi": '  "Kiitos" <b>  '},
        "lead": {"sv": "En rad\ntill"},
        "questions": [{"key": "words", "kind": "words", "text": {"fi": "Mitä\nkuuluu?"}}],
    }
    page = manager.get(f"/surveys/{begun.pk}/edit/").content.decode()
    assert 'value="  &quot;Kiitos&quot; &lt;b&gt;  "' in page


def test_questions_move_and_what_was_removed_can_be_put_back(manager: Client, begun: Survey) -> None:
    post(manager, begun, opened(manager, begun), "add", add_kind="nps")
    answer = post(manager, begun, opened(manager, begun), "up:nps")
    assert answer.headers["Location"] == f"/surveys/{begun.pk}/edit/#at-questions-0"
    assert [one["key"] for one in begun.draft["questions"]] == ["nps", "words"]
    typed = opened(manager, begun) | {"questions[1].text.fi": "Kerro"}
    post(manager, begun, typed, "remove:words")
    assert [one["key"] for one in begun.draft["questions"]] == ["nps"]
    post(manager, begun, opened(manager, begun), "put_back")
    assert begun.draft["questions"][1] == {"key": "words", "kind": "words", "text": {"fi": "Kerro"}}


def test_options_feelings_and_the_follow_up_are_stored(manager: Client, begun: Survey) -> None:
    for kind in ("choice", "feeling", "csat"):
        post(manager, begun, opened(manager, begun), "add", add_kind=kind)
    post(manager, begun, opened(manager, begun), "option:choice")
    fields = opened(manager, begun) | {
        "questions[1].options[0].text.fi": "Kahvi",
        "questions[1].options[2].text.en": "Tea",
        "questions[2].feeling": ["joy", "worry"],
        "questions[3].follow_up.low": "2",
        "questions[3].follow_up.text.sv": "Varför?",
        "questions[3].low_text.fi": "huono",
        "questions[3].required": "on",
    }
    for step in ("option_up:choice:option_3", "option_down:choice:option", "option_up:choice:option_3"):
        post(manager, begun, fields, step)
        fields = opened(manager, begun)
    assert [one["key"] for one in begun.draft["questions"][1]["options"]] == [
        "option_3",
        "option",
        "option_2",
    ]
    for step in ("option_down:choice:option_3", "option_down:choice:none"):
        post(manager, begun, fields, step)
        fields = opened(manager, begun)
    post(manager, begun, fields, "drop:choice:option_2")
    assert begun.draft["questions"][1:] == [
        {
            "key": "choice",
            "kind": "choice",
            "options": [
                {"key": "option", "text": {"fi": "Kahvi"}},
                {"key": "option_3", "text": {"en": "Tea"}},
            ],
        },
        {"key": "feeling", "kind": "feeling", "options": [{"key": "joy"}, {"key": "worry"}]},
        {
            "key": "csat",
            "kind": "csat",
            "low_text": {"fi": "huono"},
            "required": True,
            "follow_up": {"low": 2, "text": {"sv": "Varför?"}},
        },
    ]


def test_keys_that_customers_answered_are_never_used_anew(manager: Client) -> None:
    survey = a_survey()
    post(manager, survey, opened(manager, survey), "remove:again")
    post(manager, survey, opened(manager, survey), "add", add_kind="words")
    assert [one["key"] for one in survey.draft["questions"]] == ["words", "felt", "words_2"]
    assert new_key("nps", {"nps", "nps_2"}) == "nps_3"


def test_every_fault_is_found_at_its_place() -> None:
    draft = {
        "title": {"fi": "Otsikko"},
        "questions": [
            {"key": "n", "kind": "nps", "follow_up": {"low": 9, "high": 3}},
            {"key": "c", "kind": "choice", "options": [{"key": "a", "text": {"fi": "A"}}]},
            {"key": "w", "kind": "words", "help": {"fi": "x" * 501}},
            {"key": "v", "kind": "choices", "options": [{"key": "a", "text": {}}, {"key": "b", "text": {}}]},
        ],
    }
    assert faults(draft, ["fi", "sv"]) == [
        Fault("title.sv", "not_written"),
        Fault("questions[0].follow_up", "low_above_high"),
        Fault("questions[1].options", "too_few_options"),
        Fault("questions[2].help.fi", "too_long"),
        *(
            Fault(f"questions[3].{where}text.{language}", "not_written")
            for where in ("", "options[0].", "options[1].")
            for language in ("fi", "sv")
        ),
        Fault("questions", "too_many_questions"),
        Fault("questions[2]", "words_buried"),
    ]
    assert [one.key for one in shown_meanwhile(draft).questions] == ["n", "c", "w", "v"]
    assert faults({**draft, "questions": []}, []) == [
        Fault("languages", "missing"),
        Fault("questions", "no_questions"),
    ]


def test_words_behind_two_scales_are_pointed_at_with_the_reason(manager: Client, begun: Survey) -> None:
    for kind in ("nps", "csat"):
        post(manager, begun, opened(manager, begun), "add", add_kind=kind)
    for _each in range(2):
        post(manager, begun, opened(manager, begun), "down:words")
    page = manager.get(f"/surveys/{begun.pk}/edit/", headers={"accept-language": "en"}).content.decode()
    card = page[page.index('id="at-questions-2-f"') :]
    assert card.index("Words come first, since after several numbers") < card.index("</div>")


def test_all_faults_have_plain_words() -> None:
    assert set(KINDS) == set(Kind)
    assert fault_text("words_buried") != fault_text("not_an_object")


def test_publishing_is_refused_with_the_reason_and_then_done(manager: Client, begun: Survey) -> None:
    fields = opened(manager, begun) | {"title.fi": "Hei", "languages": ["fi", "sv"]}
    answer = post(manager, begun, fields, "publish")
    assert answer.headers["Location"] == f"/surveys/{begun.pk}/edit/#todo"
    assert (begun.state, begun.draft["title"]) == (Survey.State.DRAFT, {"fi": "Hei"})
    page = manager.get(f"/surveys/{begun.pk}/edit/", headers={"accept-language": "en"}).content.decode()
    assert '<a href="#at-title-sv">Title, svenska</a>: Still to be written in this language.' in page
    answer = post(manager, begun, opened(manager, begun) | {"title.sv": "Hej"}, "publish")
    assert answer.headers["Location"] == f"/surveys/{begun.pk}/edit/#ways"
    assert begun.state == Survey.State.OPEN
    page = manager.get(f"/surveys/{begun.pk}/edit/").content.decode()
    assert f"/s/{begun.key}" in page
    assert f'href="/settings/posters/survey/{begun.pk}/"' in page
    assert f'href="/settings/widget/{begun.pk}/"' in page


def test_two_who_write_at_once_lose_nothing(manager: Client, begun: Survey) -> None:
    mine = opened(manager, begun)
    other = Client()
    other.force_login(Colleague.objects.create_user("t@example.fi", name="Timo", role=Role.ADMINISTRATOR))
    post(other, begun, opened(other, begun) | {"title.fi": "Toisen"})
    answer = post(manager, begun, mine | {"title.fi": "Minun"})
    assert (answer.status_code, begun.draft["title"]) == (409, {"fi": "Toisen"})
    page = answer.content.decode()
    assert 'value="Minun"' in page
    post(manager, begun, the_form(page))
    assert begun.draft["title"] == {"fi": "Minun"}


def test_ones_own_letters_on_the_way_in_are_no_conflict(manager: Client, begun: Survey) -> None:
    mine = opened(manager, begun)
    post(manager, begun, mine | {"title.fi": "He"})
    answer = post(manager, begun, mine | {"title.fi": "Hei"})
    assert (answer.status_code, begun.draft["title"]) == (302, {"fi": "Hei"})


def test_typing_keeps_the_draft_and_tells_how_it_stands(manager: Client, begun: Survey) -> None:
    fields = opened(manager, begun) | {"title.fi": "Hei", "do": "keep"}
    headers = {"hx-request": "true", "accept-language": "en"}
    answer = manager.post(f"/surveys/{begun.pk}/edit/", fields, headers=headers)
    begun.refresh_from_db()
    assert begun.draft["title"] == {"fi": "Hei"}
    part = answer.content.decode()
    assert "<html" not in part
    assert 'id="at-title-fi-f" hx-swap-oob="true"></p>' in part
    assert 'id="at-title-sv-f" hx-swap-oob="true">Still to be written in this language.</p>' in part
    mark = re.search(r'name="opened_with" value="(\w+)"', part)
    assert mark is not None
    again = fields | {"title.fi": "Hei vaan", "opened_with": mark[1]}
    assert manager.post(f"/surveys/{begun.pk}/edit/", again, headers=headers).status_code == 200


@pytest.mark.parametrize("language", ALL)
def test_the_preview_asks_what_the_public_page_asks(manager: Client, language: str) -> None:
    survey = a_survey()
    public = manager.get(f"/s/{survey.key}/{language}").content.decode()
    answer = manager.get(f"/surveys/{survey.pk}/preview/?language={language}")
    seen = answer.content.decode()

    def between(page: str) -> str:
        return page[page.index('class="q"') : page.index('class="trap"')]

    assert between(seen) == between(public)
    assert "<script" not in seen
    assert f"/s/{survey.key}" not in seen
    assert 'action="' not in seen
    assert f'href="/surveys/{survey.pk}/preview/?language=sv"' in seen
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert "script-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in manager.get(f"/s/{survey.key}/fi").headers["Content-Security-Policy"]


def test_the_preview_shows_what_is_typed_and_not_yet_stored(manager: Client, begun: Survey) -> None:
    typed = opened(manager, begun) | {"title.fi": "Juuri nyt", "questions[0].text.fi": "Mitä näit?"}
    typed["language"] = "fi"
    seen = manager.post(f"/surveys/{begun.pk}/preview/", typed).content.decode()
    assert "<h1>Juuri nyt</h1>" in seen
    assert "Mitä näit?" in seen
    begun.refresh_from_db()
    assert "title" not in begun.draft


def test_an_unfinished_draft_can_be_seen(manager: Client, begun: Survey) -> None:
    post(manager, begun, opened(manager, begun), "remove:words")
    assert manager.get(f"/surveys/{begun.pk}/preview/").status_code == 200
    assert manager.get(f"/surveys/{begun.pk}/edit/").status_code == 200
    assert manager.get("/surveys/").status_code == 200


def test_the_page_may_frame_only_ourselves(manager: Client, begun: Survey) -> None:
    policy = manager.get(f"/surveys/{begun.pk}/edit/").headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy


def test_frontline_reads_answers_but_builds_nothing(client: Client) -> None:
    survey = a_survey()
    client.force_login(Colleague.objects.create_user("f@example.fi", name="Fia", role=Role.FRONTLINE))
    statuses = [
        client.post("/surveys/new/").status_code,
        client.get(f"/surveys/{survey.pk}/edit/").status_code,
        client.post(f"/surveys/{survey.pk}/edit/", {"do": "publish"}).status_code,
        client.get(f"/surveys/{survey.pk}/preview/").status_code,
    ]
    assert statuses == [403, 403, 403, 403]


def test_pages_ask_the_same_for_one_and_for_three_questions(manager: Client) -> None:
    counts = []
    for questions in (DELIVERY["questions"][:1], DELIVERY["questions"]):
        survey = a_survey({**DELIVERY, "questions": questions})
        for page in ("edit", "preview"):
            with CaptureQueriesContext(connection) as asked:
                assert manager.get(f"/surveys/{survey.pk}/{page}/").status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_steps_alone() -> None:
    draft = draft_of({"question": ["words"], "questions[0].kind": ["words"]})
    assert added(draft, Kind.WORDS, set()) == "words_2"
    moved(draft, "words", -1)
    assert [one["key"] for one in draft["questions"]] == ["words", "words_2"]
    moved(draft, "words", 1)
    assert [one["key"] for one in draft["questions"]] == ["words_2", "words"]


def test_the_usual_text_stands_faint_and_the_estimate_is_the_customers() -> None:
    shown = shown_draft(DELIVERY, ALL, "fi")
    assert [cell.usual for cell in shown.cards[0].text.cells] == [
        "Mitä haluaisit kertoa meille?",
        "Vad vill du berätta för oss?",
        "What would you like to tell us?",
    ]
    assert shown_meanwhile(DELIVERY) == Definition.from_json(DELIVERY)
    assert shown.todo == ()
