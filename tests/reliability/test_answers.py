"""An answer that was acknowledged is on disk: under kills, doubles and a full disk."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from bench.kill_answers import killed
from kalevi.channels.survey import limits
from kalevi.channels.survey.replies import answered
from kalevi.channels.survey.storing import writer
from kalevi.interactions.models import Intake
from kalevi.shell.buckets import Buckets
from tests.channels.survey.asked import a_form, a_survey, a_token

pytestmark = pytest.mark.reliability


def test_killed_servers_lose_no_acknowledged_answer(on_postgresql: bool) -> None:
    found = killed(database="given" if on_postgresql else "sqlite", kills=3, seed=4)
    assert found["acknowledged"] > 0
    assert (found["kills"], found["lost"], found["doubled"]) == (3, 0, 0)


@pytest.fixture(params=["a connection each", "one for all"])
def written(request: pytest.FixtureRequest) -> Iterator[None]:
    """Answers written over each thread's connection, or over one as where Kalevi serves."""
    if request.param == "one for all":
        writer.keep_connection()
    yield
    writer.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("written")
def test_the_same_form_from_many_threads_is_one_row_and_one_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = a_survey()
    endless = Buckets(burst=1e6, a_second=1e6)
    monkeypatch.setattr(limits, "BY_ADDRESS", endless)
    monkeypatch.setattr(limits, "BY_SURVEY", endless)
    form, replies, begin = (
        a_form(survey, a_token(survey), words="Sama sana"),
        list[object](),
        threading.Barrier(20),
    )

    def send() -> None:
        begin.wait()
        try:
            for _again in range(5):
                replies.append(answered(survey.key, form, "192.0.2.1"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 100
    assert len(set(replies)) == 1
    assert Intake.objects.count() == 1


@pytest.mark.django_db
def test_an_answer_waits_for_the_disk() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for the disk unless it is told not to")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], stderr=subprocess.DEVNULL
        ).returncode
    )
    if not mounted:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


FILL = """
import json, os, sys
import kalevi.config, django
django.setup()
from pathlib import Path
from urllib.parse import urlencode
from django.core.management import call_command
call_command("migrate", verbosity=0)
from kalevi.channels.survey import limits, reception
from kalevi.channels.survey.reception import take
from kalevi.channels.survey.storing import writer
from kalevi.interactions.models import Intake
from tests.channels.survey.asked import a_form, a_survey, a_token
survey = a_survey()
writer.keep_connection()
reception.limits.wait_for = lambda *given: 0.0
filler = Path(os.environ["KALEVI_HOME"]) / "filler"
with filler.open("wb", buffering=0) as file:
    try:
        while file.write(b"x" * 65536):
            file.flush()
    except OSError:
        pass
os.truncate(filler, max(0, filler.stat().st_size - 400_000))
outcomes = [take(survey.key, a_form(survey, words=f"Sana {n} " + "x" * 4000), address="a").outcome.value
            for n in range(150)]
acknowledged, stored = outcomes.count("kept"), Intake.objects.count()
filler.unlink()
after = take(survey.key, a_form(survey, words="Tilaa on taas"), address="a").outcome.value
print(json.dumps([acknowledged, stored, sorted(set(outcomes)), after, Intake.objects.count()]))
"""


def test_a_full_disk_refuses_clearly_and_recovers_by_itself(small_disk: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "KALEVI_DATABASE_URL"}
    environment |= {
        "KALEVI_HOME": str(small_disk / "home"),
        "DJANGO_SETTINGS_MODULE": "kalevi.config.settings",
    }
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", FILL], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    acknowledged, stored, outcomes, after, later = json.loads(done.stdout.splitlines()[-1])
    assert acknowledged == stored
    assert outcomes == ["full", "kept"]
    assert (after, later) == ("kept", stored + 1)
