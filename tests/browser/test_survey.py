"""The public page of a survey in a real browser: by thumb, by keyboard, with and without a script."""

from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from kalevi.channels.survey import reception
from kalevi.channels.survey.models import Survey
from kalevi.interactions.models import Intake
from tests.browser.conftest import faults_of
from tests.browser.test_every_page import SIZES, TAGS
from tests.channels.survey.asked import a_survey

pytestmark = pytest.mark.django_db(transaction=True)
EVERYTHING: dict[str, Any] = {
    "title": {"fi": "Miten meni?", "sv": "Hur gick det?", "en": "How did it go?"},
    "lead": {"fi": "Kerro suoraan.", "sv": "Säg det rakt.", "en": "Say it plainly."},
    "insisted": True,
    "questions": [
        {"key": "again", "kind": "nps", "follow_up": {"low": 6, "high": 9}},
        {
            "key": "words",
            "kind": "words",
            "help": {"fi": "Yksi sana riittää.", "sv": "Ett ord.", "en": "A word."},
        },
        {"key": "felt", "kind": "feeling"},
        {"key": "exp", "kind": "expectation"},
        {"key": "hot", "kind": "hot"},
        {"key": "all", "kind": "csat"},
        {"key": "effort", "kind": "ces"},
        {"key": "heard", "kind": "heard"},
        {
            "key": "what",
            "kind": "choices",
            "text": {"fi": "Mikä ilahdutti?", "sv": "Vad gladde?", "en": "What delighted you?"},
            "options": [
                {"key": "people", "text": {"fi": "ihmiset", "sv": "människorna", "en": "the people"}},
                {"key": "goods", "text": {"fi": "tavara", "sv": "varorna", "en": "the goods"}},
            ],
        },
        {"key": "story", "kind": "story_consent"},
    ],
}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a fast machine answer as fast as it can."""
    monkeypatch.setattr(reception, "LEAST_SECONDS", 0)


def open_page(browser: Browser, base: str, survey: Survey, language: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(f"{base}/s/{survey.key}/{language}")
    return page


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("fi", "light", "phone"), ("fi", "dark", "desk"), ("sv", "dark", "phone"), ("en", "light", "desk")],
)
def test_the_page_is_whole(
    browser: Browser, live_server: object, at_once: None, language: str, scheme: str, size: str
) -> None:
    survey = a_survey(EVERYTHING)
    looks: Any = {"color_scheme": scheme, "viewport": SIZES[size]}
    page = open_page(browser, str(live_server), survey, language, **looks)
    faults = faults_of(page)
    page.reload()
    wrong = []
    for address in (page.url, f"{live_server}/s/{survey.key}/thanks/{language}"):
        page.goto(address)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        wrong += [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    page.context.close()
    assert (wrong, faults) == ([], [])


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_arrives_with_and_without_a_script(
    browser: Browser, live_server: object, at_once: None, script: bool
) -> None:
    survey = a_survey()
    page = open_page(
        browser, str(live_server), survey, "fi", java_script_enabled=script, viewport=SIZES["phone"]
    )
    assert page.locator("textarea[name='again.why']").is_visible() is False
    page.locator("input[name=again][value='3']").check()
    page.locator("textarea[name='again.why']").fill("Kukaan ei kuunnellut")
    page.locator("textarea[name=words]").fill("Jonotin tunnin")
    page.locator("input[name=felt][value=irritation]").check()
    page.get_by_role("button", name="Lähetä").click()
    page.wait_for_url("**/thanks/fi")
    assert page.locator("h1").inner_text() == "Kiitos"
    raw = bytes(Intake.objects.get().raw or b"")
    assert b"again=3&again.why=Kukaan+ei+kuunnellut" in raw
    page.context.close()


def test_the_keyboard_is_enough(browser: Browser, live_server: object, at_once: None) -> None:
    survey = a_survey()
    page = open_page(browser, str(live_server), survey, "en")
    page.locator("textarea[name=words]").focus()
    page.keyboard.type("All by keys")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/en")
    assert b"words=All+by+keys&again=1" in bytes(Intake.objects.get().raw or b"")
    page.context.close()


def test_a_broken_connection_loses_nothing(browser: Browser, live_server: object, at_once: None) -> None:
    survey = a_survey()
    page = open_page(browser, str(live_server), survey, "fi")
    page.locator("textarea[name=words]").fill("Tämä ei katoa")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lähetä").click()
    page.locator("#away").wait_for(state="visible")
    assert page.locator("textarea[name=words]").input_value() == "Tämä ei katoa"
    page.context.set_offline(False)
    page.get_by_role("button", name="Lähetä").click()
    page.wait_for_url("**/thanks/fi")
    assert Intake.objects.count() == 1
    page.context.close()


def test_pages_for_colleagues_are_whole(browser: Browser, signed_in: Client, live_server: object) -> None:
    from kalevi.channels.survey.reception import take
    from tests.browser.conftest import open_context
    from tests.channels.survey.asked import a_form, understood

    survey = a_survey()
    with time_machine.travel("2026-11-22T09:00:00Z"):
        for number in range(2):
            form = a_form(survey, words=f"Sana {number}", again="9", felt=["joy", "ease"])
            take(survey.key, form, address="192.0.2.1")
        take(survey.key, a_form(survey, words="Botti", _name="x"), address="192.0.2.1")
        understood()
    wrong = []
    for size in SIZES:
        context = open_context(browser, signed_in, str(live_server), viewport=SIZES[size])
        page = context.new_page()
        for path in ("/surveys/", f"/surveys/{survey.pk}/", f"/surveys/{survey.pk}/aside/"):
            page.goto(f"{live_server}{path}")
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
            wrong += [(path, one["id"], one["nodes"][0]["html"][:99]) for one in found.response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > SIZES[size]["width"]:
                wrong.append((path, "wider than the window", size))
        context.close()
    assert wrong == []
