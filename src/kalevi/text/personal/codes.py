"""Personal data with a form of its own: e-mail addresses, numbers of phones, accounts, people and cars."""

import re
from datetime import date

from kalevi.text.personal.lists import words

Span = tuple[int, int]

LOCAL_PART = re.compile(r"[\w.+%-]{1,64}\Z")
DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
IDENTITY_CODE = re.compile(r"(?<!\w)(\d{6})(?: ?([-–]) ?|([+A-FU-Ya-fu-y]))(\d{3})([0-9A-Ya-y])(?!\w)")
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES = {"+": 1800, **dict.fromkeys("-UVWXY", 1900), **dict.fromkeys("ABCDEF", 2000)}
ACCOUNT = re.compile(r"(?<!\w)([A-Za-z]{2})\d\d(?=[ \u00a0A-Z0-9-])")
BETWEEN = " \u00a0-"
COUNTRIES = "FI18 SE24 EE20 LV21 LT20 NO15 DK18 DE22 GB22 NL18 FR27 ES24 IT27 PL28 BE16 AT20"
ACCOUNT_LENGTHS = {code[:2]: int(code[2:]) for code in COUNTRIES.split()}
PHONE = re.compile(
    r"(?<![\w+.,/:-])"
    r"(?:\+\d{1,3}|00[1-9]\d{1,2}|\(0\d{1,3}\)|0[1-9]\d{0,3}|\(?[2-9]\d\d\)?(?=[ -]\d{3}-\d{4}))"
    r"(?:[ \u00a0–-]?\(?\d\)?){5,12}(?![\w€$£%/]|[.,:]\d| ?(?:€|eur|kr|kpl|euro))",
    re.IGNORECASE,
)
NO_PHONE_BEFORE = re.compile(
    r"(?:tilaus|order|viite|ref|lasku|faktura|invoice|seuranta|tracking|asiakasn|kundn|customer n|"
    r"tuote|product|artikkeli|artikel|paketti|paket|lähety|shipment|försändelse|jäsen|medlem|y-tunnus|ean|isbn|"
    r"sarjanumero|serial|tiketti|ticket|case|ärende)\w{0,12}"
    r"(?: (?:number|numero|nummer))?[ :.#=nro–-]{0,8}(?:on |är |is |oli |was )?\Z",
    re.IGNORECASE,
)
PLATE = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,3}-\d{1,3}(?![\w-])")
PLATE_CUES = frozenset(
    (
        *(
            "rekkari",
            "rekkarini",
            "rekkarin",
            "rekisterinumero",
            "rekisterinumeroni",
            "rekisterinro",
            "rekkarinumero",
        ),
        *("rekisteritunnus", "rekisteritunnukseni", "rekisterikilpi", "rekisterikilvet", "kilvet", "kilpi"),
        *("registernummer", "registernumret", "registration"),
    )
)
"""Words after which a licence plate is one however it is written."""
PLATE_AFTER_CUE = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(PLATE_CUES, key=len, reverse=True))})"
    r"(?: (?:number|numero|on|är|is))?[ :.]{1,3}"
    r"(?!(?:of|no|on|in|is|to|at|by|for|was|and|nro|nr|ja|ei|oli|är|den|jo)\b)"
    r"([a-zåäö]{2,3}[ -]?\d{1,3})(?!\w)",
    re.IGNORECASE,
)
NO_PLATE_BEFORE = re.compile(r"(?:tuote|malli|koodi|product|model|code|artikel|kod)\w{0,4} \Z", re.IGNORECASE)
AROUND_PLATE = re.compile(r"[^\W\d_]+(?:\.nr)?")


def emails(text: str) -> list[Span]:
    """Addresses of e-mail."""
    found, at = [], text.find("@")
    while at >= 0:
        domain = DOMAIN.match(text, at + 1)
        local = LOCAL_PART.search(text, max(0, at - 64), at) if domain else None
        if local and domain:
            found.append((local.start(), domain.end()))
        at = text.find("@", at + 1)
    return found


def identity_codes(text: str) -> list[Span]:
    """Finnish personal identity codes whose date exists and whose check character is right."""
    return [match.span() for match in IDENTITY_CODE.finditer(text) if _is_identity_code(*match.groups())]


def _is_identity_code(day: str, hyphen: str | None, letter: str | None, number: str, check: str) -> bool:
    sign = letter or "-"
    if not (day + number).isascii():
        return False
    try:
        date(CENTURIES[sign.upper()] + int(day[4:]), int(day[2:4]), int(day[:2]))
    except ValueError:
        return False
    return CHECK_CHARACTERS[int(day + number) % 31] == check.upper()


def accounts(text: str) -> list[Span]:
    """Bank account numbers (IBAN) of the right length for their country whose check digits are right."""
    found = []
    for match in ACCOUNT.finditer(text):
        length = ACCOUNT_LENGTHS.get(match[1].upper())
        if length is None:
            continue
        end, taken = match.start(), ""
        while end < len(text) and len(taken) < length and (text[end].isalnum() or text[end] in BETWEEN):
            taken += text[end] if text[end] not in BETWEEN else ""
            end += 1
            if end - match.start() > 2 * length:
                break
        if len(taken) == length and taken.isascii() and not text[end : end + 1].isalnum() and _checks(taken):
            found.append((match.start(), end))
    return found


def _checks(account: str) -> bool:
    moved = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def phones(text: str) -> list[Span]:
    """Numbers of phones, Finnish and international; numbers of orders, invoices and parcels are none."""
    found = []
    for match in PHONE.finditer(text):
        digits = sum(map(str.isdigit, match[0]))
        if not 7 <= digits <= 15 or NO_PHONE_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            continue
        found.append(match.span())
    return found


def plates(text: str) -> list[Span]:
    """Licence plates, where a word about cars stands near: ABC-123 is as often the name of a product.

    Right after a word that announces one ("rekkari abc 123") it is one however it is written.
    """
    found = []
    for match in PLATE.finditer(text):
        if NO_PLATE_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            continue
        near = text[max(0, match.start() - 80) : match.end() + 60].lower()
        if not words("vehicle").isdisjoint(AROUND_PLATE.findall(near)):
            found.append(match.span())
    return found + [match.span(1) for match in PLATE_AFTER_CUE.finditer(text)]
