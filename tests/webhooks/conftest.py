"""A receiver of webhooks on loopback, and endpoints that lead to it."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from kalevi.webhooks import signing
from kalevi.webhooks.models import Endpoint


class Receiver:
    """Keeps what it was sent, and answers as it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.body = 204, b""
        self.headers: dict[str, str] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received = {name.lower(): value for name, value in self.headers.items()}
                receiver.got.append((self.path, received, body))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(receiver.body)))
                self.end_headers()
                self.wfile.write(receiver.body)

            def log_message(self, *arguments: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/hook?from=kalevi"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_PRIVATE_HOSTS = ("localhost",)
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def endpoint(db: None) -> Callable[..., Endpoint]:
    def make(url: str, *kinds: str, **fields: Any) -> Endpoint:
        return Endpoint.objects.create(
            name="Shop", url=url, kinds=list(kinds), salt=signing.new_salt(), made_at=timezone.now(), **fields
        )

    return make
