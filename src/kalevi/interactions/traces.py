"""Rows that nobody was recognised on, since they wait or were rejected, and that still name a person."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from kalevi.interactions.models import Intake
from kalevi.people.models import Contact, Identity

_PHONE = re.compile(r"\+?\d[\d\s()./–-]{4,28}\d")
# A shorter id may be anything in a row of another source: a score, a number of pieces.
TELLING = 6


def rows_naming(contact_id: int) -> Iterator[int]:
    """Yield the ids of waiting and rejected intake rows that hold an address or an id of a contact."""
    names = _recogniser(contact_id)
    if names is None:
        return
    rows = Intake.objects.filter(
        state__in=(Intake.State.WAITING, Intake.State.REJECTED), raw__isnull=False
    ).order_by("pk")
    for number, scope, raw in rows.values_list("pk", "scope", "raw").iterator(chunk_size=200):
        if names(scope, bytes(raw or b"").decode("utf-8", "replace")):
            yield number


def _recogniser(contact_id: int) -> Callable[[str, str], bool] | None:
    known = set(Identity.objects.filter(contact_id=contact_id).values_list("kind", "value"))
    known |= {
        (kind, value)
        for row in Contact.objects.filter(pk=contact_id).values_list("email", "phone")
        for kind, value in zip(("email", "phone"), row, strict=True)
        if value
    }
    if not known:
        return None
    emails = {value.lower() for kind, value in known if kind == "email"}
    phones = {re.sub(r"[^\d+]", "", value) for kind, value in known if kind == "phone"} - {""}
    ids = {(kind, value) for kind, value in known if kind not in ("email", "phone")}
    address = re.compile("|".join(rf"(?<![\w.+-]){re.escape(one)}(?![\w-]|\.\w)" for one in sorted(emails)))

    def names(scope: str, text: str) -> bool:
        if emails and address.search(text.lower()):
            return True
        if phones and any(re.sub(r"[^\d+]", "", found) in phones for found in _PHONE.findall(text)):
            return True
        cells = _cells(text) if ids else set()
        return any(
            value in cells and (len(value) >= TELLING or kind == f"{scope}:person"[:60])
            for kind, value in ids
        )

    return names


def _cells(text: str) -> set[str]:
    try:
        return set(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return {part.strip("\"' ") for part in re.split(r"[,;\t|\n]", text)}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif value is not None:
        yield str(value).strip()
