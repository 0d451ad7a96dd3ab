"""What tests of approaches begin with: a frozen morning, and a colleague who meets customers."""

from collections.abc import Iterator

import pytest
import time_machine

from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import NOW


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula(db: None) -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE, language="en")
