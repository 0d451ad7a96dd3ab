"""The widget on a page of another site with a strict policy: seen, used by keyboard, answered once."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from kalevi.channels.kiosk.actions import make_feeling_survey
from kalevi.channels.survey import live
from kalevi.channels.survey.limits import BY_ADDRESS
from kalevi.channels.survey.models import Survey
from kalevi.channels.widget import origins
from kalevi.channels.widget.actions import allow_site
from kalevi.interactions.models import Intake, Interaction, SelfFeeling
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.shell.models import Company
from tests.browser.conftest import faults_of
from tests.browser.test_every_page import SIZES, TAGS

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Kauppa</title></head>
<body><main><h1>Kauppa</h1><div id="kalevi"></div></main>
<script src="{script}" data-survey="{key}" {more} async></script></body></html>"""
POLICY = "default-src 'none'; script-src {kalevi}; connect-src {kalevi}; require-trusted-types-for 'script'"


class Shop:
    """Another site on this machine."""

    def __init__(self) -> None:
        self.page = self.policy = ""
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path == "/"
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", shop.policy)
                self.end_headers()
                self.wfile.write(shop.page.encode() if found else b"")

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def shop() -> Iterator[Shop]:
    opened = Shop()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


@pytest.fixture
def survey(shop: Shop, live_server: Any) -> Survey:
    for each in (BY_ADDRESS.clear, origins.forget, live.forget):
        each()
    Company.objects.update_or_create(pk=1, defaults={"name": "Esimerkin Rauta", "language": "fi"})
    allow_site(origin=shop.address, actor_id=1)
    made = make_feeling_survey(name="Sivut", touchpoint=None, actor_id=1)
    shop.policy = POLICY.format(kalevi=live_server)
    return made


def show(shop: Shop, survey: Survey, kalevi: object, language: str = "fi", more: str = "") -> None:
    shop.page = PAGE.format(script=f"{kalevi}/w/widget.js", key=survey.key, language=language, more=more)


def test_answered_by_keyboard_alone_and_kept_once(
    browser: Browser, shop: Shop, survey: Survey, live_server: Any
) -> None:
    show(shop, survey, live_server)
    context = browser.new_context()
    page = context.new_page()
    faults = faults_of(page)
    page.goto(shop.address)
    page.get_by_role("button", name="Kerro meille").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Miltä käynti tuntui?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Kerro meille")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="ilo").press("Space")
    page.get_by_label("Mitä haluaisit kertoa meille?").fill("Sivu aukesi heti.")
    # The first sending is lost on the way back; the second is the same answer.
    page.route("**/w/*", lambda route: (route.fetch(), route.abort()), times=1)
    page.get_by_role("button", name="Lähetä").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Yhteys katkesi.")
    page.get_by_role("button", name="Lähetä").press("Enter")
    expect(page.get_by_role("heading", name="Kiitos")).to_be_focused()
    assert Intake.objects.count() == 1
    understand(reader=default_reader(), source="survey")
    assert (Interaction.objects.get().verbatim, SelfFeeling.objects.get().words) == (
        "Sivu aukesi heti.",
        "ilo",
    )
    assert (context.cookies(), page.evaluate("Object.keys(localStorage).length")) == ([], 0)
    context.close()
    assert [fault for fault in faults if "ERR_FAILED" not in fault and not fault.startswith("failed:")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("more", ["", 'data-target="#kalevi"'])
def test_it_is_whole_under_a_strict_policy(
    browser: Browser, shop: Shop, survey: Survey, live_server: Any, scheme: Any, size: str, more: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])
    page = context.new_page()
    faults = faults_of(page)
    wrong = []
    for language, label in (("fi", "Kerro meille"), ("sv", "Berätta för oss"), ("en", "Tell us")):
        show(shop, survey, live_server, language, more)
        page.goto(shop.address)
        if not more:
            page.get_by_role("button", name=label).click()
        page.locator("kalevi-widget form").wait_for()
        # What the policy would have refused is set: a sheet that has its own corners.
        sheet = page.locator("kalevi-widget .sheet")
        assert sheet.evaluate("one => getComputedStyle(one).borderRadius") == "16px"
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        wrong += [(language, one["id"]) for one in found.response["violations"]]
        if sheet.evaluate("one => one.scrollWidth > one.clientWidth + 1"):
            wrong.append((language, "wider than itself"))
    context.close()
    assert (wrong, faults) == ([], [])
