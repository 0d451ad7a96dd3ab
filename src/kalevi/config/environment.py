"""What the environment says: every setting that an installation can change, with its meaning.

`SETTINGS` is documented in `docs/reference/settings.md`; a test compares the two.
"""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, its default and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "KALEVI_HOME", "~/.kalevi", "Folder of the database, the secret key and the files; made when empty."
    ),
    Setting(
        "KALEVI_DATABASE_URL", "", "postgresql://user:password@host:port/name; SQLite in the home when unset."
    ),
    Setting("KALEVI_HOST", "127.0.0.1", "Address the web server listens on."),
    Setting("KALEVI_PORT", "8000", "Port the web server listens on."),
    Setting(
        "KALEVI_ADDRESS",
        "",
        "Address people use, such as https://kalevi.example.fi; from host and port when unset.",
    ),
    Setting(
        "KALEVI_TIME_ZONE", "Europe/Helsinki", "Zone of the company: times without a zone are read in it."
    ),
    Setting("KALEVI_LANGUAGE", "fi", "Language of pages for somebody who has not chosen: fi, sv or en."),
    Setting("KALEVI_LANG", "", "Language of the command line: fi, sv or en; from the locale when unset."),
    Setting("KALEVI_NIGHTLY_BACKUPS", "7", "How many nightly backups are kept in the home; 0 makes none."),
    Setting(
        "KALEVI_WEBHOOK_PRIVATE_HOSTS",
        "",
        "Names of hosts in your own network that webhooks may call, plain HTTP included, a comma between.",
    ),
    Setting("KALEVI_DEBUG", "", "1 shows error details on pages; for development only."),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def value(name: str) -> str:
    """Return the value of a documented setting; raises KeyError for one that is not documented."""
    default = _DEFAULTS[name]
    return os.environ.get(name) or default


def names(setting: str) -> tuple[str, ...]:
    """Return the names a setting lists, in small letters."""
    return tuple(name.strip().lower() for name in value(setting).split(",") if name.strip())


class SettingError(Exception):
    """A setting that cannot be used: its name. What it was set to is not told: it may hold a password."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def home() -> Path:
    """Return the data folder, made with mode 0700 when it is not there. Raises SettingError."""
    try:
        folder = Path(value("KALEVI_HOME")).expanduser().resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o777 != 0o700:
            folder.chmod(0o700)
    except (OSError, RuntimeError) as error:
        raise SettingError("KALEVI_HOME") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise SettingError("KALEVI_HOME")
    return folder


def port() -> int:
    """Return the port to listen on. Raises SettingError."""
    text = value("KALEVI_PORT")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SettingError("KALEVI_PORT")
    return int(text)


def listens_on() -> str:
    """Return host and port as an address has them. Raises SettingError."""
    host = value("KALEVI_HOST")
    return f"[{host}]:{port()}" if ":" in host else f"{host}:{port()}"


def address() -> str:
    """Return the address people use, as a browser's `Origin` tells it. Raises SettingError."""
    text = value("KALEVI_ADDRESS") or f"http://{listens_on()}"
    with contextlib.suppress(ValueError):
        parts = urlsplit(text)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        if usual and parts.hostname and not (parts.path.strip("/") or parts.query or parts.username):
            name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
            ending = f":{parts.port}" if parts.port not in (None, usual) else ""
            return f"{parts.scheme}://{name}{ending}"
    raise SettingError("KALEVI_ADDRESS")


def time_zone() -> str:
    """Return the company's time zone. Raises SettingError."""
    name = value("KALEVI_TIME_ZONE")
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise SettingError("KALEVI_TIME_ZONE") from error


def language() -> str:
    """Return the language of whoever has not chosen one. Raises SettingError."""
    code = value("KALEVI_LANGUAGE")
    if code not in ("fi", "sv", "en"):
        raise SettingError("KALEVI_LANGUAGE")
    return code


def secret_key(folder: Path) -> str:
    """Return the installation's secret key, made once and readable by its owner only. Raises SettingError."""
    path = folder / "secret-key"
    try:
        if key := _kept_key(path):
            return key
        with _alone_in(folder):
            # Written elsewhere first: a power failure leaves a whole key or none.
            if not _kept_key(path):
                partial = folder / ".secret-key"
                with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                    file.write(secrets.token_urlsafe(50))
                    file.flush()
                    os.fsync(file.fileno())
                partial.replace(path)
            return _kept_key(path)
    except OSError as error:
        raise SettingError("KALEVI_HOME") from error


def _kept_key(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def database(folder: Path) -> dict[str, Any]:
    """Return Django's description of the database. Raises SettingError for an address it cannot use."""
    text = value("KALEVI_DATABASE_URL")
    if not text:
        return {
            "ENGINE": "kalevi.config.sqlite",
            "NAME": folder / "kalevi.sqlite3",
            # A thread keeps its connection: opening one costs more than most pages.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # An acknowledged word is on disk (FULL), an erased one is overwritten (secure_delete),
                # and REPLACE fires the delete triggers of the guards (recursive_triggers).
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32000; "
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA wal_autocheckpoint=6000;"
                ),
            },
        }
    try:
        parts = urlsplit(text)
        number = parts.port
    except ValueError:
        raise SettingError("KALEVI_DATABASE_URL") from None
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise SettingError("KALEVI_DATABASE_URL")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(number or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
