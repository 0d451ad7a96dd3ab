"""How mail programs speak of what they quote and of themselves, in Finnish, Swedish and English."""

import re

_FLAGS = re.IGNORECASE

# Of a mail's headers when they are repeated in its text.
_FROM = r"lähettäjä|keneltä|från|avsändare|from|von|fra|de"
_OTHERS = (
    r"lähetetty|lähetysaika|päiväys|päivämäärä|päivä|pvm|aika|vastaanottaja|vastaanottajat|kenelle|kopio"
    r"|aihe|otsikko"
    r"|piilokopio|skickat|skickades|sänt|datum|till|mottagare|kopia|ämne|rubrik|hemlig kopia"
    r"|sent|date|to|cc|bcc|subject|reply-to|vastausosoite|svar till|tärkeys|prioritet|importance|liitteet"
    r"|bilagor"
    r"|attachments|gesendet|an|betreff|sendt|til|emne"
)
FIRST_LABEL = re.compile(rf"(?:{_FROM})\s?\*?:", _FLAGS)
LABEL = re.compile(rf"(?:{_FROM}|{_OTHERS})\s?\*?:", _FLAGS)

_DASHES = r"[-–—_=*\s]*"
SEPARATOR = re.compile(
    rf"{_DASHES}(?:[-–—_=]\s?)+(?:alkuperäinen (?:viesti|sähköposti|sähköpostiviesti|sanoma)"
    r"|välitetty (?:viesti|sähköposti)|edelleenlähetetty (?:viesti|sähköposti)|lähetetty edelleen"
    r"|ursprungligt (?:meddelande|e-postmeddelande|mejl|mail)|originalmeddelande|originalmeddelandet"
    r"|vidarebefordrat (?:meddelande|mejl|mail|brev)|original(?: message| email| mail)?|forwarded message"
    rf"|original appointment|alkuperäinen tapaaminen)\s*(?:[-–—_=]\s?)+{_DASHES}"
    r"|(?:aloita |alkaa )?välitetty viesti(?: alkaa)?:|edelleenlähetetty viesti alkaa:"
    r"|vidarebefordrat (?:brev|mejl|meddelande):|begin forwarded message:",
    _FLAGS,
)

# Who wrote and when: a verb of writing, and a time or an address beside it, on at most three lines together.
_DAYS = r"(?:ma|ti|ke|to|pe|la|su|mån|tis|ons|tors?|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)[a-zåäö]*\.?,?"
_TIME = (
    r"(?:\d{1,4}[.\-/]\s?\d{1,2}[.\-/]\s?\d{2,4}|\d{1,2}\.?\s+(?:\d{1,2}\.|[a-zåäö]{3,12}\.?)\s*,?\s*\d{2,4}"
    r"|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[.:]\d{2})"
)
WRITING = re.compile(r"kirjoitti|lähetti|skrev|wrote", _FLAGS)
MINUTE_OR_ADDRESS = re.compile(r"\S@\S|\b\d{1,2}[.:]\d{2}\b(?!\.?\d)", _FLAGS)
_MAIL = r"<?\S{1,200}@\S{1,200}>?"
ATTRIBUTION = re.compile(
    # Finnish: "ke 18.11.2026 klo 9.12 Nimi (osoite) kirjoitti:", "Nimi kirjoitti 18.11.2026 klo 9.12:"
    rf"(?:(?:{_DAYS}|\d)[^\n]{{0,250}}\b(?:kirjoitti|lähetti)(?: (?:seuraavasti|viestin))?"
    rf"|[^\n]{{1,200}}\b(?:kirjoitti|lähetti)\b[^\n]{{0,80}}{_TIME}[^\n]{{0,60}}"
    rf"|{_TIME}[^\n]{{0,200}}\b(?:kirjoitti|lähetti)[^\n]{{0,120}}"
    rf"|[^\n]{{0,200}}{_MAIL}[^\n]{{0,40}}\b(?:kirjoitti|skrev|wrote)"
    # Swedish: "Den ons 18 nov. 2026 kl 09:12 skrev Namn <adress>:", "Namn skrev den 2026-11-18 09:12:"
    rf"|[^\n]{{0,60}}{_TIME}[^\n]{{0,120}}\bskrev\b[^\n]{{0,250}}"
    rf"|[^\n]{{1,200}}\bskrev\b[^\n]{{0,60}}{_TIME}[^\n]{{0,60}}"
    # English: "On Wed, 18 Nov 2026 at 9.12, Name <address> wrote:"
    rf"|[^\n]{{0,60}}{_TIME}[^\n]{{0,300}}\bwrote)\s?:",
    _FLAGS,
)

_PHONE = (
    r"iphone|ipad|ios|android|samsung|galaxy|huawei|honor|oneplus|xiaomi|redmi|nokia|nothing|pixel|sony"
    r"|xperia|lg"
    r"|windows|outlook|yahoo|gmail|mail|sähköposti|e-post|puhelin|puhelime|älypuhelime|tabletti"
    r"|taulutietokonee"
    r"|mobil|telefon|smartphone|phone|tablet|surfplatta|läsplatta|mobiltelefon|protonmail|proton"
    r"|fairphone|motorola|moto"
)
SENT_FROM = re.compile(
    rf"(?:lähetetty|lähetin tämän|skickat|skickades|sänt|hämtad|sent|hanki|lataa|skaffa|hämta|get"
    rf"|von meinem)\b"
    rf"(?=[^\n]{{0,120}}(?:{_PHONE}))[^\n.!?]{{0,150}}[.!]?(?:\s?<https?://\S{{1,200}}>)?"
    r"|(?:virus-free|virusfri|virukseton)\.?[^\n]{0,120}|(?:ei viruksia"
    r"|inga virus)[^\n]{0,60}avast[^\n]{0,60}",
    _FLAGS,
)

FOOTER = re.compile(
    r"(?:tämä (?:sähköposti)?(?:viesti|sanoma)\b[^\n]{0,120}(?:luottamuksel|tarkoitettu|liitte|salassa)"
    r"|tämän (?:sähköposti)?(?:viestin|sanoman) (?:sisältö|tiedot)"
    r"|tämä sähköposti\b[^\n]{0,120}(?:luottamuksel|tarkoitettu|liitte|salassa)"
    r"|luottamuksellisuus|vastuuvapaus|salassapito|huom(?:io|autus)?[:!] ?tämä (?:sähköposti)?viesti"
    r"|jos olet saanut tämän (?:sähköposti)?viestin (?:vahingossa|erehdyksessä)"
    r"|(?:ajattele|säästä) (?:ympäristöä|luontoa|paperia)|harkitse ennen kuin tulostat|älä tulosta"
    r"|(?:detta|denna) (?:e-?post|mejl|mail|meddelande"
    r"|e-postmeddelande)\S{0,20}\b[^\n]{0,120}(?:konfidenti|avse|sekretess|bilag|förtrolig)"
    r"|konfidentialitet|sekretess(?:meddelande|information)?:|ansvarsfriskrivning"
    r"|om du (?:har fått|mottagit) detta (?:e-?post)?(?:meddelande|mejl|mail) av misstag"
    r"|(?:tänk på miljön|spara på miljön)"
    r"|this (?:e-?mail|message|communication|transmission)\b[^\n]{0,160}(?:confidential|intended"
    r"|privileged|attachment)"
    r"|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message)"
    r"|confidentiality(?: notice)?\b|confidential:|disclaimer\b|privileged (?:and|/|&) confidential"
    r"|if you (?:have )?received? this (?:e-?mail|message) in error|(?:please )?(?:consider"
    r"|think of) the environment"
    r"|please don'?t print)",
    _FLAGS,
)

_NAMED = r"(?:[,.!]?|[,.!]? +[A-ZÅÄÖ][\w.\-]{0,30}(?: [A-ZÅÄÖ][\w.\-]{0,30}){0,3})"
CLOSING = re.compile(
    r"(?i:(?:kiitos(?: etukäteen)?(?: ja|,)|kiitoksin,?|kiittäen,?)? ?"
    r"(?:(?:ystävällisin|parhain|lämpimin|sydämellisin|kohteliain|kunnioittavin|iloisin|kesäisin"
    r"|syksyisin|jouluisin|talvisin|keväisin|aurinkoisin|hyvin) )?"
    r"(?:terveisin|terveisiä|terkuin|terkut|terkku|terv\.?|tervehtien|t\.|ystävällisesti|kunnioittavasti"
    r"|yst\.? ?terv\.?|yt\b\.?)"
    r"|(?:tack(?: på förhand)?(?: och|,))? ?(?:med )?(?:vänlig(?:a)?|bästa|varma|hjärtliga|vänligaste"
    r"|soliga|goda) hälsning(?:ar)?"
    r"|(?:m\.?v\.?h\.?|hälsningar|hälsar|hälsn\.?|vänligen|högaktningsfullt|med vänlighet)"
    r"|(?:(?:many )?thanks(?: and|,)|thank you(?: and|,))? ?(?:(?:with )?(?:best|kind|kindest|warm"
    r"|warmest|many|my best) )?(?:regards|wishes)"
    r"|(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?|cheers|br|kr)"
    rf"{_NAMED}",
)
POSTSCRIPT = re.compile(r"\s*p\.?\s?s\b[.:,]?", _FLAGS)
