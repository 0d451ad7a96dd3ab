"""One demo company for all tests of the room: loaded in a transaction that is rolled back at the end."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q

from kalevi.demo import loading
from kalevi.interactions.models import Found, Interaction
from kalevi.people.models import Aim, Consent, Contact, StageChange

ANSWERED_NOW = ~Q(intake__source__in=("demo", "survey"))
NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)


class KilledError(Exception):
    """Stands for the moment the power goes."""


@dataclass(frozen=True)
class Loaded:
    """The moment, and what stood in the tables after a load in one go and after one that was killed."""

    now: datetime
    in_one_go: dict[str, str]
    killed_and_gone_on: dict[str, str]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Loaded]:
    blocker: Any = django_db_blocker
    with blocker.unblock(), time_machine.travel(NOW):
        with transaction.atomic():
            loading.load(now=NOW)
            in_one_go = rows()
            transaction.set_rollback(True)
        with transaction.atomic():
            with pytest.raises(KilledError):
                loading.load(now=NOW, progress=_kill_half_way)
            loading.load(now=NOW)
            yield Loaded(NOW, in_one_go, rows())
            transaction.set_rollback(True)


def _kill_half_way(done: int, whole: int) -> None:
    if done > whole * 0.6:
        raise KilledError


def rows() -> dict[str, str]:
    """Return a digest of what every table says, without the numbers a database gives its rows.

    What colleagues answer in cases while it loads is timed by the clock, and left out.
    """
    interactions = Interaction.objects.exclude(ANSWERED_NOW).values_list(
        "contact__email",
        "touchpoint__key",
        "channel",
        "kind",
        "outbound",
        "verbatim",
        "language",
        "occurred_at",
        "received_at",
        "reference",
        "score_kind",
        "score",
        "expectation",
        "outcome",
        "self_feelings__words",
        "answers__verbatim",
        "readings__sentiment",
    )
    found = Found.objects.values_list("code", "interaction__occurred_at", "interaction__verbatim")
    contacts = Contact.objects.values_list(
        "name", "email", "phone", "language", "account__name", "side", "stage", "in_peace_since", "created_at"
    )
    consents = Consent.objects.values_list("contact__email", "purpose", "given_at", "ends_on", "withdrawn_at")
    changes = StageChange.objects.values_list("contact__email", "stage", "at")
    aims = Aim.objects.values_list("contact__email", "words", "said_at")
    tables = {
        "interactions": interactions,
        "found": found,
        "contacts": contacts,
        "consents": consents,
        "changes": changes,
        "aims": aims,
    }
    return {
        name: hashlib.sha256("\n".join(sorted(map(repr, table))).encode()).hexdigest()
        for name, table in tables.items()
    }
