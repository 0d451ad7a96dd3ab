"""What has no ground to be kept goes by itself: a month after notice, and never without."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.audit.models import Entry
from kalevi.interactions.models import Intake, Interaction, SelfFeeling
from kalevi.people import erasing, holdings, keeping, ledger
from kalevi.people.actions.contacts import give_consent, withdraw_consent
from kalevi.people.actions.keeping import change_periods, prolong
from kalevi.people.endings import Ended, end_what_has_ended
from kalevi.people.keeping import months_later
from kalevi.people.keeping_models import Ending
from kalevi.people.models import Colleague, Contact, Erasure, Identity, Reason
from kalevi.people.queries.keeping import Kept, endings_for_administrator
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def ledger_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.ADMINISTRATOR)


def person(name: str, *, ago: timedelta | None = None) -> Contact:
    contact = Contact.objects.create(
        name=name, email=f"{name.lower()}@example.fi", created_at=NOW - 10 * YEAR
    )
    Identity.objects.create(contact=contact, kind="email", value=contact.email)
    if ago is not None:
        say("Jäi asia kesken.", contact=contact, ago=ago, feelings=("harmitus",))
    return contact


def run(days: int = 0) -> Ended:
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        return end_what_has_ended()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), -36, date(2023, 11, 22)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(9999, 1, 1), 36, date(9999, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_nobody_goes_without_a_month_of_notice_and_then_everything_goes() -> None:
    long_gone, here = person("Aino", ago=5 * YEAR), person("Eino", ago=YEAR)
    assert run() == Ended(contacts=0, unnamed=0, noticed=1)
    assert list(Ending.objects.values_list("number", "on")) == [(long_gone.pk, TODAY + timedelta(days=30))]
    assert run(29) == Ended(0, 0, 1)
    assert run(30) == Ended(1, 0, 0)
    long_gone.refresh_from_db()
    here.refresh_from_db()
    assert (long_gone.name, long_gone.email, here.name) == ("", "", "Eino")
    words = dict(Interaction.objects.values_list("contact__pk", "verbatim"))
    assert words == {long_gone.pk: None, here.pk: "Jäi asia kesken."}
    assert list(SelfFeeling.objects.order_by("pk").values_list("words", flat=True)) == [None, "harmitus"]
    assert Erasure.objects.get().reason == Reason.END_DATE
    assert [(line.kind, line.number, line.reason) for line in ledger.lines()] == [
        ("contact", long_gone.pk, "end_date")
    ]
    entry = Entry.objects.get(action="people.erase")
    assert (entry.actor_id, entry.subject) == (None, f"contact:{long_gone.pk}")
    assert run(31) == Ended(0, 0, 0)


def test_notice_is_given_a_month_before_the_period_ends() -> None:
    person("Aino", ago=timedelta(0))
    last = months_later(TODAY, 36)
    early = (last - TODAY).days - 30
    assert run(early).noticed == 0
    assert run(early + 1).noticed == 1
    assert Ending.objects.get().on == last + timedelta(days=1)
    assert run((last - TODAY).days).contacts == 0
    assert run((last - TODAY).days + 1).contacts == 1


@pytest.mark.parametrize("how", ["consent", "word", "prolonged", "longer period", "other room"])
def test_a_new_ground_takes_the_notice_back(
    monkeypatch: pytest.MonkeyPatch, liisa: Colleague, how: str
) -> None:
    aino = person("Aino", ago=5 * YEAR)
    assert run().noticed == 1
    with time_machine.travel(NOW, tick=False):
        if how == "consent":
            give_consent(
                actor=liisa, contact_id=aino.pk, purpose="story", basis="consent", ends_on=TODAY + YEAR
            )
        elif how == "word":
            say("Hei taas", contact=aino)
        elif how == "prolonged":
            prolong(
                actor=liisa, contact_id=aino.pk, basis="contract", until=TODAY + YEAR, reason="Takuu kesken"
            )
        elif how == "longer period":
            change_periods(actor=liisa, months={"service": 120})
        else:
            monkeypatch.setitem(
                keeping._keepers, "case", lambda ids, months: dict.fromkeys(ids, TODAY + YEAR)
            )
    # The notices are looked at anew right before anything goes.
    assert run(30) == Ended(0, 0, 0)
    aino.refresh_from_db()
    assert aino.name == "Aino"


def test_what_we_sent_is_no_encounter_and_a_withdrawn_consent_no_ground(liisa: Colleague) -> None:
    aino = person("Aino", ago=5 * YEAR)
    say("Tarjous", contact=aino, outbound=True)
    with time_machine.travel(NOW, tick=False):
        give_consent(
            actor=liisa, contact_id=aino.pk, purpose="marketing", basis="consent", ends_on=TODAY + YEAR
        )
        assert run().noticed == 0
        withdraw_consent(actor=liisa, contact_id=aino.pk, purpose="marketing")
    assert run().noticed == 1


def test_somebody_merged_or_erased_meanwhile_is_left_alone() -> None:
    kept, gone, asked = (
        person("Aino", ago=5 * YEAR),
        person("Aino2", ago=5 * YEAR),
        person("Eino", ago=5 * YEAR),
    )
    assert run().noticed == 3
    Contact.objects.filter(pk=gone.pk).update(merged_into=kept)
    erasing.erase(kind="contact", number=asked.pk, reason=Reason.REQUEST, actor_id=None)
    assert run(1).noticed == 1
    assert run(30).contacts == 1


def test_words_without_a_name_go_by_their_age_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kalevi.interactions.keeping.BATCH", 2)
    old = [say(f"Vanha {n}", ago=4 * YEAR + timedelta(days=n)).pk for n in range(5)]
    new = say("Uusi", ago=YEAR).pk
    rejected = Intake.objects.create(
        source="test", scope="x", identity=b"i" * 16, content=b"c" * 16, raw=b"rikki",
        received_at=NOW - 4 * YEAR, state=Intake.State.REJECTED, reason="broken",
    )  # fmt: skip
    assert run() == Ended(0, 0, 1)
    assert Ending.objects.get().count == 6
    assert run(30).unnamed == 4
    kept = dict(Interaction.objects.values_list("pk", "verbatim"))
    assert [kept[pk] for pk in old] == [None] * 5
    assert kept[new] == "Uusi"
    rejected.refresh_from_db()
    assert (rejected.raw, rejected.state) == (None, Intake.State.ERASED)
    assert {line.kind for line in ledger.lines()} == {"unnamed"}


def test_words_imported_after_the_notice_wait_for_their_own() -> None:
    say("Vanha", ago=4 * YEAR)
    assert run().noticed == 1
    late = say("Tuotu myöhemmin", ago=6 * YEAR, received_at=NOW + timedelta(days=14))
    assert run(15).noticed == 2
    run(30)
    late.refresh_from_db()
    assert late.verbatim == "Tuotu myöhemmin"
    run(45)
    late.refresh_from_db()
    assert late.verbatim is None


def test_a_longer_period_takes_the_notice_of_nameless_words_back(liisa: Colleague) -> None:
    say("Vanha", ago=4 * YEAR)
    assert run().noticed == 1
    change_periods(actor=liisa, months={"unnamed": 240})
    assert run(30) == Ended(0, 0, 0)
    assert Interaction.objects.get().verbatim == "Vanha"


def test_a_restored_backup_loses_the_same_words_again() -> None:
    one, other = say("Vanha", ago=4 * YEAR), say("Uusi", ago=YEAR)
    erasure = Erasure.objects.create(at=NOW + timedelta(days=40), reason="end_date", subject="unnamed:1")
    holdings.eraser("unnamed")(one.pk + 1, erasure)
    assert [i.verbatim for i in Interaction.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")] == [
        None,
        "Uusi",
    ]


def test_the_job_asks_the_same_however_many_they_are() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            run()
        return len(asked)

    person("Aino", ago=YEAR)
    run()
    one = queries()
    for n in range(30):
        person(f"Eino{n}", ago=YEAR)
    assert queries() == one


def page(client: Client, path: str) -> tuple[str, int]:
    with CaptureQueriesContext(connection) as asked, time_machine.travel(NOW, tick=False):
        answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode(), len(asked)


def test_the_page_shows_what_goes_with_the_same_queries_for_one_and_three(liisa: Colleague) -> None:
    client = Client()
    client.force_login(liisa)
    person("Aino", ago=5 * YEAR)
    run()
    page(client, "/settings/privacy/")
    text, one = page(client, "/settings/privacy/")
    assert ("Aino" in text, "22.12.2026" in text or "22 December 2026" in text) == (True, True)
    for name in ("Eino", "Veera"):
        person(name, ago=6 * YEAR)
    run()
    text, three = page(client, "/settings/privacy/")
    assert ("Veera" in text, three) == (True, one)


def test_pages_of_what_goes_are_walked_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kalevi.people.queries.keeping.PAGE", 2)
    for n in range(5):
        person(f"Eino{n}", ago=5 * YEAR)
    run()
    seen: list[str] = []
    after = ""
    for _page in range(5):
        notices = endings_for_administrator(after)
        seen += [notice.contact.name for notice in notices.shown if notice.contact]
        after = notices.further
        if not after:
            break
    assert (seen, notices.contacts) == ([f"Eino{n}" for n in range(5)], 5)
    assert endings_for_administrator("x.y").shown[0].contact is not None


def test_an_administrator_keeps_somebody_longer_and_says_why(liisa: Colleague) -> None:
    client = Client()
    client.force_login(liisa)
    aino = person("Aino", ago=5 * YEAR)
    run()
    text, _count = page(client, f"/customers/{aino.pk}/")
    assert "Everything about this person will be erased on" in text
    with time_machine.travel(NOW, tick=False):
        path = f"/settings/privacy/{aino.pk}/keep/"
        assert (
            "at most ten years"
            in client.post(
                path,
                {"basis": "contract", "until": "2020-01-01", "reason": "Takuu"},
                headers={"accept-language": "en"},
            ).content.decode()
        )
        answer = client.post(path, {"basis": "contract", "until": "2028-01-01", "reason": "Takuu kesken"})
        assert answer.headers["Location"] == "/settings/privacy/"
    assert Ending.objects.count() == 0
    text, _count = page(client, f"/customers/{aino.pk}/")
    assert ("Takuu kesken" in text, "will be erased" in text) == (True, False)
    entry = Entry.objects.get(action="people.give_consent")
    assert entry.details == {"purpose": "service", "basis": "contract", "ends_on": "2028-01-01"}


def test_periods_are_stored_and_audited_and_bound_a_consent(liisa: Colleague) -> None:
    client = Client()
    client.force_login(liisa)
    values = {"service": 36, "feedback": 24, "marketing": 6, "story": 24, "unnamed": 36}
    assert client.post("/settings/privacy/", values).headers["Location"] == "/settings/privacy/"
    entry = Entry.objects.get()
    assert (entry.action, entry.subject, entry.details) == (
        "people.change_period",
        "purpose:marketing",
        {"before": 24, "months": 6},
    )
    aino = person("Aino", ago=YEAR)
    ends = (datetime.now().date() + YEAR).isoformat()  # noqa: DTZ005
    given = {"purpose": "marketing", "basis": "consent", "ends_on": ends}
    answer = client.post(f"/customers/{aino.pk}/consent/", given, follow=True)
    assert "is the last day" in answer.content.decode()
    assert aino.consents.count() == 0


@pytest.mark.parametrize(
    ("until", "noticed", "over"), [(-1, False, True), (-1, True, False), (0, False, False)]
)
def test_a_day_that_is_past_is_not_told_as_one_to_come(until: int, noticed: bool, over: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        last = keeping.Ground("encounter", date(2026, 11, 22) + timedelta(days=until))
        assert Kept(last, 36, date(2026, 12, 22) if noticed else None).is_over is over
