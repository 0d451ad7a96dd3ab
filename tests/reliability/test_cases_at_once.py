"""Fifty colleagues take the same cases at once: each case has one carrier at every moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import close_old_connections, connection

from kalevi.cases.actions.carrying import NoOfferError, answer_offer, offer, take
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Carrying, Case, Handover
from kalevi.people.models import Colleague
from tests.saying import NOW, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.reliability]
COLLEAGUES, CASES = 50, 4


def _together(work: list[tuple[int, int]], act: object) -> list[object]:
    def one(pair: tuple[int, int]) -> object:
        try:
            return act(*pair)  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(one, work))


def _colleagues(count: int) -> list[Colleague]:
    return Colleague.objects.bulk_create(
        Colleague(email=f"c{n}@example.fi", name=f"C{n}", frontline=True) for n in range(count)
    )


def _cases() -> list[Case]:
    with time_machine.travel(NOW, tick=False):
        said = [say("Ovi ei tullut.", body={"h": [["problem", [0, 5], 0.9, []]]}) for _ in range(CASES)]
        return open_by_rules(ids=[one.pk for one in said])


def test_everybody_takes_everything_and_each_has_one_carrier() -> None:
    everybody = _colleagues(COLLEAGUES)
    cases = _cases()
    work = [(colleague.pk, case.pk) for colleague in everybody for case in cases]
    _together(work, lambda who, what: take(case_id=what, colleague=Colleague.objects.get(pk=who)))
    close_old_connections()
    carriers = dict(Carrying.objects.filter(until__isnull=True).values_list("case", "colleague"))
    assert carriers == dict(Case.objects.values_list("pk", "owner"))
    assert Carrying.objects.count() >= CASES * COLLEAGUES // 2
    chain = Carrying.objects.filter(case=cases[0]).order_by("pk").values_list("since", "until")
    ends = [until for _since, until in chain]
    assert ends[:-1] == [since for since, _until in list(chain)[1:]]


def test_an_offer_is_taken_once_however_often_it_is_tapped() -> None:
    giver, taker = _colleagues(2)
    case = _cases()[0]
    take(case_id=case.pk, colleague=giver)
    made = offer(case_id=case.pk, giver=giver, taker=taker)

    def tap(_n: int, handover_id: int) -> bool:
        try:
            answer_offer(handover_id=handover_id, taker=taker, accept=True)
        except NoOfferError:
            return False
        return True

    taken = _together([(n, made.pk) for n in range(20)], tap)
    assert taken.count(True) == 1
    assert (Handover.objects.get().taken, Case.objects.get(pk=case.pk).owner) == (True, taker)
    assert Carrying.objects.filter(case=case, until__isnull=True).count() == 1
