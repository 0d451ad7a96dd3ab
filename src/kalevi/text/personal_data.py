"""Words that point to a person, found so that they can be masked in stories and reports."""

import re
from collections.abc import Iterable, Iterator

from kalevi.text.personal.addresses import addresses
from kalevi.text.personal.codes import accounts, emails, identity_codes, phones, plates
from kalevi.text.personal.names import names
from kalevi.text.reading import PersonalData, Span

DIGIT = re.compile("[0-9]")
LONG_NUMBER = re.compile(r"\d[\d \u00a0()+–-]{5}")
MASK = "•••"
Found = tuple[PersonalData, ...]
EMAIL, NUMBERS, ADDRESS, PLATE, NAME = 1, 2, 4, 8, 16
ALL = EMAIL | NUMBERS | ADDRESS | PLATE | NAME


def personal_data(text: str, language: str = "und", kinds: int = ALL) -> Found:
    """Everything in `text` that points to a person, in order and without overlaps.

    Where two kinds meet in one place, the one with the stricter form holds. Customers mix languages and names
    know none, so `language` changes nothing today; callers who know it may give it. `kinds` are bits: a
    caller who knows what cannot be there may leave it out.
    """
    found: list[PersonalData] = []
    taken = bytearray()
    for kind, spans in _kinds(text, kinds):
        taken = taken or bytearray(len(text))
        for start, end in spans:
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(PersonalData(kind, (start, end)))
    found.sort(key=lambda data: data.span)
    return tuple(found)


def _kinds(text: str, kinds: int) -> Iterator[tuple[str, list[Span]]]:
    if kinds & EMAIL and "@" in text and (spans := emails(text)):
        yield "email", spans
    if kinds & (NUMBERS | ADDRESS | PLATE) and DIGIT.search(text):
        long = kinds & NUMBERS and LONG_NUMBER.search(text)
        if long:
            yield "personal_identity_code", identity_codes(text)
            yield "iban", accounts(text)
        if kinds & ADDRESS:
            yield "street_address", addresses(text)
        if long:
            yield "phone", phones(text)
        if kinds & PLATE:
            yield "licence_plate", plates(text)
    if kinds & NAME and (spans := names(text)):
        yield "name", spans


def mask(text: str, spans: Iterable[Span]) -> str:
    """`text` with three dots in place of each span; spans that overlap become one."""
    pieces, place = [], 0
    for start, end in sorted(spans):
        if start >= place:
            pieces += [text[place:start], MASK]
        place = max(place, end)
    return "".join([*pieces, text[place:]])
