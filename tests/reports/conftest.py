"""Whoever reads the pages of reports."""

import pytest
from django.test import Client

from kalevi.people.models import Colleague
from kalevi.shell.roles import Role


@pytest.fixture
def frontline(client: Client) -> Colleague:
    """Somebody who meets customers, signed in, with pages in English."""
    colleague = Colleague.objects.create_user("k@example.fi", name="K", role=Role.FRONTLINE, language="en")
    client.force_login(colleague)
    client.cookies["kalevi_language"] = "en"
    return colleague
