"""Each kind of reason: who is proposed by it, who is not, and what is said of it."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count

import pytest

from kalevi.approaches.looking.candidate import Candidate
from kalevi.approaches.looking.finders import FINDERS
from kalevi.approaches.models import Ability, News
from kalevi.approaches.rule_models import Rule, Why
from kalevi.approaches.rules import current_rules
from kalevi.interactions.models import Intake
from kalevi.orders.models import Event, Order
from kalevi.people.models import Account, Aim, Contact
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
_numbers = count(1)


def somebody(name: str = "Mari Aho", *, known: timedelta = 3 * DAY, **fields: object) -> Contact:
    values = {"email": f"{next(_numbers)}@example.fi", "stage": "prospect"} | fields
    return Contact.objects.create(name=name, created_at=NOW - known, **values)


def found(why: Why) -> list[Candidate]:
    rule = next(one for one in current_rules() if one.why == why)
    return list(FINDERS[why](rule, NOW))


def who(why: Why) -> list[int]:
    return [one.contact_id for one in found(why)]


def test_who_has_only_written_is_met_before_the_first_visit() -> None:
    mari = somebody()
    said = say("Onko teillä tiiliä?", ago=3 * DAY, contact=mari, channel="email")
    assert found(Why.FIRST_VISIT_AHEAD) == [
        Candidate(mari.pk, f"contact:{mari.pk}", {"day": "2026-11-19"}, said.pk)
    ]
    assert who(Why.FIRST_VISIT) == []


def test_who_has_been_here_once_is_asked_after_it() -> None:
    mari = somebody()
    say("Onko teillä tiiliä?", ago=3 * DAY, contact=mari, channel="email")
    say(None, ago=2 * DAY, contact=mari, channel="counter", kind="encounter")
    assert (who(Why.FIRST_VISIT_AHEAD), who(Why.FIRST_VISIT)) == ([], [mari.pk])


def test_an_old_acquaintance_is_no_newcomer() -> None:
    mari = somebody(known=400 * DAY)
    say("Hei.", ago=300 * DAY, contact=mari, channel="email")
    say("Onko teillä tiiliä?", ago=3 * DAY, contact=mari, channel="email")
    registered = somebody(known=400 * DAY)
    say("Onko teillä laattoja?", ago=3 * DAY, contact=registered, channel="email")
    assert (who(Why.FIRST_VISIT_AHEAD), who(Why.FIRST_VISIT)) == ([], [])


def ordered(contact: Contact, promised: timedelta, *more: str) -> Order:
    order = Order.objects.create(scope="t", reference=f"T{next(_numbers)}", contact=contact, made_at=NOW)
    for kind in ("ordered", *more):
        number = next(_numbers)
        row = Intake.objects.create(
            source="test", scope="o", identity=b"%016d" % number, content=b"0", raw=b"", received_at=NOW
        )
        Event.objects.create(
            order=order,
            intake=row,
            kind=kind,
            occurred_at=NOW - 5 * DAY,
            received_at=NOW,
            promised_for=NOW + promised if kind == "ordered" else None,
        )
    return order


def test_an_order_near_its_day_that_has_not_left_is_told_of() -> None:
    late, left, cancelled, far, long_past = (somebody() for _n in range(5))
    order = ordered(late, DAY)
    ordered(left, DAY, "shipped")
    ordered(cancelled, DAY, "cancelled")
    ordered(far, 10 * DAY)
    ordered(long_past, -10 * DAY)
    facts = {"day": "2026-11-23", "order": order.reference}
    assert [(one.contact_id, one.facts) for one in found(Why.LATE_ORDER)] == [(late.pk, facts)]


def test_silence_after_a_problem_with_and_without_an_answer_of_ours() -> None:
    answered, unanswered, spoke_again, fresh = (somebody() for _n in range(4))
    for one in (unanswered, spoke_again):
        say("Ovi ei tullut.", ("hot", "problem"), ago=20 * DAY, contact=one)
    problem = say("Ovi ei tullut.", ("hot", "problem"), ago=19 * DAY, contact=answered)
    say("Selvitän asian.", ago=18 * DAY, contact=answered, outbound=True)
    say("Nyt se tuli.", ago=15 * DAY, contact=spoke_again)
    say("Ovi ei tullut.", ("hot", "problem"), ago=2 * DAY, contact=fresh)
    assert [(one.contact_id, one.facts) for one in found(Why.SILENCE)] == [
        (answered.pk, {"day": "2026-11-03", "answered": "2026-11-04"}),
        (unanswered.pk, {"day": "2026-11-02"}),
    ]
    assert found(Why.SILENCE)[0].said == problem.pk


def test_who_was_heard_of_often_and_went_quiet_has_changed() -> None:
    quiet, steady = somebody(), somebody()
    for weeks in range(4, 10):
        say("Hei.", ago=weeks * 7 * DAY, contact=quiet)
        say("Hei.", ago=weeks * 7 * DAY, contact=steady)
    say("Hei.", ago=5 * DAY, contact=steady)
    assert [(one.contact_id, one.facts) for one in found(Why.CHANGED)] == [
        (quiet.pk, {"day": "2026-10-25", "usual": 7, "n": 5})
    ]


def test_who_speaks_more_darkly_than_before_has_changed() -> None:
    dark = somebody()
    for weeks in range(20, 24):
        say("Hyvin meni.", ("sentiment", "positive"), ago=weeks * 7 * DAY, contact=dark)
    for weeks in range(1, 4):
        say("Huonosti meni.", ("sentiment", "negative"), ago=weeks * 7 * DAY, contact=dark)
    assert found(Why.CHANGED)[0].facts == {"recent": 3, "n": 3, "before": 0, "m": 4}


def wish(words: str) -> Mapping[str, object]:
    return {"h": [["dream", [0, len(words)], 0.9, []]]}


def test_who_wished_for_what_we_now_have_is_found_in_any_form_of_the_word() -> None:
    wished, other, elsewhere = (somebody() for _n in range(3))
    words = "Saisipa teiltä peräkärryjä lainaan."
    say(words, ("hot", "dream"), ago=90 * DAY, contact=wished, body=wish(words))
    words = "Saisipa teiltä kahvia."
    say(words, ("hot", "dream"), ago=90 * DAY, contact=other, body=wish(words))
    # The wish is about coffee; the trailer is told in another sentence.
    say(
        "Saisipa kahvia. Peräkärry on rikki.",
        ("hot", "dream"),
        ago=80 * DAY,
        contact=elsewhere,
        body={"h": [["dream", [0, 15], 0.9, []]]},
    )
    aimed = somebody()
    Aim.objects.create(contact=aimed, kind="wish", words="Oma peräkärry olisi hyvä", said_at=NOW - 30 * DAY)
    told = Ability.objects.create(
        words="Meillä on peräkärry lainattavaksi.", seeds="peräkärry", told_at=NOW, told_by_id=1
    )
    assert who(Why.CAN_NOW) == [wished.pk, aimed.pk]
    Ability.objects.filter(pk=told.pk).update(ended_at=NOW)
    assert who(Why.CAN_NOW) == []


def test_a_theme_alone_finds_wishes_about_it() -> None:
    wished, other = somebody(), somebody()
    say("Iltaisinkin auki!", ("hot", "dream"), ("theme", "premises"), ago=9 * DAY, contact=wished)
    say("Iltaisinkin auki!", ("hot", "dream"), ago=9 * DAY, contact=other)
    Ability.objects.create(words="Auki iltaisin.", theme="premises", told_at=NOW, told_by_id=1)
    assert who(Why.CAN_NOW) == [wished.pk]


def test_good_news_is_for_those_who_act_for_the_organisation() -> None:
    account = Account.objects.create(name="Rakennus Aho")
    mari, _audience, _other = (
        somebody(account=account),
        somebody(account=account, side="audience"),
        somebody(),
    )
    News.objects.create(account=account, words="He saivat ison urakan", told_at=NOW - DAY, told_by_id=1)
    News.objects.create(account=account, words="Vanha uutinen", told_at=NOW - 60 * DAY, told_by_id=1)
    assert [(one.contact_id, one.facts) for one in found(Why.GOOD_NEWS)] == [
        (
            mari.pk,
            {"day": "2026-11-21", "account": "Rakennus Aho", "words": "He saivat ison urakan"},
        )
    ]


def test_the_rules_a_company_has_not_touched_are_the_usual_ones() -> None:
    Rule.objects.create(why=Why.SILENCE, days=30, after=3)
    assert [(one.why, one.days) for one in current_rules()][:2] == [("late_order", 180), ("silence", 30)]
    assert [one.why for one in current_rules()] == list(Why.values)
