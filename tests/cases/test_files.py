"""What customers add to their cases, and the face they may see: kept safely, and gone in time."""

import gzip
import struct
import zlib
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kalevi.cases import files
from kalevi.cases.actions.faces import keep_face
from kalevi.cases.actions.links import give_link
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.faces import MOST, NoPictureError, bare_picture
from kalevi.cases.file_models import CaseFile, Face
from kalevi.cases.links import text_of
from kalevi.cases.models import Case, State, Step
from kalevi.people import erasing
from kalevi.people.models import Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW, say

PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
MOST_BYTES = 20 * 1024


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(side: int = 96, *, beside: bytes = b"", noise: int = 0) -> bytes:
    pixels = bytes(n * n % 251 for n in range(noise)) or zlib.compress(b"\0" * (side * 3 + 1) * side)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"tEXt", beside), chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(beside: bytes) -> bytes:
    def part(marker: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body

    frame = struct.pack(">BHHB", 8, 96, 96, 3) + b"\0" * 9
    return (
        b"\xff\xd8"
        + part(0xE0, b"JFIF")
        + part(0xE1, beside)
        + part(0xC0, frame)
        + part(0xDA, b"\0")
        + b"picture\xff\xd9"
    )


class TestFaces:
    @pytest.mark.parametrize("raw", [png(beside=b"Korsholm"), jpeg(b"Exif Korsholm")], ids=["png", "jpeg"])
    def test_nothing_is_left_beside_the_picture(self, raw: bytes) -> None:
        kind, bare = bare_picture(raw)
        assert (kind in ("image/png", "image/jpeg"), b"Korsholm" in bare) == (True, False)
        assert bare_picture(bare) == (kind, bare)

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (b"", "kind"),
            (b"<svg onload=x>", "kind"),
            (png()[:40], "kind"),
            (b"\xff\xd8\xff", "kind"),
            (png(side=20_000, noise=10), "too_wide"),
            (png(noise=MOST), "too_large"),
        ],
    )
    def test_what_is_no_small_picture_is_refused(self, raw: bytes, reason: str) -> None:
        with pytest.raises(NoPictureError) as refused:
            bare_picture(raw)
        assert refused.value.reason == reason


@pytest.mark.django_db
class TestTheCustomersPage:
    @pytest.fixture(autouse=True)
    def home(self, settings: object, tmp_path: Path) -> object:
        settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
        with time_machine.travel(NOW, tick=False) as traveller:
            yield traveller

    @pytest.fixture
    def case(self) -> Case:
        Colleague.objects.create_user("t@example.fi", name="Tuula Salo", role=Role.FRONTLINE, language="en")
        contact = Contact.objects.create(name="Mari", created_at=NOW)
        return open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]

    @pytest.fixture
    def page(self, case: Case) -> str:
        return f"/my/{text_of(give_link(case=case, language='en', actor_id=None))}/"

    def send(self, client: Client, page: str, *names: str, content: bytes = b"kuva") -> str:
        sent = [SimpleUploadedFile(name, content + name.encode()) for name in names]
        answer = client.post(page, {"what": "words", "token": "t", "words": "", "files": sent})
        return answer.content.decode()

    def test_a_file_is_kept_once_and_waits_for_the_carrier(
        self, client: Client, page: str, case: Case
    ) -> None:
        Case.objects.update(state=State.WAITING, step=Step.ASK_AFTER)
        for _twice in range(2):
            shown = self.send(client, page, "C:\\kuvat\\ovi.jpg")
        kept = CaseFile.objects.get()
        assert (kept.name, "ovi.jpg" in shown, "It has arrived" in shown) == ("ovi.jpg", True, True)
        assert files.FILES.path_of(kept.digest).read_bytes() == b"kuvaC:\\kuvat\\ovi.jpg"
        case.refresh_from_db()
        assert (case.state, case.step) == (State.OPEN, Step.ANSWER)

    def test_what_runs_or_is_too_much_is_left_and_said(self, client: Client, page: str) -> None:
        shown = self.send(client, page, "ovi.exe", "ovi.html", *(f"{n}.pdf" for n in range(9)))
        assert ("ovi.exe was not saved" in shown, CaseFile.objects.count()) == (True, 9)
        shown = self.send(client, page, "a.png", "b.png")
        assert ("b.png was not saved: there are ten files already." in shown) is True

    def test_a_colleague_saves_it_and_a_browser_shows_nothing(
        self, client: Client, page: str, case: Case
    ) -> None:
        self.send(client, page, "ovi.svg.txt", content=b"<script>")
        client.force_login(case.owner)
        answer = client.get(f"/cases/files/{CaseFile.objects.get().pk}/")
        assert (answer["Content-Type"], answer["Content-Disposition"]) == (
            "application/octet-stream",
            "attachment; filename*=UTF-8''ovi.svg.txt",
        )
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert b"".join(answer.streaming_content) == b"<script>ovi.svg.txt"  # type: ignore[attr-defined]
        assert "ovi.svg.txt" in client.get(f"/cases/{case.pk}/").content.decode()

    def test_it_goes_with_the_person_from_the_disk_too(
        self, client: Client, page: str, case: Case, django_capture_on_commit_callbacks: object
    ) -> None:
        self.send(client, page, "ovi.jpg")
        path = files.FILES.path_of(CaseFile.objects.get().digest)
        assert case.contact is not None
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            erasing.erase(kind="contact", number=case.contact.pk, reason=Reason.REQUEST, actor_id=None)
        assert (CaseFile.objects.count(), path.exists()) == (0, False)

    def test_what_a_power_failure_left_is_tidied(self, client: Client, page: str) -> None:
        self.send(client, page, "ovi.jpg")
        kept = files.FILES.path_of(CaseFile.objects.get().digest)
        (kept.parent / ".half").write_bytes(b"x")
        assert (files.FILES.tidy(), kept.exists()) == (1, True)

    def test_with_a_face_and_everything_it_is_light(self, client: Client, page: str, case: Case) -> None:
        assert ">TS</span>" in client.get(page).content.decode()
        keep_face(colleague=case.owner, raw=png(noise=MOST - 300))
        self.send(client, page, "ovi.jpg")
        answer = client.get(page, headers={"Accept-Encoding": "gzip"})
        assert len(answer.content) <= MOST_BYTES
        assert 'src="data:image/png;base64,' in gzip.decompress(answer.content).decode()
        assert "img-src data:" in answer["Content-Security-Policy"]

    def test_a_colleague_shows_their_face_or_not(self, client: Client, case: Case) -> None:
        client.force_login(case.owner)
        bad = client.post("/settings/picture/", {"picture": SimpleUploadedFile("a.png", b"x")})
        assert (bad.status_code, "This picture cannot be shown" in bad.content.decode()) == (422, True)
        client.post("/settings/picture/", {"picture": SimpleUploadedFile("a.png", png())})
        assert Face.objects.get().colleague == case.owner
        client.post("/settings/picture/", {"remove": "yes"})
        assert Face.objects.count() == 0
