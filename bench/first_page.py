"""From a fresh clone to the first page of `./dev demo`, and the memory of the whole system while it serves.

Clones the committed tree into an empty folder, runs `./dev demo` there as a newcomer would, waits for the
page of signing in, signs in, opens Today, and adds up the proportional set size of every process.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import psutil

from bench._served import ROOT, free_port


def run() -> dict[str, Any]:
    """Return the figures."""
    folder = Path(tempfile.mkdtemp(prefix="kalevi-first-page-"))
    port = free_port()
    process = None
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "clone")], check=True)
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("KALEVI_", "DJANGO_", "VIRTUAL_ENV"))
        }
        environment["KALEVI_PORT"] = str(port)
        began = time.monotonic()
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                ["./dev", "demo"],
                cwd=folder / "clone",
                env=environment,
                stdout=log,
                stderr=log,
                process_group=0,
            )
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/account/login/", process)
        first = time.monotonic() - began
        _sign_in(address, (folder / "log").read_text())
        memory = _memory(process.pid)
        return {
            "figures": {"first_page_s": round(first, 1), "memory_pss_mb": round(memory, 1)},
            "against": {"first_page_s": 90, "memory_pss_mb": 300},
        }
    finally:
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    while True:
        if process.poll() is not None:
            raise SystemExit("./dev demo ended before it served a page")
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)


def _sign_in(address: str, log: str) -> None:
    """Sign in as the first demo login and open Today, so that memory is measured in use."""
    found = re.search(r"([a-z]+@example\.fi)", log)
    password = re.search(r"\b([a-z]+-demo)\b", log)
    if not found or not password:
        raise SystemExit("the demo printed no login")
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{address}/account/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    fields = {"login": found[1], "password": password[1], "csrfmiddlewaretoken": token[1] if token else ""}
    opener.open(f"{address}/account/login/", urllib.parse.urlencode(fields).encode())
    for path in ("/", "/interactions/", "/customers/"):
        if opener.open(address + path).status != 200:
            raise SystemExit(f"{path} did not open")


def _memory(pid: int) -> float:
    """Return the proportional set size of a process and all below it, in MB (10^6 bytes)."""
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(process.memory_full_info().pss for process in processes) / 1e6
