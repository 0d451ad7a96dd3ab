"""A database with a million interactions, made by fast SQL and kept in a temporary folder between runs."""

import hashlib
import json
import os
import random
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

INTERACTIONS, CONTACTS, BUSY = 1_000_000, 150_000, 5_000
NEWEST = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SPAN = timedelta(days=730)
BATCH = 20_000
CHANNELS = ("survey",) * 8 + ("email",) * 4 + ("review", "review", "phone", "counter")
SOURCE = Path(__file__).resolve().parent.parent / "src" / "kalevi"


def folder() -> Path:
    """Return the folder of this version of the tables and of this bench."""
    parts = [*sorted(SOURCE.rglob("migrations/*.py")), Path(__file__), SOURCE / "text" / "stems.py"]
    digest = hashlib.blake2b(b"".join(path.read_bytes() for path in parts), digest_size=6).hexdigest()
    return Path(tempfile.gettempdir()) / f"kalevi-bench-million-{digest}"


def prepare() -> bool:
    """Point this process at the database, making it when it is not there; return whether it was made."""
    home = folder()
    os.environ["KALEVI_HOME"] = str(home)
    os.environ["KALEVI_LANGUAGE"] = "fi"
    os.environ.pop("KALEVI_DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalevi.config.settings")
    import django

    django.setup()
    if (home / "made").exists():
        return False
    for older in home.parent.glob("kalevi-bench-million-*"):
        if older != home:
            shutil.rmtree(older, ignore_errors=True)
    for leftover in home.glob("kalevi.sqlite3*"):
        leftover.unlink()
    _fill()
    (home / "made").touch()
    return True


def _texts() -> list[tuple[str, str]]:
    found = []
    for path in sorted((SOURCE / "demo" / "words").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("text") and row.get("language") in ("fi", "sv", "en"):
                found.append((row["text"], row["language"]))
    return found


def _fill() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from kalevi.interactions import search_index
    from kalevi.interactions.findings import code
    from kalevi.interactions.ids import interaction_id
    from kalevi.interactions.preparing import read_safely
    from kalevi.journeys.models import JourneyStage, Touchpoint
    from kalevi.people.models import Colleague
    from kalevi.text import Reader

    chance = random.Random(61)
    Colleague.objects.create_user("bench@example.fi", None, name="Aino Mittaaja", role="manager")
    stage = JourneyStage.objects.create(
        key="use", position=99, name_fi="Käyttö", name_sv="Bruk", name_en="Use"
    )
    touchpoints = [
        Touchpoint.objects.create(
            key=f"bench-{n}", stage=stage, name_fi=f"Piste {n}", name_sv=f"Punkt {n}", name_en=f"Point {n}"
        ).pk
        for n in range(12)
    ]
    texts = _texts()
    read = read_safely(Reader(), [text for text, _language in texts], [NEWEST] * len(texts))
    known = [
        (
            text,
            reading.language,
            reading.sentiment,
            reading.model,
            reading.body,
            sorted(reading.codes),
            search_index.keys(text, reading.language),
        )
        for (text, _language), reading in zip(texts, read, strict=True)
        if reading is not None
    ]
    with connection.cursor() as cursor:
        for pragma in ("synchronous=OFF", "secure_delete=OFF", "cache_size=-400000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("DROP TRIGGER IF EXISTS guard_interactions_interaction_insert")
        cursor.execute("DROP TRIGGER IF EXISTS guard_interactions_intake_insert")
        cursor.execute("DROP TRIGGER IF EXISTS guard_interactions_reading_insert")
        moment = NEWEST.isoformat(" ")
        cursor.execute("BEGIN")
        _many(
            cursor,
            "people_contact (id, name, email, phone, language, side, stage, created_at)",
            (
                (
                    n,
                    f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                    f"asiakas{n}@example.fi",
                    "",
                    "fi",
                    "customer",
                    "customer",
                    moment,
                )
                for n in range(1, CONTACTS + 1)
            ),
        )
        _many(
            cursor,
            "people_identity (contact_id, kind, value)",
            ((n, "email", f"asiakas{n}@example.fi") for n in range(1, CONTACTS + 1)),
        )
        cursor.execute("COMMIT")
        found: list[tuple[int, int]] = []
        for start in range(0, INTERACTIONS, BATCH):
            rows: list[tuple[Any, ...]] = []
            intakes, read, index = [], [], []
            for place in range(start, min(start + BATCH, INTERACTIONS)):
                at = NEWEST - SPAN * (1 - place / INTERACTIONS)
                intake = place + 1
                number = interaction_id(at, intake)
                text, language, sentiment, model, body, numbers, keys = known[chance.randrange(len(known))]
                if place % 9_973 == 0:
                    text, keys = f"{text} Kaljaasi.", f"{keys} {search_index.keys('Kaljaasi', 'fi')}"
                contact = 1 if place % (INTERACTIONS // BUSY) == 0 else chance.randrange(2, CONTACTS + 1)
                when = at.isoformat(" ")
                channel = "post" if place % 4_999 == 0 else chance.choice(CHANNELS)
                touchpoint = touchpoints[min(11, int(chance.expovariate(0.6)))]
                rows.append(
                    (
                        number,
                        contact,
                        touchpoint,
                        channel,
                        "feedback",
                        0,
                        text,
                        language,
                        when,
                        when,
                        "file",
                        intake,
                        "",
                        "",
                    )
                )
                intakes.append(
                    (intake, "file", "bench", place.to_bytes(16, "big"), b"\0" * 16, b"{}", when, 1, "")
                )
                read.append((number, model, when, language, sentiment, body))
                index.append((number, keys))
                found += [(one, number) for one in (*numbers, code("channel", channel))]
            cursor.execute("BEGIN")
            _many(
                cursor,
                "interactions_intake (id, source, scope, identity, content, raw, received_at, state, reason)",
                intakes,
            )
            _many(
                cursor,
                "interactions_interaction (id, contact_id, touchpoint_id, channel, kind, outbound, verbatim,"
                " language, occurred_at, received_at, source, intake_id, score_kind, outcome)",
                rows,
            )
            _many(cursor, "interactions_reading (interaction_id, model, at, language, sentiment, body)", read)
            _many(cursor, "interactions_search (rowid, keys)", index)
            cursor.execute("COMMIT")
        found.sort()
        cursor.execute("BEGIN")
        _many(cursor, "interactions_found (code, interaction_id)", found)
        cursor.execute("COMMIT")
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _many(cursor: Any, target: str, rows: Any) -> None:
    places = ", ".join(["%s"] * (target.count(",") + 1))
    cursor.executemany(f"INSERT INTO {target} VALUES ({places})", rows)


FIRST = (
    "Aino",
    "Eero",
    "Helmi",
    "Liisa",
    "Matti",
    "Noora",
    "Oskar",
    "Päivi",
    "Raili",
    "Saara",
    "Yrjö",
    "Åsa",
)
LAST = (
    "Aalto",
    "Eklund",
    "Hakala",
    "Järvinen",
    "Koski",
    "Mäkelä",
    "Niemi",
    "Ojala",
    "Ranta",
    "Virtanen",
    "Öberg",
)
