"""Words that point to a person, found so that they can be masked in stories and reports."""

import re
from collections.abc import Iterable, Iterator

from kalevi.text.personal.addresses import addresses
from kalevi.text.personal.codes import accounts, emails, identity_codes, phones, plates
from kalevi.text.personal.names import names
from kalevi.text.reading import PersonalData, Span

DIGIT = re.compile("[0-9]")
LONG_NUMBER = re.compile(r"\d[\d ()+-]{5}")
MASK = "•••"


def personal_data(text: str, language: str = "und") -> tuple[PersonalData, ...]:
    """Everything in `text` that points to a person, in order and without overlaps.

    Where two kinds meet in one place, the one with the stricter form holds. Customers mix languages and names
    know none, so `language` changes nothing today; callers who know it may give it.
    """
    found: list[PersonalData] = []
    taken = bytearray()
    for kind, spans in _kinds(text):
        taken = taken or bytearray(len(text))
        for start, end in spans:
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(PersonalData(kind, (start, end)))
    found.sort(key=lambda data: data.span)
    return tuple(found)


def _kinds(text: str) -> Iterator[tuple[str, list[Span]]]:
    if "@" in text and (spans := emails(text)):
        yield "email", spans
    if DIGIT.search(text):
        if LONG_NUMBER.search(text):
            yield "personal_identity_code", identity_codes(text)
            yield "iban", accounts(text)
        yield "street_address", addresses(text)
        if LONG_NUMBER.search(text):
            yield "phone", phones(text)
        if "-" in text:
            yield "licence_plate", plates(text)
    if spans := names(text):
        yield "name", spans


def mask(text: str, spans: Iterable[Span]) -> str:
    """`text` with three dots in place of each span; spans that overlap become one."""
    pieces, place = [], 0
    for start, end in sorted(spans):
        if start >= place:
            pieces += [text[place:start], MASK]
        place = max(place, end)
    return "".join([*pieces, text[place:]])
