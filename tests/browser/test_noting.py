"""A note for afterwards costs one keystroke beside its words, and works without a script."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from kalevi.interactions.models import Interaction
from tests.browser.conftest import faults_of, open_context
from tests.browser.test_inviting import wrong_on

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Naapuri kehui tiskin palvelua."


def count_what_is_pressed(page: Page) -> None:
    """Count keys and clicks of the person, from now on and over pages."""
    page.add_init_script(
        "for (const kind of ['keydown', 'click']) addEventListener(kind, (event) => {"
        " const counts = kind == 'click' ? event.detail : !['Control', 'Shift'].includes(event.key);"
        " if (event.isTrusted && counts)"
        "  sessionStorage.pressed = Number(sessionStorage.pressed || 0) + 1; }, true)"
    )


def test_words_and_one_stroke(browser: Browser, signed_in: Client, live_server: object) -> None:
    base = str(live_server)
    context = open_context(browser, signed_in, base)
    page = context.new_page()
    faults = faults_of(page)
    count_what_is_pressed(page)
    page.goto(base)
    page.get_by_role("link", name="Kirjaa kuultu").click()
    page.locator("textarea:focus").wait_for()
    page.keyboard.type(WORDS)
    page.keyboard.press("Control+Enter")
    page.get_by_text("Kiitos, että kirjasit sen.").wait_for()
    # One to come, one for every letter that is typed (or none, when it is spoken), one to keep it.
    assert int(page.evaluate("sessionStorage.pressed")) - len(WORDS) == 2
    one = Interaction.objects.get()
    assert (one.verbatim, one.channel, one.told_by_colleague_id is None) == (WORDS, "phone", False)
    assert wrong_on(page) == []
    page.get_by_role("button", name="Peru kirjaus").click()
    page.get_by_text("Se on peruttu.").wait_for()
    one.refresh_from_db()
    assert one.verbatim is None
    # Escape closes the menu and gives the focus back.
    page.locator(".me > summary").press("Enter")
    page.locator(".me[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator(".me:not([open]) > summary:focus").wait_for()
    context.close()
    assert faults == []


def test_a_thumb_and_no_script(browser: Browser, signed_in: Client, live_server: object) -> None:
    base = str(live_server)
    context = open_context(
        browser, signed_in, base, java_script_enabled=False, viewport={"width": 360, "height": 640}
    )
    page = context.new_page()
    page.goto(f"{base}/interactions/note/")
    page.get_by_label("Mitä asiakas sanoi?").fill(WORDS)
    page.get_by_label("puskaradio").check()
    page.get_by_role("button", name="Talleta").click()
    assert Interaction.objects.get().channel == "word_of_mouth"
    context.close()
