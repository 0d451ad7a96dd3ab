"""Log lines without addresses, which may hold a one-time link."""

import logging

import pytest

from kalevi.shell.logs import BareFormatter


@pytest.mark.parametrize("name", ["django.request", "django.server", "django.security.csrf"])
def test_addresses_are_left_out(name: str) -> None:
    record = logging.LogRecord(name, logging.WARNING, "", 0, "Forbidden: %s", ("/invitation/abc/",), None)
    assert BareFormatter().format(record).split(" ", 2)[2] == f"WARNING {name} request answered with ?"
