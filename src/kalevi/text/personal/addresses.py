"""Street addresses: a street's name with a number, and a postcode with a town."""

import re
from functools import cache

from kalevi.text.personal.lists import first_parts, words

Span = tuple[int, int]

NUMBER = re.compile(r"(?<![\w.,:/+-])\d{1,5}(?![\d.,:/%€-]*\d)(?! ?(?:€|%|eur|kr\b|kpl|min\b|h\b))")
STREET_ENDINGS = (
    *(
        "katu",
        "kadun",
        "kadulla",
        "kadulta",
        "kadulle",
        "tie",
        "tien",
        "tiellä",
        "tielle",
        "kuja",
        "kujan",
        "kujalla",
    ),
    *(
        "polku",
        "polun",
        "polulla",
        "raitti",
        "rinne",
        "kaari",
        "aukio",
        "väylä",
        "bulevardi",
        "puistikko",
        "penger",
    ),
    *(
        "esplanadi",
        "gatan",
        "gata",
        "vägen",
        "stigen",
        "gränden",
        "allén",
        "esplanaden",
        "torget",
        "stranden",
    ),
)
BEFORE_STREET = frozenset(
    [
        "Iso",
        "Pieni",
        "Vanha",
        "Uusi",
        "Itäinen",
        "Läntinen",
        "Pohjoinen",
        "Eteläinen",
        "Östra",
        "Västra",
        "Norra",
        "Södra",
        "Stora",
        "Lilla",
        "Gamla",
    ]
)
LONGEST_STREET = 48
DOOR = re.compile(r"(?: ?[A-Za-z](?![\w]))?(?: ?\d{1,3}(?!\w|[.,:]\d| ?[€%]))?")
ENGLISH_STREET = re.compile(
    r" (?:[A-Z][a-z]{1,15} ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Crescent|Way|Square|Terrace)\b"
)
ENGLISH_TYPES = frozenset(
    [
        *("street", "st", "road", "rd", "avenue", "ave", "lane", "ln"),
        *("drive", "dr", "close", "crescent", "way", "square", "terrace"),
    ]
)
POSTCODE_AND_TOWN = re.compile(r",?\s{0,2}(?:FI-|SE-)?\d{3} ?\d{2} [A-ZÅÄÖ][\w-]{1,25}")
TOWN = re.compile(r" ([A-ZÅÄÖ][\w-]{1,25})")


@cache
def telling_words() -> frozenset[str]:
    """The words in lower case of which, or of a word with one of STREET_ENDINGS, every address holds one."""
    return ENGLISH_TYPES | first_parts(words("town"))


def addresses(text: str) -> list[Span]:
    """Where street addresses stand in `text`, with postcode and town where they follow."""
    found: list[Span] = []
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if found and start < found[-1][1]:
            continue
        begin = _street_before(start, text)
        if begin is not None:
            door = DOOR.match(text, end)
            end = door.end() if door else end
        elif english := ENGLISH_STREET.match(text, end):
            begin, end = start, english.end()
        elif end - start == 5 and (town := TOWN.match(text, end)) and town[1].lower() in words("town"):
            found.append((start, town.end()))
            continue
        else:
            continue
        rest = POSTCODE_AND_TOWN.match(text, end)
        found.append((begin, rest.end() if rest else end))
    return found


def _street_before(place: int, text: str) -> int | None:
    """Where the street begins whose name ends right before `place`; None where there is none."""
    if text[place - 1 : place] != " ":
        return None
    before = text[max(0, place - LONGEST_STREET) : place - 1].split()
    if not before or not before[-1].endswith(STREET_ENDINGS) or not before[-1][0].isupper():
        return None
    begin = place - 1 - len(before[-1])
    if len(before) > 1 and before[-2] in BEFORE_STREET and text[begin - 1] == " ":
        begin -= len(before[-2]) + 1
    return begin
