"""A real browser: Debian's chromium, driven over loopback."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these flags chromium looks for hosts outside at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Neither a page's look nor its language comes from the database.
LOOKS = {"size", "scheme", "language"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, keep it out where there is none, and look once on the second database."""
    missing = not any(shutil.which(name) for name in NAMES)
    seen: set[str] = set()
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            looks = LOOKS & set(getattr(getattr(item, "callspec", None), "params", ()))
            name = item.nodeid.partition("[")[0]
            if looks and name in seen and os.environ.get("KALEVI_DATABASE_URL"):
                item.add_marker(pytest.mark.skip(reason="one look is enough on the second database"))
            seen.add(name)
            if missing:
                item.add_marker(
                    pytest.mark.skip(reason="NO BROWSER: install chromium to run the browser tests")
                )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session."""
    # Playwright runs a loop of its own in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next(found for name in NAMES if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def signed_in(client: Client) -> Client:
    """A client signed in as an administrator."""
    client.force_login(
        Colleague.objects.create_user("aino@example.fi", name="Aino Esimerkki", role=Role.ADMINISTRATOR)
    )
    return client


def open_context(browser: Browser, client: Client, address: str, **options: Any) -> BrowserContext:
    """Return a browser context with the client's session and language."""
    language = options.pop("language", "fi")
    context = browser.new_context(**options)
    cookies = {"kalevi_language": language} | {name: morsel.value for name, morsel in client.cookies.items()}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context


def faults_of(page: Page) -> list[str]:
    """Collect what a page complains about while it is used: errors, refused scripts, failed requests."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    return faults
