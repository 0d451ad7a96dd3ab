"""Every page in a real browser: no accessibility fault, nothing wider than the phone, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize

from kalevi.approaches.models import Approach
from kalevi.cases.models import Case
from kalevi.config import installation
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague, Contact
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.models import Promise
from tests.browser.conftest import faults_of, open_context
from tests.browser.words import tell_words
from tests.pages.test_permissions import matrix

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"phone": ViewportSize(width=360, height=740), "desk": ViewportSize(width=1280, height=900)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pages(client: Client) -> list[str]:
    """Return the addresses that answer a GET with a whole page, with ids of what there is."""
    numbers = {
        "/interactions/1/": f"/interactions/{Interaction.objects.latest('pk').pk}/",
        "/customers/1/": f"/customers/{Contact.objects.latest('pk').pk}/",
        "/cases/1/": f"/cases/{Case.objects.latest('pk').pk}/",
        "/approaches/1/": f"/approaches/{Approach.objects.latest('pk').pk}/",
        "/promises/1/": f"/promises/{Promise.objects.latest('pk').pk}/",
        "/settings/times/1/": f"/settings/times/{Contact.objects.latest('pk').pk}/",
        "/settings/promises/1/": f"/settings/promises/{BrandPromise.objects.latest('pk').pk}/",
    }
    found = []
    for path in matrix():
        for general, real in numbers.items():
            if path.startswith(general):
                path = real + path.removeprefix(general)
        answer = client.get(path)
        # Parts that htmx puts into a page are no pages.
        if answer.status_code == 200 and b"<html" in answer.content:
            found.append(path)
    return found


# Every language is looked at in one size as a whole; in Finnish both sizes in both schemes.
LOOKS = [("phone", "light", "fi"), ("desk", "light", "fi"), ("phone", "dark", "sv"), ("desk", "dark", "en")]


def violations(page: Page, path: str, **only: object) -> list[tuple[str, str, str]]:
    """Return what axe finds wrong on the page that is open."""
    # Without `resultTypes` axe spends as long on telling of what is right.
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    return [(path, fault["id"], fault["nodes"][0]["html"][:120]) for fault in found.response["violations"]]


def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    return bool(page.evaluate(wide))


@pytest.mark.parametrize(("size", "scheme", "language"), LOOKS)
def test_page_is_whole(
    browser: Browser,
    signed_in: Client,
    live_server: object,
    language: str,
    scheme: str,
    size: str,
) -> None:
    tell_words()
    base = str(live_server)
    context = open_context(
        browser,
        signed_in,
        base,
        language=language,
        color_scheme=scheme,
        viewport=SIZES[size],
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults = faults_of(page)
    wrong = []
    for path in pages(signed_in):
        page.goto(base + path)
        wrong += violations(page, path, type="tag", values=TAGS)
        if is_too_wide(page):
            wrong.append((path, "wider than the window", ""))
        if page.evaluate("document.documentElement.lang") != language:
            wrong.append((path, "says another language", ""))
        if language == "fi":
            page.emulate_media(color_scheme="dark")
            wrong += violations(page, path, type="rule", values=["color-contrast"])
            page.emulate_media(color_scheme="light")
        elif size == "desk":
            page.set_viewport_size(SIZES["phone"])
            if is_too_wide(page):
                wrong.append((path, "wider than the phone", ""))
            page.set_viewport_size(SIZES["desk"])
    context.close()
    assert wrong == []
    assert faults == []


def test_content_is_there_without_a_script(browser: Browser, signed_in: Client, live_server: object) -> None:
    tell_words()
    base = str(live_server)
    context = open_context(browser, signed_in, base, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/interactions/")
    assert page.locator("blockquote", has_text="Toivoisin, että verkkokaupasta").count() == 1
    page.goto(f"{base}/")
    assert page.locator("blockquote", has_text="Kiitos Maijalle").count() == 1
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_before_signing_in_are_whole(
    browser: Browser, client: Client, live_server: object, scheme: str
) -> None:
    base, link = str(live_server), installation.first_administrator_link()
    context = open_context(browser, client, base, color_scheme=scheme, viewport=SIZES["phone"])
    page = context.new_page()
    wrong = []
    for path in ("/account/login/", link or "", "/invitation/ended/", "/no-such-page/"):
        page.goto(base + path)
        wrong += violations(page, path, type="tag", values=TAGS)
    context.close()
    assert wrong == []


def test_signing_in_by_keyboard_leads_to_today(browser: Browser, client: Client, live_server: object) -> None:
    Colleague.objects.create_user("aino@example.fi", "kolme tavallista sanaa", name="Aino", role="frontline")
    base = str(live_server)
    context = open_context(browser, client, base)
    page = context.new_page()
    page.goto(f"{base}/account/login/")
    page.locator("input[name=login]").focus()
    page.keyboard.type("aino@example.fi")
    page.keyboard.press("Tab")
    page.keyboard.type("kolme tavallista sanaa")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/")
    assert page.locator("h1").inner_text() == "Tänään"
    context.close()
