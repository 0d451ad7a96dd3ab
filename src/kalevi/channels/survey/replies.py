"""Public pages and answers as plain replies, whichever server asks for them.

No reply sets or reads a cookie, and none needs a secret of the browser's: see decision 9.
"""

import gzip
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext, override

from kalevi.channels.survey.answers import BadAnswerError, Fields, fields_of
from kalevi.channels.survey.live import Live, language_for, live
from kalevi.channels.survey.pages import again_page, closed_page, question_page
from kalevi.channels.survey.pages import policy as policy_of
from kalevi.channels.survey.reach import FIELD, written
from kalevi.channels.survey.reception import Outcome, Taken, take
from kalevi.channels.survey.tokens import new_token

Header = tuple[str, str]
_ALWAYS: tuple[Header, ...] = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)
# How a question may be reached, as the address of a page says: ?d=poster&p=LINK&KEY=9
DOOR, LINK = "d", "p"
_HIDDEN = {DOOR: "_door", LINK: "_personal"}


class Reply(NamedTuple):
    """A whole reply; the body of one that is `zipped` is gzip."""

    status: int
    headers: tuple[Header, ...]
    body: bytes = b""
    zipped: bool = False


def opened(key: str, language: str, accepted: str, query: str) -> Reply | None:
    """Return the page of questions; None where there is no such survey. Nothing is recorded."""
    survey = live(key)
    if survey is None or (language and language not in survey.public.languages):
        return None
    language = language or language_for(accepted, survey.public.languages)
    if not survey.is_open:
        return _page(410, survey, language, closed_page(survey.public, language))
    token = new_token(survey.version_id, language)
    if query:
        return _page(200, survey, language, _prepared(survey, language, token.decode(), query))
    headers = (*_ALWAYS, ("Content-Security-Policy", survey.policy), ("Content-Language", language))
    return Reply(200, headers, survey.page(language).with_token(token), zipped=True)


def _prepared(survey: Live, language: str, token: str, query: str) -> str:
    """Return the page with answers ready to be sent, such as the one that was tapped in a letter."""
    pairs = parse_qsl(query[:4_000], max_num_fields=50)
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    hidden = [(_HIDDEN[name], value[:300]) for name, value in pairs if name in _HIDDEN]
    return question_page(
        survey.public,
        survey.asked,
        language,
        token=token,
        fields=fields,
        hidden=hidden,
        query=f"?{urlencode(pairs)}",
    )


def thanked(key: str, language: str) -> Reply | None:
    """Return the page after an answer; None where there is no such survey."""
    survey = live(key)
    if survey is None or language not in survey.public.languages:
        return None
    headers = (*_ALWAYS, ("Content-Security-Policy", policy_of()), ("Content-Language", language))
    return Reply(200, headers, survey.thanks_page(language), zipped=True)


def answered(key: str, form: bytes, address: str) -> Reply | None:
    """Take an answer and return what to say; None where there is no such survey."""
    taken = take(key, form, address=address)
    if taken.outcome is Outcome.KEPT:
        return Reply(303, (("Location", f"/s/{key}/thanks/{taken.language}"), ("Cache-Control", "no-store")))
    survey = live(key)
    if survey is None or taken.outcome is Outcome.NOT_FOUND:
        return None
    if taken.outcome is Outcome.TOO_LARGE:
        return Reply(413, _ALWAYS)
    return _refused(survey, form, taken)


def _refused(survey: Live, form: bytes, taken: Taken) -> Reply:
    """Return the page that holds all that was written, to be completed or sent again."""
    try:
        fields = fields_of(form)
    except BadAnswerError:
        fields = {}
    if taken.outcome in (Outcome.EMPTY, Outcome.INCOMPLETE):
        return _page(422, survey, taken.language, _once_more(survey, fields, taken))
    full = taken.outcome is Outcome.FULL
    pairs = [(name, value) for name, values in fields.items() for value in values]
    reply = _page(
        503 if full else 429,
        survey,
        taken.language,
        again_page(survey.public, taken.language, pairs, full=full),
    )
    return reply._replace(headers=(*reply.headers, ("Retry-After", str(int(taken.wait) + 1))))


def _once_more(survey: Live, fields: Fields, taken: Taken) -> str:
    with override(taken.language):
        fault = _fault(taken)
    shown = ("_form", FIELD)
    ours = [(n, v) for n, values in fields.items() if n.startswith("_") and n not in shown for v in values]
    token = next(iter(fields.get("_form", ())), "") or new_token(survey.version_id, taken.language).decode()
    return question_page(
        survey.public,
        survey.asked,
        taken.language,
        token=token,
        fields=fields,
        hidden=[(name, value) for name, value in ours if name != "_name"],
        missing=taken.missing,
        fault=fault,
        reach=written(fields),
    )


def _fault(taken: Taken) -> str:
    if FIELD in taken.missing:
        return gettext(
            "We could not find a phone number or an e-mail address in what you left us. Could you check it?"
        )
    if taken.missing:
        return gettext("One question still needs your answer.")
    return gettext("Nothing is written or chosen yet. A single word is enough.")


def _page(status: int, survey: Live, language: str, text: str) -> Reply:
    headers = (*_ALWAYS, ("Content-Security-Policy", survey.policy), ("Content-Language", language))
    return Reply(status, headers, gzip.compress(text.encode(), 6, mtime=0), zipped=True)


def sent(reply: Reply, accepts: str) -> tuple[Sequence[Header], bytes]:
    """Return headers and body for a browser that accepts these encodings."""
    if not reply.zipped:
        return reply.headers, reply.body
    if "gzip" in accepts:
        return (*reply.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")), reply.body
    return (*reply.headers, ("Vary", "Accept-Encoding")), gzip.decompress(reply.body)
