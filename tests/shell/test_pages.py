"""Language, settings of the company, and pages about errors."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.people.models import Colleague
from kalevi.shell.models import Company
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Colleague:
    colleague = Colleague.objects.create_user("aino@example.fi", name="Aino", role=Role.ADMINISTRATOR)
    client.force_login(colleague)
    return colleague


def test_language_is_kept_in_the_browser_and_with_the_colleague(
    client: Client, administrator: Colleague
) -> None:
    answer = client.post("/language/", {"language": "sv", "next": "/settings/"})
    administrator.refresh_from_db()
    assert (answer.headers["Location"], client.cookies["kalevi_language"].value, administrator.language) == (
        "/settings/",
        "sv",
        "sv",
    )
    assert 'lang="sv"' in client.get("/settings/").content.decode()


def test_language_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert (answer.headers["Location"], "kalevi_language" in client.cookies) == ("/", False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Tässä osoitteessa ei ole mitään"),
        ("sv", "Det finns inget"),
        ("en", "There is nothing at this"),
    ],
)
def test_nothing_at_this_address_in_three_languages(client: Client, language: str, said: str) -> None:
    client.cookies["kalevi_language"] = language
    answer = client.get("/nothing/")
    assert (answer.status_code, said in answer.content.decode()) == (404, True)


def test_pages_of_colleagues_stay_out_of_the_browsers_store(client: Client, administrator: Colleague) -> None:
    answer = client.get("/settings/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert " style=" not in answer.content.decode()


def test_a_fetched_part_takes_the_whole_page_to_the_sign_in(client: Client) -> None:
    answer = client.get("/today/live/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/account/login/?next=/")


def test_company_is_changed_and_written_down(client: Client, administrator: Colleague) -> None:
    answer = client.post(
        "/settings/company/", {"name": "Hylkikari", "language": "sv", "time_zone": "Europe/Stockholm"}
    )
    company = Company.objects.get()
    assert (answer.status_code, company.name, company.time_zone) == (302, "Hylkikari", "Europe/Stockholm")
    assert Entry.objects.values_list("action", "actor_id").get() == ("shell.change_company", administrator.pk)


def test_calendar_keeps_what_was_typed_beside_what_was_wrong(
    client: Client, administrator: Colleague
) -> None:
    typed = {"opens_0": "9", "closes_0": "8.30", "opens_1": "9.00", "closed_days": "24.12.2026\nhuomenna"}
    answer = client.post("/settings/calendar/", typed)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (
        200,
        ["closed_days", "closes_0", "closes_1"],
    )
    page = answer.content.decode()
    assert ["8.30" in page, "huomenna" in page, Company.objects.exists()] == [True, True, False]


def test_calendar_is_saved(client: Client, administrator: Colleague) -> None:
    typed = {"opens_0": "9", "closes_0": "16.30", "closed_days": "24.12.2026\n2026-12-25"}
    assert client.post("/settings/calendar/", typed).status_code == 302
    company = Company.objects.get()
    assert (company.opening_hours, company.closed_days) == (
        {"0": ["09:00", "16:30"]},
        ["2026-12-24", "2026-12-25"],
    )
    assert "16.30" in client.get("/settings/calendar/").content.decode()


def test_nights_and_days_with_other_hours_are_kept_as_typed(client: Client, administrator: Colleague) -> None:
    typed = {
        "opens_4": "18", "closes_4": "2", "opens_5": "0", "closes_5": "0",
        "special_days": "24.12.2026 9.00–12.00\n2026-12-31 10-12",
    }  # fmt: skip
    assert client.post("/settings/calendar/", typed).status_code == 302
    company = Company.objects.get()
    assert company.opening_hours == {"4": ["18:00", "02:00"], "5": ["00:00", "00:00"]}
    assert company.special_days == {"2026-12-24": ["09:00", "12:00"], "2026-12-31": ["10:00", "12:00"]}
    assert (
        "24.12.2026 9.00–12.00\n31.12.2026 10.00–12.00" in client.get("/settings/calendar/").content.decode()
    )
    wrong = client.post("/settings/calendar/", {"special_days": "24.12.2026 kiinni"})
    assert sorted(wrong.context["form"].errors) == ["special_days"]


def test_new_hours_hold_from_today_and_the_old_ones_before(client: Client, administrator: Colleague) -> None:
    def hours(opens: str, day: int) -> list[object]:
        with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=UTC), tick=False):
            client.post("/settings/calendar/", {"opens_0": opens, "closes_0": "17"})
        return [(one["before"], one["hours"]["0"][0]) for one in Company.objects.get().earlier_hours]

    assert hours("9", 1) == []
    assert hours("8", 10) == [("2026-11-10", "09:00")]
    assert hours("7", 10) == [("2026-11-10", "09:00")]
    assert hours("7", 12) == [("2026-11-10", "09:00")]
    assert hours("6", 20) == [("2026-11-10", "09:00"), ("2026-11-20", "07:00")]


def test_closed_days_come_out_of_a_calendar_file(client: Client, administrator: Colleague) -> None:
    client.cookies["kalevi_language"] = "en"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for begins in (";VALUE=DATE:20261224", ";VALUE=DATE:20261231", ":20261207T100000Z"):
        lines += ["BEGIN:VEVENT", f"UID:{begins}", f"DTSTART{begins}", "END:VEVENT"]
    content = "\r\n".join([*lines, "END:VCALENDAR", ""])
    Company.objects.create(pk=1, name="x", closed_days=["2026-12-24"])
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        file = SimpleUploadedFile("days.ics", content.encode())
        page = client.post("/settings/calendar/file/", {"calendar": file}, follow=True).content.decode()
        wrong = client.post("/settings/calendar/file/", {"calendar": SimpleUploadedFile("x.ics", b"PK")})
    assert Company.objects.get().closed_days == ["2026-12-24", "2026-12-31"]
    assert ("1 closed day was added." in page, "1 event with a time" in page) == (True, True)
    assert "This file is not a calendar." in wrong.content.decode()
    entry = Entry.objects.get(action="shell.close_days")
    assert (entry.actor_id, entry.details) == (administrator.pk, {"days": 1})
