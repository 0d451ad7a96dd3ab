"""The chain holds while several write to the audit and chain it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from kalevi.audit import chain
from kalevi.audit.actions import record
from kalevi.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 15


def write(number: int) -> int:
    try:
        for turn in range(EACH):
            with transaction.atomic():
                record(action="test.act", actor_id=number, turn=turn)
    finally:
        connection.close()
    return 0


def link(number: int) -> int:
    lost = 0
    try:
        for _turn in range(EACH):
            try:
                with transaction.atomic():
                    chain.extend(most=5)
            except IntegrityError:
                lost += 1
    finally:
        connection.close()
    return lost


def test_chain_holds_among_writers() -> None:
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        written = [pool.submit(write, n) for n in range(WRITERS)]
        linked = [pool.submit(link, n) for n in range(2)]
        assert [one.result() for one in written] == [0] * WRITERS
        assert [one.result() for one in linked] == [0, 0]
    while True:
        with transaction.atomic():
            if not chain.extend():
                break
    assert chain.first_fault() is None
    assert Entry.objects.filter(place__isnull=False).count() == WRITERS * EACH
    assert sorted(place or 0 for place in Entry.objects.values_list("place", flat=True)) == list(
        range(1, WRITERS * EACH + 1)
    )
