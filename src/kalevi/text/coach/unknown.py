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
    "resolves", "someone", "asks_of_us", "told_at_length", "bare", "nothing_done", "neighbour", "depends",
)  # fmt: skip
# So few words of content leave most of it unsaid.
LITTLE, ENOUGH = 3, 12
# Words of a message that hardly tells anything, and of one that tells a whole story.
BARE, LONG = 9, 60
_ASKS = {
    "fi": re.compile(
        r"\b(?:kertoisit\w*|kerro(?:thaan|tko|ttehan|kaa)?|kerrothan|laita minulle|laitatko|lähetä minulle|"
        r"lähetätkö|lähettäisi\w*|kuvaile\w*|muistatko|muistutatko|ilmoita(?:tko|thanko|than|isit\w*)|"
        r"laittaisit\w*|"
        r"olisiko sinulla|löytyisikö sinulta|(?:tarvitsen|tarvitsisin) (?:vielä |vain )?(?:sinulta|"
        r"tiedon|tilausnum\w*)|"
        r"auta\w* minua|haluaisin (?:kuulla|tietää|ymmärtää)|haluan ymmärtää|kuulisin mielelläni|"
        r"vastaathan)\b"
    ),
    "sv": re.compile(
        r"\b(?:berätta|skicka (?:mig|numret|en bild)|beskriv|säg (?:mig|namnet|vilken|vad|bara vilken)|"
        r"kan du säga|"
        r"skriv (?:gärna|vilken|vilket|vad|när|numret)|jag vill gärna (?:veta|höra|förstå)|"
        r"hör (?:gärna )?av dig med|meddela (?:mig|gärna|vilken|vad|när)|svara med|uppge|"
        r"jag behöver (?:veta|bara|numret|ditt))\b"
    ),
    "en": re.compile(
        r"\b(?:tell me|let me know (?:what|which|when|where|how)|send me|describe|"
        r"i(?:'d| would) like to (?:know|hear|understand)|could you (?:tell|send|share|give)|"
        r"drop me a line with|if you (?:send|tell|give) me|reply with|i(?:'ll| will)? need to know|"
        r"let me have the|please share)\b"
    ),
}
# "Is there anything else?", "have you read the terms?": a question mark that asks about nothing.
_RITUAL = {
    "fi": re.compile(
        r"\bjo(?:tain|takin|ssain|ssakin) muu\w*|\bonhan\b|\boletko (?:jo )?(?:lukenut|tutustunut|käynyt)|"
        r"\btiesitkö\b|\bvoi(?:nko|mmeko|simmeko) (?:vielä )?(?:auttaa|olla avuksi)|\bolethan\b|"
        r"\bmitä(?:pä|s) (?:me|minä|sille|voi\w*|se)\b|\bkuka(?:pa)? (?:niin )?(?:sanoo|väittää)"
    ),
    "sv": re.compile(
        r"\bnågot annat\b|\bmer (?:vi|jag) kan\b|\bvisste du\b|\bhar (?:du|ni) (?:läst|provat vår)|"
        r"\bkan (?:vi|jag) hjälpa (?:dig|er) med\b|\bhar (?:du|ni) (?:verkligen|faktiskt|tittat|kollat)\b|"
        r"\bvem (?:säger|påstår)\b|\bvad kan vi göra åt\b"
    ),
    "en": re.compile(
        r"\banything else\b|\bdid you know\b|\bhave you (?:read|seen|tried our)|\bwhy not\b|"
        r"\bhow (?:else )?can (?:we|i) help\b|\bmore (?:we|i) can\b|\bhave you (?:consulted|actually|"
        r"really)\b|"
        r"\bwho says\b|\bwhat (?:do you expect|can we do about)\b"
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
# Somebody or something that only the teller can point out.
_SOMEONE = {
    "fi": re.compile(
        r"\bjoku\w*|\bjonkun|\bnaapuri\w*|\byksi (?:paketti|teidän|niistä|tuote|osa)|\bmyyjä\b|"
        r"\bhoitaja\b|\bkuljettaja\w*|"
        r"\bjotain\b|\bjotakin\b|\bpuuttui\b|\bpuuttuu\b"
    ),
    "sv": re.compile(
        r"\bnågon\b|\bgrann\w+|\bnågot\b|\ben av (?:era|er|dem)|\bchaufför\w*|\bsaknas\b|"
        r"\bsaknar (?:saker|delar|något)\b|\bborta\b"
    ),
    "en": re.compile(
        r"\bsome(?:one|body|thing)\b|\bneighbo\w+|\bone of (?:your|them)|\bthe thing\b|\bmissing\b|"
        r"\bincomplete\b|"
        r"\byou people\b|\bthe (?:driver|nurse|woman|man|guy)\b"
    ),
}
_NEIGHBOUR = re.compile(
    r"\bnaapur\w+|\bgrann\w+|\bneighbo\w+|\bjo(?:ku|nkun)\b|\bnågon av\b|\bone of your\b|\bsomeone\b"
)
# A draft that says it depends, or wants details elsewhere, says itself that something is unknown.
_DEPENDS = {
    "fi": re.compile(
        r"\briippuu\b|\bmonesta (?:syystä|asiasta)|\b(?:emme ole voineet|ei ole voitu|ei pystytty) toista\w+|"
        r"\bkuit(?:ti|in|illa)\b|\b(?:tilaus|varaus|asiakas)(?:numero\w*|tied\w+)|\btarkemmat tiedot"
    ),
    "sv": re.compile(
        r"\bberor (?:på|helt)\b|\binte kunnat återskapa|\bvarierar\b|\bkvitto\w*|\b(?:order|boknings|"
        r"kund)(?:nummer|uppgift)\w*"
    ),
    "en": re.compile(
        r"\bdepends\b|\bvar(?:y|ies)\b|\bunable to reproduce|\breceipt\b|\b(?:booking|order|account|"
        r"contact) (?:details|number)|"
        r"\bmore (?:details|information)\b"
    ),
}
# What we are asked to tell of ourselves, which nobody needs to know more for.
_OF_US = {
    "fi": re.compile(
        r"\b(?:oletteko auki|onko (?:teillä|siellä|museolla|\w+lla)|mihin aikaan|moneltako|myyttekö|"
        r"saako (?:teiltä|siellä|koiran)|"
        r"aukiolo\w*|kuuluuko|mitä eroa|keneen|miten saan|mihin voin|ehdot\w+|ehdotus|voisiko)\b"
    ),
    "sv": re.compile(
        r"\b(?:har ni öppet|öppnar|öppet|finns det|får (?:man|jag)|säljer ni|hur ansöker|när öppnar|förslag|"
        r"hur länge har)\b"
    ),
    "en": re.compile(
        r"\b(?:are you open|is the|is there|do you (?:deliver|sell|stock|have a table)|what time|opening|"
        r"is breakfast|would be great if|could you add|how do i claim)\b"
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
    low = draft.lower()
    values = dict.fromkeys(NAMES, 0.0) | {
        "depends": float(bool(_DEPENDS[tongue].search(low))),
        "asks_really": float(really > 0),
        "asks_ritually": float(ritually > 0),
        "sends_to_ask": float(bool(_FORM[tongue].search(low))),
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
    length = len(asked.text.split())
    someone = bool(_SOMEONE[spoken].search(text))
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
        "someone": float(someone),
        "neighbour": float(bool(_NEIGHBOUR.search(text))),
        "asks_of_us": float(bool(_OF_US[spoken].search(text))),
        "told_at_length": min(length, LONG) / LONG,
        "bare": float(length <= BARE and not (when or which)),
        "nothing_done": left * float(not resolves and not found.get("act")),
    }
    return values
