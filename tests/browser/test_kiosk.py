"""A kiosk in a real browser: it opens and answers without a network, and every answer arrives once."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect

import kalevi.channels.kiosk
from kalevi.channels.kiosk.actions import make_feeling_survey, make_kiosk
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.survey.limits import BY_ADDRESS
from kalevi.interactions.models import Intake, Interaction, SelfFeeling
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.shell.models import Company
from tests.browser.cable import Cable
from tests.browser.conftest import faults_of
from tests.browser.test_every_page import SIZES, TAGS

pytestmark = pytest.mark.django_db(transaction=True)
MOST_BYTES = 15 * 1024


@pytest.fixture
def kiosk(db: object) -> Kiosk:
    BY_ADDRESS.clear()
    Company.objects.update_or_create(pk=1, defaults={"name": "Esimerkin Rauta", "language": "fi"})
    survey = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
    return make_kiosk(name="Kassa", survey=survey, reset_after=20, actor_id=1)


def touch(page: Page, face: str, words: str = "") -> None:
    page.get_by_role("button", name=face).click()
    if words:
        page.locator("textarea:visible").fill(words)
        page.get_by_role("button", name="Lähetä").click()
    else:
        page.get_by_role("button", name="Siinä kaikki").click()
    page.locator(".bye:visible").wait_for()


def test_three_answers_without_a_network_and_a_reload_are_three_rows(
    browser: Browser, live_server: Any, kiosk: Kiosk
) -> None:
    cable = Cable(str(live_server))
    context = browser.new_context(locale="fi-FI")
    page = context.new_page()
    page.goto(f"{cable.address}/k/{kiosk.key}/")
    page.locator("body[data-ready=offline]").wait_for()
    cable.cut()
    context.set_offline(True)
    page.reload()
    for face, words in (("ilo", "Auttoivat kantamaan."), ("pettymys", ""), ("ärtymys", "Jono oli pitkä.")):
        touch(page, face, words)
        page.reload()
    page.get_by_role("button", name="luottamus").click()
    page.locator(".after:visible").wait_for()
    # They walk away in the middle; the face counts.
    page.reload()
    expect(page.get_by_role("button", name="ilo")).to_be_visible()
    assert Intake.objects.count() == 0
    cable.join()
    context.set_offline(False)
    for _time in range(100):
        if Intake.objects.count() == 4:
            break
        page.wait_for_timeout(100)
    with page.expect_response(lambda reply: reply.url.endswith("/here/") and reply.ok):
        page.reload()
    kiosk.refresh_from_db()
    assert (Intake.objects.count(), kiosk.waiting) == (4, 0)
    understand(reader=default_reader(), source="survey")
    assert list(SelfFeeling.objects.order_by("interaction__intake").values_list("words", flat=True)) == [
        "ilo",
        "pettymys",
        "ärtymys",
        "luottamus",
    ]
    assert list(Interaction.objects.order_by("intake").values_list("verbatim", flat=True)) == [
        "Auttoivat kantamaan.",
        None,
        "Jono oli pitkä.",
        None,
    ]
    context.close()
    cable.cut()


def test_keyboard_languages_and_beginning_anew(browser: Browser, live_server: Any, kiosk: Kiosk) -> None:
    Kiosk.objects.update(reset_after=5)
    context = browser.new_context(viewport=SIZES["desk"])
    page = context.new_page()
    faults = faults_of(page)
    page.clock.install()
    page.goto(f"{live_server}/k/{kiosk.key}/")
    page.get_by_role("link", name="svenska").press("Enter")
    expect(page.locator("h1:visible")).to_have_text("Vilken känsla blev kvar hos dig?")
    assert page.evaluate("document.documentElement.lang") == "sv"
    page.keyboard.press("1")
    page.locator("textarea:visible").fill("Mycket vän")
    page.clock.run_for(6_000)
    page.locator(".bye:visible").wait_for()
    page.clock.run_for(6_000)
    expect(page.locator("h1:visible")).to_have_text("Mikä tunne sinulle jäi?")
    for _time in range(200):
        if Intake.objects.exists():
            break
        page.clock.run_for(100)
        page.wait_for_timeout(50)  # the page's clock stands still, the server's does not
    # What they did not send is not kept: they walked away from it.
    assert b"Mycket" not in bytes(Intake.objects.get().raw or b"")
    context.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_screen_is_whole(
    browser: Browser, live_server: Any, kiosk: Kiosk, scheme: Any, size: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])
    page = context.new_page()
    faults = faults_of(page)
    wrong = []
    for language in ("fi", "sv", "en"):
        page.goto(f"{live_server}/k/{kiosk.key}/?lang={language}")
        for place in ("faces", "words"):
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
            wrong += [(language, place, one["id"]) for one in found.response["violations"]]
            if page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
            ):
                wrong.append((language, place, "wider than the window"))
            page.locator(".faces:visible button").first.click() if place == "faces" else None
    context.close()
    assert (wrong, faults) == ([], [])


def test_a_face_counts_without_a_script(browser: Browser, live_server: Any, kiosk: Kiosk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/k/{kiosk.key}/?lang=sv")
    page.get_by_role("button", name="glädje").click()
    expect(page.locator("h1")).to_have_text("Tack")
    assert Intake.objects.count() == 1
    context.close()


def test_the_screen_with_all_it_loads_is_small(client: Client, kiosk: Kiosk) -> None:
    static = Path(kalevi.channels.kiosk.__file__).parent / "static" / "kiosk"
    parts = [file.read_bytes() for file in static.iterdir()]
    parts += [client.get(f"/k/{kiosk.key}/{part}").content for part in ("", "app.webmanifest")]
    assert sum(len(gzip.compress(part)) for part in parts) <= MOST_BYTES
