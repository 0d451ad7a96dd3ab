"""What the customer's words leave unknown, and whether a draft asks for it.

Whoever goes on with a matter needs to know what it is about, when it was or shall be, which one and how
many. Words that tell none of these ("ei toimi", "I want a refund") call for a question; "is there anything
else?" asks for nothing.
"""

import math
import re
from collections.abc import Mapping, Sequence

from kalevi.text.coach.moments import moments
from kalevi.text.coach.signals import Signal
from kalevi.text.coach.situation import Situation
from kalevi.text.reading import Span

NAMES = (
    "asks_really", "asks_ritually", "sends_to_ask", "tells_when", "tells_which", "tells_little",
    "tells_name", "points", "fails", "wishes", "wishes_open", "judges", "unknown", "unknown_left",
    "resolves",
)  # fmt: skip
# So few words of content leave most of it unsaid.
LITTLE, ENOUGH = 3, 12
_ASKS = {
    "fi": re.compile(
        r"\b(?:kertoisit\w*|kerro(?:thaan|tko|ttehan|kaa)?|kerrothan|laita minulle|laitatko|lähetä minulle|"
        r"lähetätkö|lähettäisi\w*|kuvaile\w*|muistatko|muistutatko|"
        r"auta\w* minua|haluaisin (?:kuulla|tietää|ymmärtää)|haluan ymmärtää|kuulisin mielelläni|"
        r"vastaathan)\b"
    ),
    "sv": re.compile(
        r"\b(?:berätta|skicka (?:mig|numret|en bild)|beskriv|säg (?:mig|namnet|vilken|vad|bara vilken)|"
        r"kan du säga|"
        r"skriv (?:gärna|vilken|vad)|jag vill gärna (?:veta|höra|förstå))\b"
    ),
    "en": re.compile(
        r"\b(?:tell me|let me know (?:what|which|when|where|how)|send me|describe|"
        r"i(?:'d| would) like to (?:know|hear|understand)|could you (?:tell|send|share))\b"
    ),
}
# "Is there anything else?", "have you read the terms?": a question mark that asks about nothing.
_RITUAL = {
    "fi": re.compile(
        r"\bjo(?:tain|takin|ssain|ssakin) muu\w*|\bonhan\b|\boletko (?:jo )?(?:lukenut|tutustunut|käynyt)|"
        r"\btiesitkö\b|\bvoi(?:nko|mmeko|simmeko) (?:vielä )?(?:auttaa|olla avuksi)"
    ),
    "sv": re.compile(
        r"\bnågot annat\b|\bmer (?:vi|jag) kan\b|\bvisste du\b|\bhar (?:du|ni) (?:läst|provat vår)|"
        r"\bkan (?:vi|jag) hjälpa (?:dig|er) med\b"
    ),
    "en": re.compile(
        r"\banything else\b|\bdid you know\b|\bhave you (?:read|seen|tried our)|\bwhy not\b|"
        r"\bhow (?:else )?can (?:we|i) help\b|\bmore (?:we|i) can\b"
    ),
}
_FORM = {
    "fi": re.compile(r"\blomak\w+|\bportaali\w*|\bsivui\w+|\bsähköpostiin\w*|\basiakaspalvelu\w*"),
    "sv": re.compile(r"\bformulär\w*|\bblankett\w*|\bportal\w*|\bwebb\w+|\bkundtjänst\w*"),
    "en": re.compile(
        r"\bforms?\b|\bportal\b|\bwebsite\b|\bcustomer ?(?:care|service)\b|\bemail us\b|\bpage\b"
    ),
}
# Words that stand for something without telling what.
_POINTS = {
    "fi": re.compile(
        r"\b(?:tämä\w*|tätä|tässä|se|sitä|siitä|siinä|jotain|jotakin|mitään|mihinkään|taas|asia\w*|juttu\w*|"
        r"homma\w*|laite\w*|palvelu\w*|kokemu\w*|tuote\w*|tilau\w*|paket\w*|lasku\w*|ohjelma\w*|te)\b"
    ),
    "sv": re.compile(
        r"\b(?:det|den|detta|något|nånting|någonting|inget|igen|sak\w*|grej\w*|apparat\w*|service\w*|"
        r"upplevelse\w*|produkt\w*|beställning\w*|paket\w*|räkning\w*|program\w*|ni)\b"
    ),
    "en": re.compile(
        r"\b(?:it|this|that|something|anything|nothing|again|thing\w*|stuff|device|service|experience|place|"
        r"product|order|parcel|bill|app|system|you guys)\b"
    ),
}
_FAILS = {
    "fi": re.compile(
        r"\bei (?:toimi\w*|pelaa|aukea|käynnisty|tullut|tule|suostu|pääse)|\ben pääse|\bherja\w*|"
        r"\bvirhe\w*|\brikki|"
        r"\bvuota\w*|\bpätki\w*|\bhajos\w*|\bvika\w*|\bväärä\w*|\boutoa|\bpuuttu\w*"
    ),
    "sv": re.compile(
        r"\bfungera\w* inte|\bfunkar inte|\bgår inte|\bfel\b|\bfelet|\btrasig\w*|\bsönder|\bläcker|\bborta|"
        r"\bsaknas|\binte kommit|\bkommer inte"
    ),
    "en": re.compile(
        r"\b(?:does|do|did)(?:n't| not) (?:work|open|start|load|arrive)|\bfails?\b|\bbroke\w*|\berror|"
        r"\bwrong|\bleak\w*|"
        r"\bnever came|\bmissing|\bno (?:hot water|heating|signal)|\bdown\b|\bstopped working"
    ),
}
_WISHES = {
    "fi": re.compile(
        r"\btarjou\w+|\bpaljonko|\bmitä maksaa|\bvarata|\bvaraus|\btarvits\w+|\btarve\b|\bhaluaisi\w*|"
        r"\bhaluan|"
        r"\bsaisiko|\bvoisitteko|\bpalauttaa|\bperua|\btilata|\bonnistuu\w*"
    ),
    "sv": re.compile(
        r"\boffert\w*|\bvad kostar|\bpris\w*|\bboka|\bbehöv\w+|\bskulle vilja|\bvill\b|\bkunde ni|"
        r"\breturnera|"
        r"\bsäga upp|\bbeställa|\bgår det"
    ),
    "en": re.compile(
        r"\bquote\b|\bhow much|\bprice|\bbook\b|\bneed\b|\bwould like|\bi want|\bcould you|\breturn\b|"
        r"\brefund|"
        r"\bcancel\b|\border\b"
    ),
}
# A verdict tells how it was, not what happened.
_JUDGES = {
    "fi": re.compile(
        r"\bsurke\w+|\bhuono\w*|\bkauhe\w+|\bhirve\w+|\btoivot\w+|\bpilal\w+|\bpilas\w+|\bei ikinä|"
        r"\bei koskaan|\bkamal\w+"
    ),
    "sv": re.compile(
        r"\bhopplös\w*|\busel\w*|\bdålig\w*|\bhemsk\w*|\bförstör\w*|\baldrig (?:mer|igen)|\bkatastrof\w*"
    ),
    "en": re.compile(
        r"\bterrible|\bawful|\bworst|\bhorrible|\buseless|\bpoor\b|\bbad\b|\bruined|\bnever again|"
        r"\bdisgrace\w*"
    ),
}
_NAME = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]{2,}")
_FIGURE = re.compile(r"\d")


def asking(
    draft: str, language: str, parts: Sequence[Span], found: Mapping[str, Sequence[Signal]]
) -> tuple[int, int]:
    """Return how many sentences of a draft ask for a fact, and how many only seem to."""
    tongue = language if language in _ASKS else "en"
    fakes = [one.span for one in found.get("fake", ())]
    really = ritually = 0
    for start, end in parts:
        low = draft[start:end].lower().rstrip()
        if _RITUAL[tongue].search(low) or any(start <= at[0] < end for at in fakes):
            ritually += low.endswith("?")
        elif low.endswith("?") or (_ASKS[tongue].search(low) and not _FORM[tongue].search(low)):
            really += 1
    return really, ritually


def unknown(
    draft: str,
    language: str,
    parts: Sequence[Span],
    asked: Situation | None,
    found: Mapping[str, Sequence[Signal]],
) -> dict[str, float]:
    """Return every number under `NAMES`; those of the customer's words are 0 without them."""
    really, ritually = asking(draft, language, parts, found)
    dated = bool(moments(draft, language))
    resolves = bool(found.get("done")) or (dated and bool(found.get("act")))
    tongue = language if language in _FORM else "en"
    values = dict.fromkeys(NAMES, 0.0) | {
        "asks_really": float(really > 0),
        "asks_ritually": float(ritually > 0),
        "sends_to_ask": float(bool(_FORM[tongue].search(draft.lower()))),
        "resolves": float(resolves),
    }
    if asked is None or not asked.text.strip():
        return values
    spoken = asked.language if asked.language in _POINTS else tongue
    text = asked.text.lower()
    when, which = bool(moments(asked.text, spoken)), bool(_FIGURE.search(text))
    little = 1 - min(max(len(asked.keys) - LITTLE, 0), ENOUGH - LITTLE) / (ENOUGH - LITTLE)
    name = bool(_NAME.search(asked.text))
    wishes = bool(_WISHES[spoken].search(text))
    told = (when + which + name) / 3
    left = little * (1 - told)
    values |= {
        "tells_when": float(when),
        "tells_which": float(which),
        "tells_name": float(name),
        "tells_little": little,
        "points": min(math.log1p(len(_POINTS[spoken].findall(text))), 1.5),
        "fails": float(bool(_FAILS[spoken].search(text))),
        "wishes": float(wishes),
        "wishes_open": float(wishes and not (when or which)),
        "judges": float(bool(_JUDGES[spoken].search(text))),
        "unknown": left,
        "unknown_left": left * (1 - (really > 0)) * (1 - 0.7 * resolves),
    }
    return values
