"""Behind a proxy: who guesses passwords locks out themselves alone, and cookies go over HTTPS only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from kalevi.people.models import Colleague

PASSWORD = "kolme tavallista sanaa"


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    cache.clear()


def sign_in(address: str, email: str, password: str) -> int:
    client = Client(headers={"x-forwarded-for": f"192.0.2.99, {address}"})
    return client.post("/account/login/", {"login": email, "password": password}).status_code


@pytest.mark.django_db
@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_strangers_guesses_keep_nobody_else_out() -> None:
    Colleague.objects.create_user("minna@example.fi", PASSWORD, name="Minna", role="frontline")
    for number in range(12):
        assert sign_in("203.0.113.5", f"nobody{number}@example.fi", "x") == 200
    assert sign_in("203.0.113.5", "minna@example.fi", PASSWORD) == 200
    assert sign_in("198.51.100.7", "minna@example.fi", PASSWORD) == 302


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://kalevi.example.fi", "1 True True True"), ("http://127.0.0.1:8000", "0 False False False")],
)
def test_an_https_address_means_a_proxy_before_us(tmp_path: Path, address: str, told: str) -> None:
    names = (
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
    )
    code = f"from kalevi.config import settings as s; print(*(getattr(s, name) for name in {names}))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "KALEVI_HOME": str(tmp_path), "KALEVI_ADDRESS": address},
    )  # fmt: skip
    assert run.stdout.strip() == told
