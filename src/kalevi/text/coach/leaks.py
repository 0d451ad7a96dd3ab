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
    r"\b(?:meille|meidät|meihin|palvelunumero\w*|asiakaspalvelu\w*|vaihde\w*|numerosta(?:mme|ni)|numero(?:mme|ni)|minut|"
    r"minulle|myymälä\w*|kundtjänst\w*|oss|vår\w*|mitt|mig|us|our|my|me|hotline|customer (?:service|care)|"
    r"store|office|toll)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\w@]+")
BEFORE, AFTER = 60, 30


def leaks(draft: str, known: Sequence[str]) -> list[tuple[str, Span]]:
    """Kinds and places of personal data in `draft` that stand in none of the `known` texts.

    Known is what the recipient wrote, their own particulars, and the sender's. An identity code is a leak
    wherever it is not the recipient's; a company's box or number is none.
    """
    ours = [_plain(text) for text in known]
    found = []
    for data in personal_data(draft):
        if data.kind not in _LEAKING:
            continue
        start, end = data.span
        value = draft[start:end]
        if any(_plain(value) in text for text in ours):
            continue
        near = draft[max(0, start - BEFORE) : end + AFTER]
        if data.kind == "email" and _OF_COMPANY.match(value):
            continue
        if data.kind in ("phone", "email", "street_address", "iban") and _OURS_NEAR.search(near):
            continue
        found.append((data.kind, data.span))
    return found


def _plain(text: str) -> str:
    return _LETTERS.sub("", text).lower()
