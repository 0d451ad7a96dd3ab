"""One POST to the very address that was checked: no redirects, short, and nothing read that is not needed."""

import time
from collections.abc import Mapping
from typing import NamedTuple

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from kalevi.webhooks.addresses import RefusedError, Target, resolved, target

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 3.0, 5.0, 8.0
MOST_ANSWER = 64 * 1024


class Answer(NamedTuple):
    """The status that came, if any, and the key of what went wrong; empty when it was taken.

    Keys: bad_address, no_https, unknown_host, private_address, no_connection, broken_off, too_slow,
    bad_certificate, redirect, not_taken, gone.
    """

    status: int | None
    problem: str


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body and return what came of it; never raises for what the other side does."""
    try:
        to = target(url)
        addresses = resolved(to)
    except RefusedError as refused:
        return Answer(None, refused.reason)
    answer = Answer(None, "no_connection")
    for address in addresses:
        answer = _post(to, address, body, headers)
        # The same name may have an address that this machine has no way to.
        if answer.problem != "no_connection":
            break
    return answer


def _post(to: Target, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    begun = time.monotonic()
    try:
        with _pool(to, address) as pool:
            response = pool.urlopen(
                "POST",
                to.path,
                body=body,
                headers={**headers, "Host": to.named},
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                _read_a_little(response, begun)
            finally:
                response.close()
    except SSLError:
        return Answer(None, "bad_certificate")
    except NewConnectionError:
        return Answer(None, "no_connection")
    except (ConnectTimeoutError, ReadTimeoutError, TimeoutError):
        return Answer(None, "too_slow")
    except (HTTPError, OSError, ValueError):
        return Answer(None, "broken_off")
    return Answer(response.status, _problem(response.status))


def _pool(to: Target, address: str) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    if to.scheme == "http":
        return urllib3.HTTPConnectionPool(address, to.port, timeout=timeout, retries=False)
    # Connected to the address, spoken to and certified by the name.
    return urllib3.HTTPSConnectionPool(
        address,
        to.port,
        timeout=timeout,
        retries=False,
        server_hostname=to.host,
        assert_hostname=to.host,
        cert_reqs="CERT_REQUIRED",
    )


def _read_a_little(response: urllib3.BaseHTTPResponse, begun: float) -> None:
    """Take the answer's body up to a limit; one that drips longer than ALL_SECONDS is left."""
    taken = 0
    while taken < MOST_ANSWER and (piece := response.read(8192)):
        taken += len(piece)
        if time.monotonic() - begun > ALL_SECONDS:
            return


def _problem(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return "redirect" if 300 <= status < 400 else "gone" if status == 410 else "not_taken"
