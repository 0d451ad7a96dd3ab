"""The Import page: send, look, say yes, watch, mend, take back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kalevi.channels.file import running, uploads
from kalevi.channels.file.ageing import TooOld, too_old
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.interactions.models import Interaction
from kalevi.jobs.models import Job
from kalevi.people.keeping_models import Keeping
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db
GOOD = "22.11.2025;Kiitos hyvästä palvelusta\n23.11.2025;Tulemme varmasti uudestaan\n"
CONTENT = f"Päivä;Palaute\n{GOOD}99.99.2025;Huono juttu kaikin puolin\n".encode()


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(Colleague.objects.create_user("m@example.fi", None, name="Meri", role=Role.MANAGER))
    return client


def send(client: Client, content: bytes = CONTENT, name: str = "palaute.csv") -> Import:
    answer = client.post("/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return Import.objects.latest("pk")


def choices(record: Import, **other: str) -> dict[str, str]:
    roles = {f"column_{n}": role for n, role in enumerate(record.mapping["roles"])}
    rest = {"channel": "survey", "touchpoint": "", "own_words": "yes", "month_first": "no", "scale": ""}
    return roles | rest | other


def test_file_is_sent_looked_at_and_imported(manager: Client) -> None:
    record = send(manager)
    page = manager.get(f"/import/{record.pk}/").content.decode()
    assert "Kiitos hyvästä palvelusta" in page
    assert "The date cannot be read" in page
    assert Interaction.objects.count() == 0
    answer = manager.post(f"/import/{record.pk}/choose/", choices(record, begin="yes"))
    assert (answer.status_code, Job.objects.count()) == (302, 1)
    assert "<progress" in manager.get(f"/import/{record.pk}/").content.decode()
    running.run(Import.objects.get(pk=record.pk))
    page = manager.get(f"/import/{record.pk}/").content.decode()
    assert "3 rows: 2 kept, 0 known already, 1 need a look" in page
    assert '<a class="button" href="/interactions/">Read what they said</a>' in page
    Import.objects.filter(pk=record.pk).update(undated=2727)
    assert "2,727 rows had no date" in manager.get(f"/import/{record.pk}/").content.decode()
    assert set(Interaction.objects.values_list("channel", flat=True)) == {"survey"}
    assert manager.get(f"/import/{record.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    file = b"".join(manager.get(f"/import/{record.pk}/rejects/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "99.99.2025,Huono juttu kaikin puolin,The date cannot be read" in file
    manager.post(f"/import/{record.pk}/undo/")
    record.refresh_from_db()
    assert record.state == Import.State.UNDOING


def test_preview_shows_which_row_needs_a_look(manager: Client) -> None:
    record = send(manager)
    page = manager.get(f"/import/{record.pk}/").content.decode()
    assert "99.99.2025 · Huono juttu kaikin puolin" in page


def test_file_brought_again_tells_which_rows_still_need_a_look(manager: Client) -> None:
    first = send(manager)
    manager.post(f"/import/{first.pk}/choose/", choices(first, begin="yes"))
    running.run(Import.objects.get(pk=first.pk))
    assert "may still need a look" not in manager.get(f"/import/{first.pk}/").content.decode()
    again = send(manager, name="palaute-uudestaan.csv")
    manager.post(f"/import/{again.pk}/choose/", choices(again, begin="yes"))
    running.run(Import.objects.get(pk=again.pk))
    page = manager.get(f"/import/{again.pk}/").content.decode()
    assert "3 rows: 0 kept, 3 known already, 0 need a look" in page
    assert f'<a href="/import/{first.pk}/">palaute.csv: 1 row</a>' in page


def test_choice_shows_the_rows_anew(manager: Client) -> None:
    record = send(manager)
    answer = manager.post(
        f"/import/{record.pk}/choose/",
        choices(record, column_0="ignore", own_words="no"),
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, "Told by a colleague" in page) == (200, False, True)
    record.refresh_from_db()
    assert record.mapping["roles"] == ["ignore", "text"]


def test_choice_in_which_nobody_says_anything_is_refused(manager: Client) -> None:
    record = send(manager)
    answer = manager.post(f"/import/{record.pk}/choose/", choices(record, column_1="ignore", begin="yes"))
    assert answer.status_code == 422
    record.refresh_from_db()
    assert record.state == Import.State.PREVIEWED


def test_what_is_no_table_is_refused_with_a_sentence(manager: Client) -> None:
    for content, sentence in ((b"%PDF-1.7 " + bytes(300), "This is not a table"), (b"", "The file is empty")):
        answer = manager.post("/import/", {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert list(uploads.folder().iterdir()) == []


def test_upload_can_be_removed_before_it_begins(manager: Client) -> None:
    record = send(manager)
    manager.post(f"/import/{record.pk}/discard/")
    assert (Import.objects.count(), list(uploads.folder().iterdir())) == (0, [])


def test_upload_needs_the_token_of_the_form() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Colleague.objects.create_user("m@example.fi", None, name="Meri", role=Role.MANAGER))
    answer = client.post("/import/", {"file": SimpleUploadedFile("x.csv", CONTENT)})
    assert (answer.status_code, Import.objects.count()) == (403, 0)


@pytest.mark.parametrize("role", [Role.FRONTLINE, Role.BOARD])
def test_only_leaders_import(client: Client, role: Role) -> None:
    client.force_login(Colleague.objects.create_user("f@example.fi", None, name="Foo", role=role))
    assert client.get("/import/").status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_pages_speak_the_readers_language(manager: Client, language: str) -> None:
    record = send(manager)
    manager.cookies["kalevi_language"] = language
    headings = {"fi": "Aiemmat tuonnit", "sv": "Tidigare importer", "en": "Earlier imports"}
    assert headings[language] in manager.get("/import/").content.decode()
    assert f'lang="{language}"' in manager.get(f"/import/{record.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_a_fixed_number_of_queries(
    manager: Client, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        send(manager, CONTENT, f"{number}.csv")
    manager.get("/import/")
    with django_assert_num_queries(4):  # type: ignore[operator]
        manager.get("/import/")


def test_preview_says_how_many_rows_are_too_old_to_be_kept(client: Client) -> None:
    client.force_login(Colleague.objects.create_user("a@example.fi", None, name="Aino", roles=list(Role)))
    Keeping.objects.create(purpose="unnamed", months=12)
    rows = [
        "22.11.2020;;Kauan sitten ilman nimeä",
        "22.11.2020;a@example.fi;Kauan sitten, ja taas äskettäin",
        "22.11.2026;A@example.fi;Äskettäin",
        "21.11.2023;b@example.fi;Viimeksi kauan sitten",
        "22.11.2023;c@example.fi;Viimeksi tasan kolme vuotta sitten",
        ";;Ilman päivää",
    ]
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        record = send(client, "\n".join(["Päivä;Sähköposti;Palaute", *rows]).encode())
        old = too_old(record, Mapping.from_json(record.mapping))
        page = client.get(f"/import/{record.pk}/").content.decode()
        manager = Colleague.objects.create_user("m@example.fi", None, name="Meri", role=Role.MANAGER)
        client.force_login(manager)
        of_manager = client.get(f"/import/{record.pk}/").content.decode()
    assert old == TooOld(named=1, unnamed=1, service=36, months=12, looked_at=6, whole=True)
    assert "2 rows of 6 are older than words are kept here:" in page
    assert "1 row without a name, more than 12 months old" in page
    assert ('href="/settings/privacy/"' in page, 'href="/settings/privacy/"' in of_manager) == (True, False)


def test_of_a_long_file_the_preview_looks_at_the_beginning(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kalevi.channels.file.ageing.MOST", 2)
    record = send(manager, CONTENT.replace(b".2025;", b".2001;"))
    assert "Of the first 2 rows 2 are older" in manager.get(f"/import/{record.pk}/").content.decode()
