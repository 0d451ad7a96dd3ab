"""Every page in a real browser: no accessibility fault, nothing wider than the phone, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from kalevi.interactions.models import Interaction
from kalevi.people.models import Contact
from tests.browser.conftest import faults_of, open_context
from tests.browser.words import tell_words
from tests.pages.test_permissions import matrix

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pages(client: Client) -> list[str]:
    """Return the addresses that answer a GET, with ids of what there is."""
    numbers = {
        "/interactions/1/": f"/interactions/{Interaction.objects.latest('pk').pk}/",
        "/customers/1/": f"/customers/{Contact.objects.latest('pk').pk}/",
    }
    found = []
    for path in matrix():
        for general, real in numbers.items():
            path = path.replace(general, real)
        if client.get(path).status_code == 200:
            found.append(path)
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_page_is_whole(
    browser: Browser, signed_in: Client, live_server: object, language: str, scheme: str, size: str
) -> None:
    if language != "fi" and (scheme == "dark") == (size == "desk"):
        pytest.skip("one look each is enough in the other languages")
    tell_words()
    base = str(live_server)
    context = open_context(
        browser, signed_in, base, language=language, color_scheme=scheme, viewport=SIZES[size]
    )
    page = context.new_page()
    faults = faults_of(page)
    wrong = []
    for path in pages(signed_in):
        page.goto(base + path)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        wrong += [
            (path, fault["id"], fault["nodes"][0]["html"][:120]) for fault in found.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            wrong.append((path, "wider than the window", ""))
        if page.evaluate("document.documentElement.lang") != language:
            wrong.append((path, "says another language", ""))
    context.close()
    assert wrong == []
    assert faults == []


def test_content_is_there_without_a_script(browser: Browser, signed_in: Client, live_server: object) -> None:
    tell_words()
    base = str(live_server)
    context = open_context(browser, signed_in, base, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/interactions/")
    assert page.get_by_text("Toivoisin, että verkkokaupasta").count() == 1
    page.goto(f"{base}/")
    assert page.get_by_text("Kiitos Maijalle").count() >= 1
    context.close()


def test_first_tab_leads_to_the_content(browser: Browser, signed_in: Client, live_server: object) -> None:
    base = str(live_server)
    context = open_context(browser, signed_in, base)
    page = context.new_page()
    page.goto(base)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    context.close()
