"""Street addresses: a street's name with a number, and a postcode with a town."""

import re
from functools import cache

from kalevi.text.personal.lists import first_parts, words

Span = tuple[int, int]

NUMBER = re.compile(
    r"(?<![\w.,:/+-])\d{1,5}(?:[-–]\d{1,3})?(?![\d.,:/%€-]*\d)(?! ?(?:€|%|eur|kr\b|kpl|min\b|h\b))"
)
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
CUE_REACH = 30
CUE = re.compile(
    r"(?:osoit\w{0,8}|asun|asumme|asuu|asuin|kotiosoit\w{0,6}|"
    r"bor|bodde|adress\w{0,4}|hemadress\w{0,2}|address|live at|lives at)"
    r"(?: (?:on|är|is|på|i))?[ :]{1,2}(?:[\w]{1,12} )?\Z",
    re.IGNORECASE,
)
"""What stands before an address even where nobody writes its capital letters."""
POSTCODE_SOON = re.compile(r"\d{1,4}(?: ?[A-Za-z])?(?: ?\d{1,3})?,? {1,2}\d{5} ")
DOOR = re.compile(r"(?: ?[A-Za-z](?![\w]))?(?: ?(?:as\.? |lgh |apt )?\d{1,3}(?!\w|[.,:]\d| ?[€%]))?")
ENGLISH_STREET = re.compile(
    r" (?:[A-Z][a-z]{1,15} ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Crescent|Way|Square|Terrace)\b"
)
SMALL_ENGLISH_STREET = re.compile(
    r" (?:[a-z]{2,15} ){1,2}(?:street|road|avenue|lane|drive|close|crescent|square|terrace)\b"
)
UK_POSTCODE = re.compile(r",? (?:[A-Z][a-z]{1,20}(?:,? ))?[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b")
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
            postcode = UK_POSTCODE.match(text, end)
            end = postcode.end() if postcode else end
        elif (english := SMALL_ENGLISH_STREET.match(text, end)) and CUE.search(
            text, max(0, start - CUE_REACH), start
        ):
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
    before = text[max(0, place - LONGEST_STREET) : place - 1].split(" ")
    street = before[-1]
    if not street.endswith(STREET_ENDINGS):
        return None
    begin = place - 1 - len(street)
    if street[0].isupper():
        if len(before) > 1 and before[-2] in BEFORE_STREET:
            begin -= len(before[-2]) + 1
        return begin
    if street in STREET_ENDINGS:
        return _begin_of_parts(before, begin)
    if CUE.search(text, max(0, begin - CUE_REACH), begin) or POSTCODE_SOON.match(text, place):
        return begin
    return None


def _begin_of_parts(before: list[str], begin: int) -> int | None:
    """Where a street in several words begins (Sibeliuksen katu, Norra vägen); None where none stands."""
    parts = 0
    for part in before[-2:-4:-1]:
        if not part[:1].isupper() or not part.isalpha():
            break
        begin -= len(part) + 1
        parts += 1
    return begin if parts else None
