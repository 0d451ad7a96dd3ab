"""Whose matter a draft speaks of first: the customer's aim, or the company's rules, wares and words."""

import math
import re
from collections.abc import Sequence

from kalevi.text.coach.situation import Situation, content_keys
from kalevi.text.reading import Span

NAMES = (
    "rules", "rules_first", "sells", "office", "offices_share", "abbreviates", "brags", "house_first",
    "takes_up_first", "says_you_first", "self_first",
)  # fmt: skip
GREETING = 4
_RULES = {
    "fi": re.compile(
        r"\behto\w*|\behdo\w+|\behtoj\w+|\bkäytän(?:tö|nö)\w*|\bkäytäntöm\w+|\bsään(?:tö|nö)\w*|"
        r"\bohje(?:en|iden|ita|ist)\w*|"
        r"\bmukai(?:sesti|nen|sessa|sen)\w*|\bperusteella|\bperustuu|\b\w*sopimu\w+|\basetu\w+|"
        r"\bkriteer\w+|\blinjau\w+|"
        r"\b\w*ohjee\w+|\b\w*sääntö\w+|\b\w*suunnitelma\w*|\bvastuulla\w*|\bpuitteissa|§|\bkohdan \d|"
        r"\btavanomai\w+"
    ),
    "sv": re.compile(
        r"\b\w*villkor\w*|\benligt|\bregler\w*|\bpolicy\w*|\bpraxis|\brutin\w*|\bavtal\w*|\bi enlighet|"
        r"\bgällande|"
        r"\bpunkt \d|\bomfattas|\bansvarar|\b\w*plan\b|\bgarantin gäller|\brisken"
    ),
    "en": re.compile(
        r"\bpolic(?:y|ies)\b|\bterms\b|\bconditions\b|\bin (?:accordance|line) with|\baccording to|"
        r"\bpursuant|\bsubject to|"
        r"\bas (?:set out|stipulated|per)|\bsection \d|\bframework|\bprocedure\w*|\bgoverned|\bapplicable|"
        r"\bregulations?\b|"
        r"\bstipulated|\bdiscretion|\bagreement|\bliab\w+|\bwithin the\b.*\btimeframe|\bmay (?:be|lodge)"
    ),
}
_SELLS = {
    "fi": re.compile(
        r"\bkampanj\w+|\btarjouks(?:et|emme|iimme)|\buutiskir\w+|\btutustu\b|\btilaa\b|\blue lisää|"
        r"\bseuraa meitä|"
        r"\bsome\w*|\bkaupan päälle|\bveloituksetta|\buutuu\w+|\bmuista(?:than)?\b|\btervetuloa uudel\w+|"
        r"\bvuosikert\w+"
    ),
    "sv": re.compile(
        r"\berbjudand\w*|\bkampanj\w*|\brabatt\w*|\bnyhetsbrev\w*|\bläs mer|\bfölj oss|\bpassa på|"
        r"\bglöm inte|\bsamla|"
        r"\butlottning\w*|\bladda ner|\bkatalog\w*"
    ),
    "en": re.compile(
        r"\boffers?\b|\bpromotion\w*|\bdiscount\w*|\bnewsletter|\bdon't forget|\bask us about|\bfollow us|"
        r"\bupvote|"
        r"\blearn more|\bloyalty|\bpartnership|\bupgrade\b|\bnew (?:app|range|collection)"
    ),
}
# Nouns and passives of offices: said in a house, not across a counter.
_OFFICE = {
    "fi": re.compile(
        r"\b\w+(?:prosess|toimint|toimenp|käsittely|ratkaisu|konsept|portfolio|strateg|kokonais|kehittä|"
        r"viestin|järjestelm|"
        r"palvelutas|dokument|resurs|menettely|toteut)\w*|\b(?:prosess|konsept|strateg|ratkaisu|portfolio|"
        r"dokument|resurs)\w*|"
        r"\b\w{4,}(?:taan|tään|daan|dään|laan|lään|etaan|itaan)\b|\btoimesta\b|\b(?:asianmukai|ensisijai|"
        r"ensiarvoi|kyseis)\w+|"
        r"\bkoskeviss\w+|\bkehotam\w+|\bpyydämme\b|\bkumppani\w*|\basiakkaan\b|\basiakkaid\w+"
    ),
    "sv": re.compile(
        r"\b\w*(?:hantering|process|strateg|koncept|lösning|optimer|säkerställ|kvalitets|avvikels|system|"
        r"uppdrag|leverantör|"
        r"handlägg|kommunik|prioriter|utvärder)\w*|\b(?:sker|görs|framgår|samtliga|erhåll\w+|vederbör\w+|"
        r"kontinuerlig\w*|"
        r"temporär\w*|riktas|omfatt\w+|baseras|nästkommande|beställaren)\b"
    ),
    "en": re.compile(
        r"\b\w*(?:process|framework|prioriti|triage|implement|utili[sz]|facilitat|optimi[sz]|assurance|"
        r"journey|curated|"
        r"seamless|stakeholder|solution|disruption|escalat|enquir|provision|functionalit|infrastructure)\w*|"
        r"\b(?:kindly|hereby|therein|thereof|pursuant|furthermore|additionally|clearance|receipt|applicable|"
        r"(?:are|is|be|been) (?:\w+ly )?\w+ed)\b"
    ),
}
_BRAGS = {
    "fi": re.compile(
        r"\bpalkit\w+|\bjohtava\w*|\bylpei\w+|\bmeille (?:\w+ )?tärke\w+|\bensiarvoi\w+|\bstrategia\w*|"
        r"\belämyksel\w+|"
        r"\bvastuulli\w+|\betusijalla|\bparha\w+|\bkehitämme|\bpyrimme|\bpanostam\w+|\bsuomen\b|\btarjoamme"
    ),
    "sv": re.compile(
        r"\bledande|\bstolta?|\bprisbelön\w+|\bpremium\w*|\bsträvar|\bsatsar|\bkvalitet\w*|"
        r"\bbästa kund\w*|\bskräddarsydd\w*|"
        r"\bvi prioriterar|\bkundnöjd\w+|\bvärnar"
    ),
    "en": re.compile(
        r"\baward\w*|\bleading\b|\bproud\b|\bpride\b|\bbest-in-class|\bexcellence|\bcommitted\b|"
        r"\bstrive\w*|\bmemorable|"
        r"\bworld-class|\bpremium|\bheritage|\bquality assurance|\bversatile|\bwe value|\bexceptional"
    ),
}
_HOUSE = {
    "fi": re.compile(r"\b\w+(?:mme|mmekin)\b|\bme\b|\bmeidän\b|\bmeille\b"),
    "sv": re.compile(r"\b(?:vi|vår|vårt|våra|oss)\b"),
    "en": re.compile(r"\b(?:we|our|us|we're|we've)\b"),
}
_YOU = {
    "fi": re.compile(r"\b(?:sin\w+|teidän|teille|teitä|teillä|te)\b|\b\w+(?:si|nne)\b|\b\w+(?:it|itte)\b"),
    "sv": re.compile(r"\b(?:du|dig|din|ditt|dina|ni|er|ert|era)\b"),
    "en": re.compile(r"\b(?:you|your|you're|you'd|yours)\b"),
}
_SELF = {
    "fi": re.compile(r"\b(?:minä|minun|minulle|minua|itse)\b|\b\w{3,}(?:än|an|en|in|on|un)\b"),
    "sv": re.compile(r"\b(?:jag|mig|min|mitt|själv)\b"),
    "en": re.compile(r"\b(?:i|i'm|i'll|i've|i'd|me|my|myself)\b"),
}
_ABBREVIATION = re.compile(r"\b(?:[A-ZÅÄÖ]{2,5}|[A-Z]\d)\b")


def wording(draft: str, language: str, parts: Sequence[Span], asked: Situation | None) -> dict[str, float]:
    """Return every number under `NAMES`."""
    tongue = language if language in _RULES else "en"
    low = draft.lower()
    told = [span for span in parts if len(draft[span[0] : span[1]].split()) >= GREETING] or list(parts)
    begins = draft[told[0][0] : told[0][1]] if told else ""
    first = begins.lower()
    words = max(1, len(draft.split()))
    office = len(_OFFICE[tongue].findall(low))
    rules = len(_RULES[tongue].findall(low))
    capitals = _ABBREVIATION.findall(draft)
    theirs = asked.text if asked else ""
    keys = asked.keys if asked else frozenset()
    # Matched by the key of each word, so that another inflection is the same word.
    shared = len(keys & content_keys(begins, tongue)) if keys and begins else 0
    return {
        "rules": min(math.log1p(rules), 1.5),
        "rules_first": float(bool(_RULES[tongue].search(first))),
        "sells": float(bool(_SELLS[tongue].search(low))),
        "office": min(math.log1p(office), 2.0),
        "offices_share": min(office * 10 / words, 2.0),
        "abbreviates": min(sum(one not in theirs for one in capitals), 3) / 3,
        "brags": min(len(_BRAGS[tongue].findall(low)), 3) / 3,
        "house_first": float(bool(_HOUSE[tongue].search(first))),
        "takes_up_first": min(shared, 3) / 3,
        "says_you_first": float(bool(_YOU[tongue].search(first))),
        "self_first": float(bool(_SELF[tongue].search(first))),
    }
