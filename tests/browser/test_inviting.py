"""The pages of asking, the page that says no more, and the mail itself, in a real browser."""

import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

import kalevi.channels.kiosk
from kalevi.channels.invitations import delivering
from kalevi.channels.invitations.actions import begin_occasion, invite
from kalevi.channels.invitations.delivering import Letter
from kalevi.channels.kiosk.actions import make_feeling_survey
from kalevi.config.letters import ByMail
from kalevi.people.actions.contacts import give_consent
from kalevi.people.models import Colleague, Consent, Contact
from kalevi.shell.models import Company
from tests.browser.conftest import faults_of, open_context
from tests.browser.test_every_page import SIZES, TAGS
from tests.channels.invitations.test_inviting import Postman, counter, nps

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters(signed_in: Client) -> Iterator[list[Letter]]:
    postman = Postman()
    delivering.deliver_with(postman)
    Company.objects.update_or_create(pk=1, defaults={"name": "Esimerkin Rauta", "language": "fi"})
    aino = Colleague.objects.get()
    for name, language in (("Aino", "fi"), ("Berit", "sv"), ("Cecily", "en")):
        contact = Contact.objects.create(
            name=name, email=f"{name.lower()}@example.fi", language=language, created_at=timezone.now()
        )
        if name != "Cecily":
            give_consent(
                actor=aino,
                contact_id=contact.pk,
                purpose=Consent.Purpose.FEEDBACK,
                basis="consent",
                ends_on=date(2099, 1, 1),
            )
    survey = nps(aino)
    for contact in Contact.objects.order_by("pk"):
        invite(contact=contact, survey=survey, actor=aino)
    faces = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
    begin_occasion(touchpoint=counter(), survey=faces, wait_hours=24, share=30, actor=aino)
    yield postman.letters
    delivering.deliver_with(ByMail())


def wrong_on(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    wrong = [fault["id"] for fault in found.response["violations"]]
    root = page.evaluate_handle("document.documentElement")
    if root.evaluate("root => root.scrollWidth > root.clientWidth + 1"):
        wrong.append("wider than the window")
    return wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_pages_and_mails_are_whole(
    browser: Browser, signed_in: Client, live_server: Any, letters: list[Letter], scheme: str, size: str
) -> None:
    base = str(live_server)
    number = Contact.objects.earliest("pk").pk
    asked = {}
    for language in ("fi", "sv", "en"):
        context = open_context(
            browser, signed_in, base, language=language, color_scheme=scheme, viewport=SIZES[size]
        )
        page = context.new_page()
        faults = faults_of(page)
        for path in ("/invitations/", f"/customers/{number}/ask/", "/settings/invitations/"):
            page.goto(base + path)
            asked[language, path] = (wrong_on(page), faults)
        context.close()
    context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])  # type: ignore[arg-type]
    page = context.new_page()
    for letter in letters:
        path = re.sub(r"^https?://[^/]+", "", letter.unsubscribe)
        page.goto(base + path)
        asked[letter.language, "no more"] = (wrong_on(page), [])
        page.goto("about:blank")
        page.set_content(letter.html)
        asked[letter.language, "mail"] = (wrong_on(page), [])
    context.close()
    assert {place: told for place, told in asked.items() if told != ([], [])} == {}


def test_no_more_is_two_taps_and_works_without_a_script(
    browser: Browser, live_server: Any, letters: list[Letter]
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fi-FI")
    page = context.new_page()
    page.goto(str(live_server) + re.sub(r"^https?://[^/]+", "", letters[0].unsubscribe))
    page.get_by_role("button", name="Jättäkää minut kokonaan rauhaan").click()
    expect(page.get_by_role("heading")).to_have_text("Kuulimme sinua")
    contact = Contact.objects.get(name="Aino")
    assert contact.in_peace_since is not None
    assert not contact.consents.filter(withdrawn_at__isnull=True).exists()
    context.close()


def test_the_page_that_says_no_more_is_small(client: Client, letters: list[Letter]) -> None:
    page = Client().get(re.sub(r"^https?://[^/]+", "", letters[0].unsubscribe)).content
    style = Path(kalevi.channels.kiosk.__file__).parent / "static" / "kiosk" / "kiosk.css"
    assert len(gzip.compress(page)) + len(gzip.compress(style.read_bytes())) <= 15 * 1024
