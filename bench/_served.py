"""A server in a process group of its own, its CPU time, and clients that answer surveys."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# What somebody writes: three sentences, a score with its reason, a feeling.
WORDS = (
    "words=Toimitus+tuli+sovittuna+aikana+ja+kuski+kantoi+laudat+pihaan+asti.+Olimme+ensimm%C3%A4ist%C3%A4+"
    "kertaa+asialla+ja+h%C3%A4n+neuvoi%2C+mihin+kannattaa+pinota.+Vastaus+numero+{}+kiitt%C3%A4%C3%A4.&"
    "again=9&again.why=Ei+tarvinnut+itse+kysy%C3%A4&felt=heard&felt=joy&felt.strength=3&felt.own=&_name="
)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a new folder that is removed afterwards."""
    path = Path(tempfile.mkdtemp(prefix="kalevi-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def environment(home: Path, port: int) -> dict[str, str]:
    """Return the environment of a server behind a proxy, which names the address of each client."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KALEVI_", "DJANGO_"))}
    return kept | {
        "KALEVI_HOME": str(home),
        "KALEVI_PORT": str(port),
        "KALEVI_ADDRESS": "https://kalevi.example.fi",
        "KALEVI_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "kalevi.config.settings",
    }


def call(environment: dict[str, str], code: str) -> str:
    """Run Python with Django set up; return what it prints."""
    setup = "import kalevi.config, django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", setup + code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return done.stdout


MAKE_SURVEYS = """
from django.core.management import call_command
from kalevi.config.installation import bring_up_to_date
bring_up_to_date()
from kalevi.channels.survey.actions import draft_survey, publish_survey
asked = {"title": {"fi": "Miten meni?", "sv": "Hur gick det?", "en": "How did it go?"}, "questions": [
    {"key": "words", "kind": "words"}, {"key": "again", "kind": "nps", "follow_up": {"low": 6, "high": 9}},
    {"key": "felt", "kind": "feeling"}]}
for number in range(COUNT):
    survey = draft_survey(name=f"Bench {number}", draft=asked, languages=["fi", "sv", "en"], actor_id=None)
    publish_survey(survey=survey, actor_id=None)
    print(survey.key)
"""


def make_surveys(environment: dict[str, str], count: int) -> list[str]:
    """Set an installation up with open surveys; return their keys."""
    return call(environment, MAKE_SURVEYS.replace("COUNT", str(count))).split()


def start(
    command: Sequence[str], environment: dict[str, str], port: int, path: str
) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                if get(connection, path)[0] < 500:
                    return process
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and everything it started."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def serve(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """Start `kalevi serve`."""
    code = "import sys; from kalevi.cli import main; sys.exit(main(['serve']))"
    return start([sys.executable, "-c", code], environment, port, "/account/login/")


def cpu_seconds(process: subprocess.Popen[bytes]) -> dict[int, float]:
    """Return the CPU time, user and system, of a process and all below it, by process."""
    whole = psutil.Process(process.pid)
    return {one.pid: sum(one.cpu_times()[:2]) for one in [whole, *whole.children(recursive=True)]}


def spent(before: dict[int, float], after: dict[int, float]) -> dict[int, float]:
    """Return by process what was spent between two looks."""
    return {pid: seconds - before.get(pid, 0.0) for pid, seconds in after.items()}


def get(connection: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, bytes]:
    """Open a page."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept-Language": "fi", **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def post(
    connection: http.client.HTTPConnection, path: str, form: str, address: str
) -> tuple[int, dict[str, str]]:
    """Send a form as from an address; return the status and the headers."""
    connection.request("POST", path, form.encode(), {**FORM, "X-Forwarded-For": address})
    answer = connection.getresponse()
    answer.read()
    return answer.status, dict(answer.getheaders())


def token_in(page: bytes) -> str:
    """Return the token of a form."""
    import gzip

    text = gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page
    found = re.search(rb'name="_form" value="([^"]+)"', text)
    if not found:
        raise RuntimeError("a page without a token")
    return found[1].decode()
