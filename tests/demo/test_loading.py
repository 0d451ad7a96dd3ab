"""The loaded demo company: everything once, nothing in the future, the same every time, alive."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db.models import Avg, Count, F, Max, Min, Q

from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import LIVE, Case, Handover
from kalevi.cases.no_models import HonestNo
from kalevi.cases.praise_models import Praise
from kalevi.cases.queries.orders import orders_for_colleague
from kalevi.cases.shift_models import Shift
from kalevi.cases.snippet_models import Snippet
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.survey.models import Answer, Survey
from kalevi.channels.widget.models import Site
from kalevi.demo import loading
from kalevi.demo.calendar import event_shift, monday
from kalevi.demo.cases import LAST_DAYS
from kalevi.demo.clock import ZONE
from kalevi.demo.material import comments
from kalevi.demo.written import answers_written, written_answers, written_promises
from kalevi.interactions.findings import code
from kalevi.interactions.fresh import FRESH
from kalevi.interactions.models import Intake, Interaction, Reading
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Account, Aim, Colleague, Consent, Contact, StageChange
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise
from tests.demo.conftest import ANSWERED_NOW, Loaded

pytestmark = pytest.mark.django_db
PLANNED = Interaction.objects.exclude(ANSWERED_NOW)
SAID = Interaction.objects.filter(outbound=False, verbatim__isnull=False)
WORDS = SAID.exclude(pk__in=Answer.objects.values("interaction"))


def test_every_comment_is_said_once_and_every_reply_answers_one(demo: Loaded) -> None:
    assert sorted(words or "" for words in WORDS.values_list("verbatim", flat=True)) == sorted(
        one.text for one in comments()
    )
    assert WORDS.count() >= 600
    answers = PLANNED.filter(outbound=True).values_list("verbatim", "answers__verbatim")
    assert sorted(answers) == sorted((one.reply, one.text) for one in comments() if one.reply)
    assert not Interaction.objects.filter(answers__isnull=False, occurred_at__lte=F("answers__occurred_at"))


def test_counts(demo: Loaded) -> None:
    assert PLANNED.count() == 12_000
    assert Contact.objects.count() == 3_000
    assert (Account.objects.count(), Colleague.objects.count()) == (40, 8)
    assert (JourneyStage.objects.count(), Touchpoint.objects.count()) == (14, 20)
    assert Intake.objects.exclude(state=Intake.State.UNDERSTOOD).count() == 0
    assert Reading.objects.count() == SAID.count()
    assert dict(Contact.objects.values_list("side").annotate(n=Count("pk")))["audience"] > 100
    assert set(Contact.objects.values_list("stage", flat=True)) == {
        "stranger",
        "prospect",
        "customer",
        "ended",
        "returned",
    }


def test_nothing_lies_in_the_future_nor_much_over_two_years_back(demo: Loaded) -> None:
    times = PLANNED.aggregate(
        newest=Max("occurred_at"), oldest=Min("occurred_at"), received=Max("received_at")
    )
    assert demo.now - timedelta(hours=24) < times["newest"] <= demo.now
    assert times["received"] <= demo.now
    assert times["oldest"] >= demo.now - timedelta(weeks=120)
    assert Interaction.objects.filter(occurred_at__lt=demo.now - timedelta(weeks=104, days=1)).count() < 20
    assert not Interaction.objects.filter(received_at__lt=F("occurred_at"), outbound=False).exists()
    for model, field in (
        (Contact, "created_at"),
        (StageChange, "at"),
        (Aim, "said_at"),
        (Consent, "given_at"),
    ):
        assert not model.objects.filter(**{f"{field}__gt": demo.now}).exists()


def test_same_moment_gives_the_same_rows_also_when_killed_half_way(demo: Loaded) -> None:
    assert demo.killed_and_gone_on == demo.in_one_go


def test_loading_again_changes_nothing(demo: Loaded) -> None:
    assert loading.load(now=demo.now + timedelta(days=3)) is False
    assert PLANNED.count() == 12_000


def test_oversold_campaign_shows(demo: Loaded) -> None:
    shift = event_shift(demo.now.date())

    def between(first: int, last: int) -> Q:
        return Q(occurred_at__date__range=(monday(first, shift), monday(last + 1, shift) - timedelta(days=1)))

    problems = WORDS.filter(found__code=code("hot", "problem"))
    during = problems.filter(between(61, 66)).count() / 6
    around = problems.filter(between(49, 60) | between(67, 78)).count() / 24
    assert during > 2 * around
    orders = Interaction.objects.filter(touchpoint__key="web_shop", kind="event")
    assert orders.filter(between(61, 62)).count() > 2 * orders.filter(between(58, 59)).count()
    deliveries = Interaction.objects.filter(touchpoint__key="delivery", score_kind="csat")
    score = [
        deliveries.filter(between(*weeks)).aggregate(mean=Avg("score"))["mean"]
        for weeks in ((50, 60), (63, 68), (76, 84))
    ]
    assert score[1] < score[0] - 0.7
    assert score[1] < score[2] - 0.7


def test_the_last_days_are_alive(demo: Loaded) -> None:
    newest = WORDS.filter(occurred_at__gt=demo.now - timedelta(days=3, hours=4))
    assert newest.count() == 20
    waiting = newest.filter(
        answered_by__isnull=True, found__code__in=(code("hot", "problem"), code("hot", "need"))
    )
    assert waiting.distinct().count() >= 4
    thanks = newest.filter(occurred_at__gt=demo.now - timedelta(days=2), verbatim__contains="Kalevi")
    assert thanks.count() >= 2


def test_surveys_are_answered_each_answer_once(demo: Loaded) -> None:
    answered = Interaction.objects.filter(pk__in=Answer.objects.values("interaction"))
    assert answered.count() == answers_written() == 47
    told = [one["form"]["told"] for answers in written_answers().values() for one in answers if "form" in one]
    assert len(set(told) - {one.text for one in comments()}) == len(told) == 33
    assert sorted(Survey.objects.filter(state="open").values_list("template", flat=True)) == [
        "",
        "delivery",
        "visit",
        "year_after",
    ]
    assert (Kiosk.objects.count(), Site.objects.count()) == (1, 1)
    in_peace = answered.filter(contact__in_peace_since__lt=F("occurred_at"))
    assert not in_peace.exists()


def test_promises_stand_in_every_state(demo: Loaded) -> None:
    by_state = dict(Promise.objects.values_list("state").annotate(n=Count("pk")))
    assert set(by_state) == {"open", "kept", "late", "broken", "released"}
    assert set(Promise.objects.values_list("theirs", flat=True)) == {"", "kept", "late", "broken"}
    given = Promise.objects.filter(source="by_hand").order_by("due_at")
    assert given.count() == len(written_promises()["given"])
    to_keep = [
        (one.due_at.astimezone(ZONE).date() - demo.now.date()).days for one in given.filter(state="open")
    ]
    assert to_keep == [-1, 0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 9, 13]
    # Whoever opens the demo first has some to keep, one of them within the hour of which they are reminded.
    mine = given.filter(state="open", owner__name="Elina Rantaloukko")
    assert mine.count() == 4
    assert mine.filter(due_at__lte=demo.now + timedelta(hours=1), warned_at__isnull=False).count() == 1
    assert Promise.objects.filter(slipped_at__isnull=False, state="open").count() == 1


def test_promises_lie_where_they_were_given_and_one_waits_to_be_confirmed(demo: Loaded) -> None:
    assert not Promise.objects.filter(made_at__gt=demo.now).exists()
    assert not Promise.objects.filter(ended_at__gt=demo.now).exists()
    assert not Promise.objects.filter(theirs_at__lt=F("ended_at")).exists()
    answered = Promise.objects.filter(source="written")
    assert answered.count() >= 10
    assert {one.made_at - one.promised_at for one in answered if one.promised_at} == {timedelta(minutes=2)}
    waiting = Proposal.objects.get(answer="")
    assert (waiting.interaction.verbatim or "")[waiting.words_from : waiting.words_to] == (
        "I will ring you tomorrow before noon to hear that everything fits."
    )
    assert waiting.due_at == datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_orders_came_late_short_and_with_something_else_and_cases_were_handed_over(demo: Loaded) -> None:
    shown = {
        row.outcome.order.reference: row
        for case in Case.objects.exclude(contact=None)
        for row in orders_for_colleague(case, [], demo.now)
    }
    differences = {
        name: [(d.ordered, d.delivered) for d in row.outcome.differences] for name, row in shown.items()
    }
    assert differences == {"T-20309": [], "T-20377": [(0, 3), (8, 0)], "T-20418": [(3, 2)]}
    late = {name: (row.late or timedelta()) >= timedelta(days=3) for name, row in shown.items()}
    assert late == {"T-20309": True, "T-20377": True, "T-20418": False}
    assert sorted(Handover.objects.values_list("taken", flat=True), key=str) == [None, True]
    assert sorted(Case.objects.annotate(n=Count("chain")).values_list("n", flat=True))[-2:] == [1, 2]


def test_cases_hold_an_honest_no_and_thanks_found_their_person(demo: Loaded) -> None:
    no = HonestNo.objects.get()
    assert (no.case.state, no.seen_by_id == no.colleague_id) == ("resting", False)
    assert Praise.objects.filter(how="carried").count() == 1
    assert Snippet.objects.count() == 6
    assert not Case.objects.filter(state__in=LIVE, waits_since__lt=demo.now - LAST_DAYS).exists()
    # What the jobs look at after the start opens nothing more that would be late at once.
    fresh = Interaction.objects.filter(occurred_at__gte=demo.now - FRESH).exclude(source="demo")
    assert open_by_rules(ids=[said.pk for said in fresh], at=demo.now) == []
    assert set(Shift.objects.values_list("colleague__name", flat=True)) == {
        one.name for one in Colleague.objects.exclude(name__startswith="Bengt")
    }


def test_seasons_and_opening_hours(demo: Loaded) -> None:
    def in_month(month: int) -> int:
        return Interaction.objects.filter(occurred_at__month=month).count()

    assert in_month(5) > 3 * in_month(1)
    met = Interaction.objects.filter(channel="counter", outbound=False)
    assert met.filter(occurred_at__week_day=1).count() == 0
    assert met.filter(Q(occurred_at__hour__lt=7) | Q(occurred_at__hour__gte=18)).count() == 0


def test_sequences_make_sense(demo: Loaded) -> None:
    delivered = Interaction.objects.filter(reference__startswith="D-").values_list("reference", "occurred_at")
    ordered = dict(
        Interaction.objects.filter(reference__startswith="O-").values_list("reference", "occurred_at")
    )
    pairs = [(at, ordered.get(f"O-{(reference or '')[2:]}")) for reference, at in delivered]
    assert [pair for pair in pairs if pair[1] and pair[0] <= pair[1]] == []
    scored = Interaction.objects.filter(score__isnull=False)
    assert not scored.filter(contact__in_peace_since__lt=F("occurred_at")).exists()
    assert Contact.objects.filter(in_peace_since__isnull=False).count() >= 5


def test_colleagues_sign_in_with_the_known_password(demo: Loaded) -> None:
    found = loading.logins()
    assert [colleague.administrator for colleague in found].count(True) == 1
    for colleague in found:
        assert (
            authenticate(email=colleague.email, username=colleague.email, password=loading.PASSWORD)
            == colleague
        )


def test_told_by_a_colleague_is_not_the_customers_own_word(demo: Loaded) -> None:
    told = WORDS.filter(told_by_colleague_id__isnull=False).values_list("verbatim", flat=True)
    assert sorted(words or "" for words in told) == sorted(
        one.text for one in comments() if one.told_by_colleague
    )
