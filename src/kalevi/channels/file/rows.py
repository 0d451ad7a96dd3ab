"""From the cells of one row to what was told: pure, quick, and never an exception for bad input."""

import json
import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Given
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from json.encoder import encode_basestring
from typing import NamedTuple

from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.scores import scored
from kalevi.interactions.ids import EARLIEST, LATEST
from kalevi.interactions.intake import digest
from kalevi.interactions.told import Told, Understood
from kalevi.people.recognition import Person
from kalevi.tables import parse_datetime

NO_DATE = frozenset(
    {"", "-", "–", "—", "n/a", "na", "none", "null", "nan", "0000-00-00", "0000-00-00 00:00:00"}
)
AHEAD = timedelta(days=2)
_LANGUAGES = frozenset({"fi", "sv", "en"})
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")

REASONS = ("empty_row", "nothing_said", "unreadable_date", "date_too_old", "date_in_future")


def raw_of(cells: Sequence[str]) -> bytes:
    """Return the cells as the intake log keeps them."""
    return f"[{','.join(map(encode_basestring, cells))}]".encode("utf-8", "surrogatepass")


def cells_of(raw: bytes) -> list[str] | None:
    """Return the cells of an intake row; None for bytes that were no readable row."""
    try:
        cells = json.loads(raw.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return cells if isinstance(cells, list) and all(isinstance(cell, str) for cell in cells) else None


class Said(NamedTuple):
    """A row that was read: what it tells, its id in its source, a digest of what it says."""

    understood: Understood
    source_id: str
    content: bytes
    undated: bool = False

    @classmethod
    def unread(cls, reason: str, content: bytes) -> "Said":
        """Return a row whose cells could not even be told apart."""
        return cls(Understood(reason=reason), "", content)


Interpret = Callable[[Sequence[str], bytes, datetime], Said]


def interpreter(
    mapping: Mapping, zone: tzinfo, touchpoints: Given[str, str], colleague_id: int | None = None
) -> Interpret:
    """Return the function that reads one row: (cells, the same as raw bytes, when it was received)."""
    zone = UTC if mapping.utc else zone
    texts, titles = mapping.columns("text"), mapping.columns("title")
    date, rating, language = mapping.column("date"), mapping.column("rating"), mapping.column("language")
    id_column, reply, reply_date = mapping.column("id"), mapping.column("reply"), mapping.column("reply_date")
    place, expected = mapping.column("touchpoint"), mapping.column("expectation")
    feelings = mapping.columns("feeling")
    person_of = _person_reader(mapping)
    plain = len(texts) == 1 and not titles
    absent = NO_DATE | frozenset(mapping.absent)
    score_of = lru_cache(1_000)(partial(scored, scale=mapping.scale, values=mapping.values))
    told_by = None if mapping.own_words else (colleague_id or 0)

    def when(cell: str, received: datetime) -> tuple[datetime | None, str]:
        text = cell.strip()
        if text.casefold() in absent:
            return None, ""
        found = parse_datetime(text, zone, month_first=mapping.month_first)
        if found is None:
            return None, "unreadable_date"
        try:
            found = found.astimezone(UTC)
        except (OverflowError, ValueError):
            return None, "date_too_old"
        if not EARLIEST <= found < LATEST:
            return None, "date_too_old" if found < EARLIEST else "date_in_future"
        return (None, "date_in_future") if found - received > AHEAD else (found, "")

    def read(cells: Sequence[str], raw: bytes, received: datetime) -> Said:
        source_id = cells[id_column].strip() if id_column is not None else ""
        words = cells[texts[0]] if plain else _joined(cells, titles, texts)
        if not words.strip():
            words = ""
        score = score_of(cells[rating]) if rating is not None else None
        answer = cells[reply] if reply is not None and cells[reply].strip() else ""
        felt = tuple(cells[n].strip()[:200] for n in feelings if cells[n].strip())
        hoped = cells[expected] if expected is not None and cells[expected].strip() else None
        if source_id:
            score_key = repr((score.value, score.low, score.high)) if score else ""
            said = "\x1f".join((words, score_key, answer, *felt, hoped or ""))
            content = digest(said.encode("utf-8", "surrogatepass"))
        else:
            content = digest(raw)
        if not (words or score or answer or felt or hoped):
            reason = "nothing_said" if any(cell.strip() for cell in cells) else "empty_row"
            return Said(Understood(reason=reason), source_id, content)
        occurred, reason = when(cells[date], received) if date is not None else (None, "")
        if reason:
            return Said(Understood(reason=reason), source_id, content)
        at = occurred or received
        person = person_of(cells)
        first = Told(
            at,
            words or None,
            channel=mapping.channel,
            person=person,
            touchpoint=_touchpoint(cells, place, mapping.touchpoint, touchpoints),
            reference=source_id or None,
            language=_language(cells[language]) if language is not None else "",
            score=score,
            expectation=hoped,
            feelings=felt,
            told_by_colleague_id=told_by,
        )
        if not answer:
            return Said(Understood((first,)), source_id, content, occurred is None)
        replied = when(cells[reply_date], received)[0] if reply_date is not None else None
        second = Told(
            max(replied or at, at),
            answer,
            channel=mapping.channel,
            kind="message",
            outbound=True,
            part=1,
            touchpoint=first.touchpoint,
        )
        return Said(Understood((first, second)), source_id, content, occurred is None)

    return read


def _joined(cells: Sequence[str], titles: Sequence[int], texts: Sequence[int]) -> str:
    """Return title and answers, a blank line between; a title that only begins the words is left out."""
    words = "\n\n".join(cells[n] for n in texts if cells[n].strip())
    for number in reversed(titles):
        title = cells[number]
        begun = title.strip().rstrip("….").strip()
        if begun and not words.lstrip().startswith(begun):
            words = f"{title}\n\n{words}" if words else title
    return words


def _person_reader(mapping: Mapping) -> Callable[[Sequence[str]], Person | None]:
    email, phone, number = mapping.column("email"), mapping.column("phone"), mapping.column("person_id")
    names, account = mapping.columns("name"), mapping.column("account")
    kind = mapping.person_kind or f"{mapping.scope}:person"[:60]
    if email is None and phone is None and number is None:
        return lambda _cells: None

    def read(cells: Sequence[str]) -> Person | None:
        identities: list[tuple[str, str]] = []
        address = _plain(cells[email]).lower() if email is not None else ""
        if address and len(address) < 255 and _EMAIL.fullmatch(address):
            identities.append(("email", address))
        else:
            address = ""
        own = _plain(cells[number]) if number is not None else ""
        if own and len(own) < 255:
            identities.append((kind, own))
        called = _plain(cells[phone]) if phone is not None else ""
        digits = re.sub(r"[^\d+]", "", called)
        if 6 <= len(digits) <= 20:
            identities.append(("phone", digits))
        if not identities:
            return None
        name = " ".join(part for n in names if (part := _plain(cells[n])))
        organisation = _plain(cells[account]) if account is not None else ""
        return Person(tuple(identities), name, address, called[:40], "", organisation)

    return read


def _plain(cell: str) -> str:
    """Return a cell that a name or an address column can hold."""
    text = cell.strip()
    if text.isascii() and "\x00" not in text:
        return text
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _language(cell: str) -> str:
    code = cell.strip()[:2].lower()
    return code if code in _LANGUAGES else ""


def _touchpoint(
    cells: Sequence[str], column: int | None, otherwise: str, touchpoints: Given[str, str]
) -> str:
    if column is None:
        return otherwise
    return touchpoints.get(cells[column].strip().casefold(), otherwise)
