"""Personal data of somebody else in a draft: what neither the recipient nor the sender brought."""

import re
from collections.abc import Sequence

from kalevi.text.personal_data import personal_data
from kalevi.text.reading import Span

_LEAKING = frozenset({"email", "phone", "personal_identity_code", "iban", "street_address", "licence_plate"})
# A company's own box or number is nobody's personal data.
_OF_COMPANY = re.compile(
    r"^(?:info|asiakaspalvelu|palvelu|kundservice|kundtjanst|support|help|hello|hei|hej|customer\w*|care|contact|"
    r"service|sales|myynti|order\w*|tilaukset|feedback|palaute|reklamaatio\w*|noreply|no-reply|office|team)"
    r"[\w.+-]*@",
    re.IGNORECASE,
)
_OURS_NEAR = re.compile(
    r"\b(?:meille|meidät|meihin|palvelunumero\w*|asiakaspalvelu\w*|vaihde\w*|vaihteesta|ajanvarau\w*|neuvonta\w*|"
    r"päivysty\w*|puhelinpalvelu\w*|numerosta(?:mme|ni)|numero(?:mme|ni)|minut|minulle|myymälä\w*|kundtjänst\w*|"
    r"kundservice\w*|tidsbokning\w*|rådgivning\w*|växeln?|jour(?:en|numret)|oss|vår\w*|mitt|mig|us|our|my|me|"
    r"hotline|customer (?:service|care)|store|office|toll)\b",
    re.IGNORECASE,
)
# Numbers of services, which no private person has in Finland.
_SERVICE = re.compile(r"^(?:\+358 ?|0)(?:[678]00|20|10|29|30|39|60|71|73|75|116|118)[ \d-]")
# A landline beside the name of a house is that house's.
_MOBILE = re.compile(r"^(?:\+358 ?|0)(?:4\d|50)")
_HOUSE = re.compile(
    r"\b(?:varasto|tehta|tehdas|osasto|yksik|liikennöitsij|huolto|kaupun|kunta|kunnan|vastaanotto|lagret|fabrik|"
    r"avdelning|mottagning|warehouse|depot|department|factory)\w*|\b(?:oy|oyj|ab|ltd)\b",
    re.IGNORECASE,
)
# Below "with kind regards", where a line or a sentence begins with it, stands the sender.
_SIGNS_OFF = re.compile(
    r"(?:^|\n|[.!?…)] )\s{0,9}(?:(?:(?:ystävällis|lämpim|parha|kunnioit)\w+ )?(?:terveisin|tervehtien)\b|"
    r"(?:yst\. ?terv|terv|t|yt)\.|(?:med )?(?:vänlig\w*|bästa|varma?) hälsning\w*|hälsningar\b|mvh\b|"
    r"(?:(?:kind|best|warm)(?:est)? )?regards\b|best wishes|(?:yours )?sincerely\b)",
    re.IGNORECASE,
)
LONGEST_SIGNATURE = 250
_LETTERS = re.compile(r"[^\w@]+")
BEFORE, AFTER = 60, 30


def leaks(draft: str, known: Sequence[str]) -> list[tuple[str, Span]]:
    """Kinds and places of personal data in `draft` that stand in none of the `known` texts.

    Known is what the recipient wrote, their own particulars, and the sender's. An identity code is a leak
    wherever it is not the recipient's; a company's box or number is none, nor is what stands below the
    closing words: that is the sender's own.
    """
    ours = [_plain(text) for text in known]
    found = []
    signed = signed_at(draft)
    for data in personal_data(draft):
        if data.kind not in _LEAKING:
            continue
        start, end = data.span
        value = draft[start:end]
        if any(_plain(value) in text for text in ours):
            continue
        near = draft[max(0, start - BEFORE) : end + AFTER]
        if data.kind != "personal_identity_code" and start >= signed:
            continue
        if data.kind == "phone" and (
            _SERVICE.match(value) or (not _MOBILE.match(value) and _HOUSE.search(near))
        ):
            continue
        if data.kind == "email" and _OF_COMPANY.match(value):
            continue
        if data.kind in ("phone", "email", "street_address", "iban") and _OURS_NEAR.search(near):
            continue
        found.append((data.kind, data.span))
    return found


def signed_at(draft: str) -> int:
    """Return where the sender signs off; the end where nobody does."""
    place = max((match.start() + 1 for match in _SIGNS_OFF.finditer(draft)), default=len(draft))
    return place if len(draft) - place <= LONGEST_SIGNATURE else len(draft)


def _plain(text: str) -> str:
    return _LETTERS.sub("", text).lower()
