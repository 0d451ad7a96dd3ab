"""What kind of mail it is: written by a person, sent by a machine, or saying that ours did not arrive."""

import re
from dataclasses import dataclass

from kalevi.channels.email.mail.parsing import Mail

MESSAGE, AUTOMATIC, BOUNCE, BULK = "message", "automatic", "bounce", "bulk"
_SUBJECT = re.compile(
    r"automaattinen (?:vastaus|poissaolo)|poissaoloilmoitus|olen (?:lomalla|poissa)|lomalla\b"
    r"|poissa toimistosta"
    r"|automatiskt svar|autosvar|frånvaro(?:meddelande)?|ledig\b.*semester|semester\b|ej på kontoret"
    r"|auto(?:matic|mated)?[- ]?(?:reply|response|svar)|out of (?:the )?office|on vacation"
    r"|away from (?:my|the) office",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|mail delivery|returned mail|failure notice"
    r"|delivery delayed|toimitus epäonnistui|ei voitu toimittaa|toimittaminen epäonnistui|viestiä ei voi"
    r"|palautettu viesti"
    r"|kunde inte levereras|leveransfel|går inte att leverera|kan inte levereras|olevererbart",
    re.IGNORECASE,
)
_MACHINES = re.compile(
    r"(?:mailer-?daemon|postmaster|no-?reply|do-?not-?reply|noreply|donotreply|ei-?vastata|svara-?inte"
    r"|bounces?"
    r"|notifications?|automated|auto-?reply|root|daemon|majordomo|listserv)(?:[+._-].*)?@",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What kind a mail is, and whether an automatic answer may be sent to it."""

    kind: str
    may_answer: bool


def signs_of(mail: Mail) -> Signs:
    """Judge by the headers; the words of a subject are a weak sign and never enough alone."""
    headers = mail.headers
    sender = mail.sender.email if mail.sender else ""
    unreturnable = "return-path" in dict(headers.pairs) and headers.raw("return-path").strip() in ("<>", "")
    if _is_bounce(mail, sender, unreturnable):
        return Signs(BOUNCE, False)
    submitted = headers.value("auto-submitted")[0]
    precedence = headers.value("precedence")[0]
    strong = (
        (submitted not in ("", "no"))
        or bool(headers.raw("x-autoreply") or headers.raw("x-autorespond") or headers.raw("x-autoresponse"))
        or precedence in ("auto_reply", "auto-reply")
        or bool(headers.raw("x-auto-reply-from") or headers.raw("x-mail-autoreply"))
        or headers.value("x-failed-recipients")[0] != ""
    )
    weak = [
        bool(_SUBJECT.search(mail.subject)),
        unreturnable,
        precedence in ("bulk", "junk"),
        headers.raw("x-auto-response-suppress").strip().lower() not in ("", "none"),
        bool(_MACHINES.match(sender)),
    ]
    if strong or (weak[0] and sum(weak) > 1):
        return Signs(AUTOMATIC, False)
    if precedence in ("bulk", "junk") and headers.raw("list-unsubscribe"):
        return Signs(BULK, False)
    listed = bool(headers.raw("list-id") or headers.raw("list-unsubscribe") or precedence == "list")
    may = not (any(weak) or listed or not sender or headers.raw("x-loop"))
    return Signs(MESSAGE, may)


def _is_bounce(mail: Mail, sender: str, unreturnable: bool) -> bool:
    kind, parameters = mail.headers.value("content-type")
    if kind == "multipart/report" and parameters.get("report-type", "").lower() == "delivery-status":
        return True
    if any(part.type == "message/delivery-status" for part in mail.parts):
        return True
    daemon = bool(re.match(r"(?:mailer-?daemon|postmaster)@", sender))
    told = bool(_BOUNCE_SUBJECT.search(mail.subject)) or bool(mail.headers.raw("x-failed-recipients"))
    return told and (daemon or unreturnable)
