"""Building a survey in a real browser: whole in every language, by keyboard, with and without a script."""

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from kalevi.channels.survey.actions import draft_survey
from kalevi.channels.survey.models import Survey
from tests.browser.conftest import faults_of, open_context
from tests.browser.test_every_page import SIZES, TAGS
from tests.browser.test_survey import EVERYTHING

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [("fi", "light", "phone"), ("fi", "dark", "desk"), ("sv", "dark", "phone"), ("en", "light", "desk")]


def a_draft(draft: dict[str, Any] | None = None) -> Survey:
    languages = ["fi", "sv", "en"]
    return draft_survey(name="Toimitus", draft=draft or EVERYTHING, languages=languages, actor_id=None)


def unfinished() -> dict[str, Any]:
    listed = [*EVERYTHING["questions"][:1], EVERYTHING["questions"][5], *EVERYTHING["questions"][1:3]]
    return {**EVERYTHING, "title": {"fi": "Miten meni?"}, "insisted": False, "questions": listed}


@pytest.mark.parametrize(("language", "scheme", "size"), LOOKS)
def test_the_builder_is_whole(
    browser: Browser, signed_in: Client, live_server: object, language: str, scheme: str, size: str
) -> None:
    base, wrong = str(live_server), []
    context = open_context(
        browser, signed_in, base, language=language, color_scheme=scheme, viewport=SIZES[size]
    )
    page = context.new_page()
    faults = faults_of(page)
    for name, draft in (("whole", EVERYTHING), ("unfinished", unfinished())):
        page.goto(f"{base}/surveys/{a_draft(draft).pk}/edit/")
        for fold in page.locator("details.fold:not([open]) > summary").all():
            if name == "whole" and fold.is_visible():
                fold.click()
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        wrong += [(name, one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > SIZES[size]["width"]:
            wrong.append((name, "wider than the window", size))
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{language}-{scheme}-{size}.png", full_page=True)
            page.evaluate("scrollTo(0, 500)")
            page.screenshot(path=f"{folder}/{name}-{language}-{scheme}-{size}-view.png")
    context.close()
    assert (wrong, faults) == ([], [])


def test_what_is_typed_is_stored_and_seen_at_once(
    browser: Browser, signed_in: Client, live_server: object
) -> None:
    survey = a_draft({"questions": [{"key": "words", "kind": "words"}]})
    context = open_context(browser, signed_in, str(live_server))
    page = context.new_page()
    faults = faults_of(page)
    page.goto(f"{live_server}/surveys/{survey.pk}/edit/")
    seen = page.frame_locator("#preview")
    page.locator("[name='title.fi']").fill("Mitä kuuluu?")
    seen.locator("h1", has_text="Mitä kuuluu?").wait_for()
    survey.refresh_from_db()
    assert survey.draft["title"] == {"fi": "Mitä kuuluu?"}
    assert page.locator("#at-title-fi-f").inner_text() == ""
    assert page.locator("#at-title-sv-f").inner_text() == "Tämä on vielä kirjoittamatta tällä kielellä."
    seen.get_by_role("link", name="svenska").click()
    seen.get_by_text("Vad vill du berätta för oss?").wait_for()
    page.locator("[name='questions[0].text.sv']").fill("Hur mår du?")
    seen.get_by_text("Hur mår du?").wait_for()
    seen.get_by_role("button", name="Skicka").click()
    assert seen.get_by_text("Hur mår du?").is_visible()
    context.close()
    assert faults == []


def test_whoever_leaves_at_once_loses_nothing(
    browser: Browser, signed_in: Client, live_server: object
) -> None:
    survey = a_draft({"questions": [{"key": "words", "kind": "words"}]})
    context = open_context(browser, signed_in, str(live_server))
    page = context.new_page()
    page.goto(f"{live_server}/surveys/{survey.pk}/edit/")
    page.locator("[name='title.fi']").fill("Viimeinen sana")
    page.goto(f"{live_server}/surveys/")
    for _each in range(40):
        page.goto(f"{live_server}/surveys/{survey.pk}/edit/")
        if page.locator("[name='title.fi']").input_value():
            break
    assert page.locator("[name='title.fi']").input_value() == "Viimeinen sana"
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_survey_is_built_and_opened_by_keyboard(
    browser: Browser, signed_in: Client, live_server: object, script: bool
) -> None:
    survey = a_draft({"questions": [{"key": "words", "kind": "words"}]})
    context = open_context(browser, signed_in, str(live_server), java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{live_server}/surveys/{survey.pk}/edit/")
    page.locator("#add_kind").select_option("nps")
    page.locator("button[value=add]").focus()
    page.keyboard.press("Enter")
    page.locator("#at-questions-1").wait_for()
    page.locator("button[value='up:nps']").focus()
    page.keyboard.press("Enter")
    page.locator("button[value='down:nps']").wait_for()
    for language, title in (("fi", "Hei"), ("sv", "Hej"), ("en", "Hello")):
        page.locator(f"[name='title.{language}']").fill(title)
    page.locator("button[formtarget=preview]").focus()
    page.keyboard.press("Enter")
    page.frame_locator("#preview").locator("h1", has_text="Hei").wait_for()
    page.locator("button[value=publish]").last.focus()
    page.keyboard.press("Enter")
    page.locator("#ways").wait_for()
    survey.refresh_from_db()
    assert survey.state == Survey.State.OPEN
    assert [one["key"] for one in survey.draft["questions"]] == ["nps", "words"]
    context.close()


def test_somebody_else_who_wrote_meanwhile_is_told_of(
    browser: Browser, signed_in: Client, live_server: object
) -> None:
    survey = a_draft({"questions": [{"key": "words", "kind": "words"}]})
    context = open_context(browser, signed_in, str(live_server))
    page = context.new_page()
    page.goto(f"{live_server}/surveys/{survey.pk}/edit/")
    survey.draft = {**survey.draft, "title": {"fi": "Toisen"}}
    survey.save()
    page.locator("[name='title.fi']").fill("Minun")
    page.get_by_text("Joku muu muutti kyselyä").wait_for()
    assert page.locator("[name='title.fi']").input_value() == "Minun"
    context.close()


def test_a_broken_connection_is_told_of(browser: Browser, signed_in: Client, live_server: object) -> None:
    survey = a_draft({"questions": [{"key": "words", "kind": "words"}]})
    context = open_context(browser, signed_in, str(live_server))
    page = context.new_page()
    page.goto(f"{live_server}/surveys/{survey.pk}/edit/")
    context.set_offline(True)
    page.locator("[name='title.fi']").fill("Ei katoa")
    page.locator("#away").wait_for(state="visible")
    context.set_offline(False)
    page.locator("[name='title.sv']").fill("Går inte förlorat")
    page.locator("#away").wait_for(state="hidden")
    survey.refresh_from_db()
    assert survey.draft["title"] == {"fi": "Ei katoa", "sv": "Går inte förlorat"}
    context.close()
