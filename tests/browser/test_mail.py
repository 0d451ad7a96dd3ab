"""Pages of mail in a real browser: whole in every language and size, and answering by keyboard alone."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from kalevi.channels.email import outbox
from kalevi.channels.email.models import Sending
from kalevi.interactions.models import Interaction
from tests.browser.conftest import faults_of, open_context
from tests.browser.test_every_page import SIZES, TAGS
from tests.channels.email.made import bring, mail, mailbox, outgoing, told_by
from tests.channels.email.test_attachments import with_files
from tests.channels.email.test_parsing import nested

pytestmark = pytest.mark.django_db(transaction=True)


def stocked() -> tuple[int, int]:
    """Make one of everything; return the ids of a customer's interaction and of a row that needs a look."""
    outgoing(acknowledge=True)
    box = mailbox(failure="certificate", failing_since=timezone.now(), next_check_at=timezone.now())
    rows = bring(
        box,
        with_files(("kuva keittiöstä.png", b"PNG" * 500), ("ohjelma.exe", b"MZ")),
        mail(
            "Torstai ei käy. Voisiko auto tulla perjantaina?\n\n"
            "ke 18.11.2026 klo 9.12 Store <hello@store.example> kirjoitti:\n> Sopisiko torstai?",
            subject="Re: Toimitus",
        ),
        nested(40),
        mail(auto_submitted="auto-replied", subject="Automaattinen vastaus: olen lomalla"),
    )
    outbox.send(to="gone@example.fi", subject="Kuinka se meni?", text="x", purpose="invitation")
    Sending.objects.update(state="bounced", ended_at=timezone.now(), reply="550 5.1.1 no such user")
    told = told_by(rows[1])
    assert told is not None
    return told.pk, rows[2].pk


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("fi", "light", "phone"), ("fi", "dark", "desk"), ("sv", "light", "desk"), ("en", "dark", "phone")],
)
def test_pages_of_mail_are_whole(
    browser: Browser, signed_in: Client, live_server: object, language: str, scheme: str, size: str
) -> None:
    number, row = stocked()
    first = Interaction.objects.order_by("pk").first()
    assert first is not None
    base = str(live_server)
    context = open_context(
        browser, signed_in, base, language=language, color_scheme=scheme, viewport=SIZES[size]
    )
    page = context.new_page()
    faults = faults_of(page)
    wrong = []
    paths = {
        "settings": "/settings/email/",
        "mailbox": "/settings/email/mailboxes/add/",
        "outgoing": "/settings/email/outgoing/",
        "look": "/settings/email/look/",
        "machines": "/settings/email/look/?kind=machines",
        "row": f"/settings/email/look/{row}/",
        "sent": "/settings/email/sent/",
        "reading": f"/interactions/{number}/reading/",
        "mail": f"/interactions/{number}/mail/",
        "along": f"/interactions/{first.pk}/mail/",
        "answer": f"/interactions/{number}/mail/answer/",
    }
    for name, path in paths.items():
        answer = page.goto(base + path)
        assert answer is not None
        assert answer.status == 200, path
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        wrong += [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            wrong.append((path, "wider than the window", ""))
        if folder := os.environ.get("KEEP_SHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{language}-{scheme}-{size}.png", full_page=True)
    context.close()
    assert wrong == []
    assert faults == []


def test_a_customer_is_answered_by_keyboard_alone(
    browser: Browser, signed_in: Client, live_server: object
) -> None:
    number, _row = stocked()
    base = str(live_server)
    context = open_context(browser, signed_in, base)
    page = context.new_page()
    page.goto(f"{base}/interactions/{number}/reading/")
    page.get_by_role("link", name="Vastaa sähköpostilla").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/mail/answer/")
    page.locator("textarea[name=words]").focus()
    page.keyboard.type("Kuulimme sinua. Auto tulee perjantaina kello 10.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading/")
    assert page.locator(".reply .answer").inner_text() == "Kuulimme sinua. Auto tulee perjantaina kello 10."
    context.close()
    assert Sending.objects.filter(purpose="answer").count() == 1
