"""A real IMAP server (Debian's Dovecot) and a real SMTP server (aiosmtpd), for one test run, on loopback."""

import contextlib
import getpass
import imaplib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "hello", "a long & odd pass word"


def dovecot() -> str | None:
    """Return the program of the IMAP server, None where it is not installed."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> tuple[Path, Path]:
    """Write a key and a certificate of its own for `localhost`; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "cert.pem", folder / "key.pem"
    cert_path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert_path, key_path


@dataclass(frozen=True)
class ImapServer:
    """A running Dovecot with one user; `certificate` is what a client has to trust."""

    port: int
    tls_port: int
    certificate: Path

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Yield a signed-in client, as the customer's side uses it."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        try:
            client.login(USER, PASSWORD)
            yield client
        finally:
            client.logout()

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Lay mails into a folder, made when it is not there."""
        with self.client() as client:
            client.create(folder)
            for raw in mails:
                kind, answer = client.append(folder, "", None, raw)
                assert kind == "OK", answer

    def remove(self, folder: str) -> None:
        """Remove a folder with all its mails."""
        with self.client() as client:
            client.delete(folder)

    def unread(self, folder: str = "INBOX") -> int:
        """Return how many mails of a folder are unread."""
        with self.client() as client:
            client.select(folder, readonly=True)
            _kind, found = client.search(None, "UNSEEN")
            return len(found[0].split())


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Run Dovecot on loopback, as whoever runs the test, with everything it writes in a folder of its own."""
    program = dovecot()
    assert program, "dovecot is not installed"
    # Its processes run as other users, who cannot look into pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="kalevi-dovecot-"))
    folder.chmod(0o755)
    cert, key = certificate(folder)
    mails = folder / "mail"
    mails.mkdir()
    owner = "mail" if os.getuid() == 0 else getpass.getuser()
    if os.getuid() == 0:
        shutil.chown(mails, owner)
    server = ImapServer(free_port(), free_port(), cert)
    config = folder / "dovecot.conf"
    config.write_text(_configuration(folder, server, key, owner))
    process = subprocess.Popen(
        [program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(server.port, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _configuration(folder: Path, server: ImapServer, key: Path, owner: str) -> str:
    own = ""
    if os.getuid() != 0:
        own = f"default_internal_user = {owner}\ndefault_login_user = {owner}\n"
        own += "service anvil {\n chroot =\n}\nservice imap-login {\n chroot =\n}\n"
    # A wrong password must not slow down the tests after it.
    own += "service anvil {\n unix_listener anvil-auth-penalty {\n mode = 0\n }\n}\n"
    return f"""
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
listen = 127.0.0.1
log_path = {folder}/log
ssl = yes
ssl_cert = <{server.certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 50
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {_users(folder)}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {server.port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
    ssl = yes
  }}
}}
{own}"""


def _users(folder: Path) -> Path:
    users = folder / "users"
    users.write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    return users


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = monotonic() + 30
    while monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"dovecot did not start: {log.read_text() if log.exists() else ''}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        sleep(0.05)
    raise AssertionError("dovecot does not answer")


@dataclass
class Taken:
    """What an SMTP server took: sender, recipient and bytes; `answers` are given in turn instead of 250."""

    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take a recipient or say why not."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail or answer what is to be answered."""
        if self.answers:
            return self.answers.pop(0)
        self.mails.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.content))
        return "250 taken"


class _OverTls(Controller):
    """A server whose connections begin with TLS."""

    def __init__(self, *args: Any, tls: ssl.SSLContext, **kwargs: Any) -> None:
        super().__init__(*args, ssl_context=tls, **kwargs)

    def _trigger_server(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        raw = socket.create_connection((self.hostname, self.port or 0), 5)
        with context.wrap_socket(raw) as wrapped:
            wrapped.recv(1024)


@contextmanager
def smtp_server(folder: Path, *, security: str) -> Iterator[tuple[int, Path, Taken]]:
    """Run an SMTP server on loopback that wants a password; yield its port, certificate and what it took."""
    cert, key = certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    taken = Taken()

    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        well = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=well, handled=well)

    common: dict[str, Any] = {"hostname": "localhost", "port": free_port(), "authenticator": known}
    if security == "tls":
        controller: Controller = _OverTls(taken, tls=context, auth_require_tls=False, **common)
    else:
        required = security == "starttls"
        controller = Controller(
            taken,
            tls_context=context if required else None,
            require_starttls=required,
            auth_require_tls=required,
            **common,
        )
    controller.start()
    try:
        yield int(controller.port), cert, taken
    finally:
        controller.stop()
