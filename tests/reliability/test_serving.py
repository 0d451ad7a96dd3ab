"""One command serves web and worker, mends what dies, and stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import psutil
import pytest

pytestmark = pytest.mark.reliability


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float = 120) -> bool:
    """Whether something comes to hold in time."""
    end, breath = monotonic() + seconds, Event()
    while monotonic() < end:
        if holds():
            return True
        breath.wait(0.05)
    return False


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[psutil.Process, int, Path]]:
    port = free_port()
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "KALEVI_DATABASE_URL")
    }
    environment |= {"KALEVI_HOME": str(tmp_path / "home"), "KALEVI_PORT": str(port), "KALEVI_LANG": "en"}
    log = (tmp_path / "log").open("w")
    command = [sys.executable, "-c", "import sys; from kalevi.cli import main; sys.exit(main(['serve']))"]
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=tmp_path)
    yield psutil.Process(process.pid), port, tmp_path
    if process.poll() is None:
        process.kill()
    process.wait(timeout=20)
    log.close()


def test_serves_mends_and_stops(served: tuple[psutil.Process, int, Path]) -> None:
    process, port, folder = served
    assert until(lambda: answers(port))
    home = folder / "home"
    assert home.stat().st_mode & 0o777 == 0o700
    children = process.children()
    assert len(children) == 2
    for child in children:
        child.kill()
    assert until(lambda: len([c for c in process.children() if c.pid not in {k.pid for k in children}]) == 2)
    assert until(lambda: answers(port))
    everybody = process.children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)
    assert until(lambda: not any(child.is_running() for child in everybody))
    log = (folder / "log").read_text()
    assert "/invitation/" in log
    assert "Traceback" not in log
    assert log.rstrip().endswith("Kalevi has stopped. Nothing was left half done.")


def test_killed_parent_leaves_nobody_behind(served: tuple[psutil.Process, int, Path]) -> None:
    process, port, _folder = served
    assert until(lambda: answers(port))
    everybody = process.children(recursive=True)
    process.kill()
    assert until(lambda: not any(child.is_running() for child in everybody))
