"""The name, not the address, is what the receiver's certificate has to be for."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from kalevi.webhooks import posting
from kalevi.webhooks.posting import post

x509 = pytest.importorskip("cryptography.x509")
pytestmark = pytest.mark.library


def certificate(folder: Path, name: str) -> Path:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("192.0.2.1"))]
            ),
            False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[tuple[int, list[Any]]]:
    both = certificate(tmp_path, "hooks.example.fi")
    seen: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers["Host"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    class Server(HTTPServer):
        def handle_error(self, *arguments: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    context.sni_callback = lambda _socket, name, _context: seen.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    monkeypatch.setattr(posting, "resolved", lambda to: ["127.0.0.1"])
    yield server.server_port, seen
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_name_is_asked_for_and_certified(served: tuple[int, list[Any]]) -> None:
    port, seen = served
    assert post(f"https://hooks.example.fi:{port}/", b"{}", {}) == (204, "")
    assert seen == ["hooks.example.fi", f"hooks.example.fi:{port}"]


def test_another_name_is_refused(served: tuple[int, list[Any]]) -> None:
    port, _seen = served
    assert post(f"https://other.example.fi:{port}/", b"{}", {}) == (None, "bad_certificate")
