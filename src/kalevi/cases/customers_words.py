"""What a customer adds on the page of their case: received as it came, understood as their own words."""

import json
from collections.abc import Sequence
from datetime import datetime

from kalevi.interactions.models import Channel, Intake, Interaction, Kind
from kalevi.interactions.told import Told, Understood
from kalevi.people.models import Contact, Identity
from kalevi.people.recognition import Person

SOURCE = "case"


def packed(
    *, case_id: int, contact_id: int | None, words: str, said_at: datetime, corrects: bool = False
) -> bytes:
    """Return the words as they are received: JSON in UTF-8; `corrects`: we had misunderstood them."""
    told: dict[str, object] = {"case": case_id, "contact": contact_id, "words": words}
    told |= {"said_at": said_at.isoformat()} | ({"corrects": True} if corrects else {})
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def case_of(raw: bytes) -> int | None:
    """Return the case that words were said on; None for what is no such thing."""
    try:
        return int(json.loads(raw.decode("utf-8", "surrogatepass"))["case"])
    except (ValueError, KeyError, TypeError):
        return None


def corrections(words: Sequence[Interaction]) -> set[int]:
    """Return which of these words were said to put us right, by their ids."""
    added = {one.intake_id: one.pk for one in words if one.source == SOURCE}
    rows = Intake.objects.filter(pk__in=added, raw__isnull=False) if added else ()
    return {added[row.pk] for row in rows if _corrects(bytes(row.raw or b""))}


def _corrects(raw: bytes) -> bool:
    try:
        return json.loads(raw.decode("utf-8", "surrogatepass")).get("corrects") is True
    except (ValueError, AttributeError):
        return False


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Understand the words; what is no such thing is kept whole with the reason "not_a_case"."""
    return [_understood(bytes(row.raw or b"")) for row in rows]


def _understood(raw: bytes) -> Understood:
    try:
        kept = json.loads(raw.decode("utf-8", "surrogatepass"))
        contact_id = kept["contact"]
        person = Person((("contact", str(int(contact_id))),)) if contact_id is not None else None
        told = Told(
            datetime.fromisoformat(kept["said_at"]),
            str(kept["words"]),
            channel=Channel.WEB_FORM.value,
            kind=Kind.MESSAGE.value,
            person=person,
        )
    except (ValueError, KeyError, TypeError):
        return Understood(reason="not_a_case")
    return Understood((told,))


def know(contact: Contact) -> None:
    """Let a contact be known by an identity of ours, also after a merge."""
    Identity.objects.get_or_create(kind="contact", value=str(contact.pk), defaults={"contact": contact})
