"""A share of `bench mutated-mails`: whatever a mail is made of, it is understood or kept with a reason."""

import pytest

from bench.mutated_mails import tried

pytestmark = [pytest.mark.django_db, pytest.mark.reliability]


def test_mutated_mails_raise_nothing_and_lose_nothing() -> None:
    found = tried(cases=600, seed=26, stored_every=10)
    assert found["kinds_of_exceptions"] == {}
    assert found["acknowledged"] > 50
    assert (found["lost"], found["waiting"], found["rejected_without_reason"]) == (0, 0, 0)
    assert found["slowest_seconds"] < 5
