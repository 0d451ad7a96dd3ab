"""From an answer that was acknowledged until it is read and seen on Today, served by web and worker.

A colleague's browser asks Today's own address for what is new, as the page does by itself. Twenty
answers, one after the other, each in words that ask for somebody.
"""

import http.client
import re
import time
from contextlib import closing
from typing import Any

from bench import _served as served

ROUNDS = 20
_COLLEAGUE = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from kalevi.people.models import Colleague
one = Colleague.objects.create_user("bench@example.fi", None, name="Aino Mittaaja", role="manager")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(one.pk), one.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
print(session.session_key)
"""
_READ = """
from kalevi.interactions.models import Interaction, Reading
print(Interaction.objects.count(), Reading.objects.count())
"""


def run() -> dict[str, Any]:
    """Return seconds from the acknowledgement until Today shows the words."""
    with served.folder() as home:
        port = served.free_port()
        environment = served.environment(home / "home", port) | {"KALEVI_ADDRESS": f"http://127.0.0.1:{port}"}
        key = served.make_surveys(environment, 1)[0]
        session = served.call(environment, _COLLEAGUE).strip()
        process = served.serve(environment, port)
        try:
            taken = sorted(_one(port, key, session, number) for number in range(ROUNDS))
            told, read = map(int, served.call(environment, _READ).split())
        finally:
            served.stop(process)
    if told != ROUNDS or read != ROUNDS:
        raise RuntimeError(f"{told} interactions and {read} readings of {ROUNDS}")
    return {
        "figures": {
            "seen_p50_s": round(taken[ROUNDS // 2], 2),
            "seen_slowest_s": round(taken[-1], 2),
            "answers": ROUNDS,
        },
        "against": {"seen_slowest_s": 2.0},
    }


def _one(port: int, key: str, session: str, number: int) -> float:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        token = served.token_in(served.get(connection, f"/s/{key}/fi")[1])
        time.sleep(1.2 + number % 5 / 10)
        words = f"Olen+aivan+ep%C3%A4toivoinen%2C+kukaan+ei+vastaa.+Soittakaa+minulle%21+kerta{number}x"
        form = f"words={words}&again=1&_form={token}"
        status, _headers = served.post(connection, f"/s/{key}", form, "192.0.2.1")
        if status != 303:
            raise RuntimeError(f"an answer was answered {status}")
        begun = time.monotonic()
        while time.monotonic() - begun < 30:
            status, page = served.get(connection, "/today/live/", Cookie=f"sessionid={session}")
            if re.search(rf"kerta{number}x".encode(), _plain(page)):
                return time.monotonic() - begun
            time.sleep(0.05)
    raise RuntimeError(f"an answer was never seen; Today answered {status}")


def _plain(page: bytes) -> bytes:
    import gzip

    return gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page
