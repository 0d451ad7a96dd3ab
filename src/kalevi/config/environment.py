"""What the environment says: every setting that an installation can change, with its meaning.

`SETTINGS` is documented in `docs/reference/settings.md`; a test compares the two.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


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
    Setting("KALEVI_DEBUG", "", "1 shows error details on pages; for development only."),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def value(name: str) -> str:
    """Return the value of a documented setting; raises KeyError for one that is not documented."""
    default = _DEFAULTS[name]
    return os.environ.get(name) or default


def home() -> Path:
    """Return the data folder, made with mode 0700 when it is not there."""
    folder = Path(value("KALEVI_HOME")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def secret_key(folder: Path) -> str:
    """Return the installation's secret key, made once and readable by its owner only."""
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def database(folder: Path) -> dict[str, Any]:
    """Return Django's description of the database. Raises ValueError for an address it cannot use."""
    address = value("KALEVI_DATABASE_URL")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "kalevi.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # An acknowledged word is on disk (FULL), an erased one is overwritten (secure_delete),
                # and REPLACE fires the delete triggers of the guards (recursive_triggers).
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32000; "
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
                ),
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("KALEVI_DATABASE_URL begins with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
