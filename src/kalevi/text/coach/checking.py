"""From a draft to hints."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from kalevi.text.coach.advice import better, why
from kalevi.text.coach.hint import QUALITIES, Checked, Fault, Hint, Quality
from kalevi.text.coach.judging import Judged, judge
from kalevi.text.coach.leaks import leaks, signed_at
from kalevi.text.coach.situation import Situation, sentences, situation
from kalevi.text.coach.told import felt_in
from kalevi.text.reader import read
from kalevi.text.reading import Language, Span

Kind = Literal["answer", "note", "post"]
GOOD = 0.5
# More than fits beside a pen is quoted by its beginning.
LONGEST_QUOTE, GREETING = 160, 4
# Whoever told this much was asked enough: what is unknown is ours to find out.
TOLD_ENOUGH = 60
# Nobody sends these as they are, however good the rest.
_LOUD = frozenset({"blame", "belittle", "label"})
# Quoted as they stand; of other faults the words around are quoted too, so that they can be read.
_BARE = frozenset({"jargon", "label", "personal_data"})
_CLAUSE_ENDS = re.compile(r"[,;:–\n]")
LONGEST_CLAUSE = 100
# Said already by a hint that quotes the draft itself.
_SAID_BY = {"pass_around": "ownership", "promise_without_time": "next_step"}


def check(
    draft: str,
    *,
    to: str = "",
    known: Sequence[str] = (),
    language: Language | None = None,
    say: str = "",
    kind: Kind = "answer",
) -> Checked:
    """Return what to look at again in `draft`; no hints where it is good.

    `to` are the customer's words it answers; `known` what recipient and sender are known by (their names,
    addresses, numbers), which is no leak. `language` is that of the draft where it is known. `say` is the
    language of the hints: fi, sv or en; that of the draft without it. A note or a post is about somebody
    rather than to them, so only its faults are told.
    """
    tongue: Language = language or language_of(draft, to)
    asked = situation(to) if to.strip() and kind == "answer" else None
    judged = judge(draft, tongue, asked)
    reader = say if say in ("fi", "sv", "en") else (tongue if tongue != "und" else "en")
    # Of a likely good answer nothing is said: a coach who always finds something is not heard.
    quiet = kind == "answer" and judged.good >= GOOD and not any(name in _LOUD for name, _ in judged.faults)
    found = [
        hint
        for hint in _hints(draft, tongue, asked, judged, kind, reader)
        if not quiet or hint.key == "other_language"
    ]
    for kind_of_data, span in leaks(draft, (*known, to)):
        found.append(_hint("personal_data", draft, span, tongue, reader, blocks=kind_of_data != "name"))
    # What stands in the draft comes first, in the order of its words; then what is missing from it.
    found.sort(key=lambda hint: (hint.of_customer or hint.key in QUALITIES, hint.of_customer, hint.span))
    return Checked(draft, tongue, tuple(found), judged.qualities if kind == "answer" else {})


def language_of(draft: str, to: str) -> Language:
    """Return the language of a draft; that of the words it answers where it tells none."""
    found = read([draft])[0].language if draft.strip() else "und"
    return found if found != "und" or not to.strip() else read([to])[0].language


def _hints(
    draft: str, tongue: Language, asked: Situation | None, judged: Judged, kind: Kind, say: str
) -> Iterator[Hint]:
    told: set[str] = set()
    for name, span in judged.faults:
        if kind != "answer" and name in ("excuse", "pass_around", "promise_without_time"):
            continue
        # Once each: a list of the same advice is no advice.
        if name not in told:
            told.add(name)
            here = span if name in _BARE else _clause(draft, span)
            yield _hint(name, draft, here, tongue, say)  # type: ignore[arg-type]
    if kind != "answer":
        return
    if asked and "und" not in (asked.language, tongue) and asked.language != tongue:
        yield _hint("other_language", draft, _begins(draft), tongue, say)
    covered = {_SAID_BY.get(name) for name in told}
    lacks = [name for name in QUALITIES if judged.qualities[name] is False and name not in covered]
    # The same sentence of theirs is quoted once; the others are shown by where the draft begins or ends.
    quoted: set[Span] = set(judged.open_questions)

    def theirs(span: Span | None) -> Span | None:
        if span is None or span in quoted:
            return None
        quoted.add(span)
        return span

    if "feeling" in lacks:
        if judged.ritual:
            yield _hint("ritual", draft, _clause(draft, judged.ritual), tongue, say)
        else:
            felt = theirs((felt_in(asked) or asked.feeling) if asked else None)
            yield _missing("feeling", draft, asked, felt, _begins(draft), tongue, say)
    if "question" in lacks and not (asked and len(asked.text.split()) > TOLD_ENOUGH):
        trouble = theirs(asked.trouble if asked else None)
        yield _missing("question", draft, asked, trouble, _ends(draft), tongue, say)
    if "ownership" in lacks:
        trouble = theirs(asked.trouble if asked else None)
        yield _missing("ownership", draft, asked, trouble, _begins(draft), tongue, say)
    if "next_step" in lacks:
        yield _hint("next_step", draft, _ends(draft), tongue, say)
    for span in judged.open_questions:
        yield _missing("answers", draft, asked, span, _ends(draft), tongue, say)


def _begins(draft: str) -> Span:
    """Return the first sentence that says something: a greeting alone says nothing."""
    return _short(draft, _told(draft)[0])


def _ends(draft: str) -> Span:
    """Return the last sentence that says something."""
    return _short(draft, _told(draft)[-1])


def _clause(draft: str, span: Span) -> Span:
    """Return a span with the rest of its clause, where that is short enough to be read at a glance."""
    start, end = next((s for s in _whole(draft) if s[0] <= span[0] < s[1]), span)
    for stop in _CLAUSE_ENDS.finditer(draft, start, end):
        if stop.end() <= span[0]:
            start = stop.end()
        elif stop.start() >= span[1]:
            end = stop.start()
            break
    start += len(draft[start:end]) - len(draft[start:end].lstrip())
    return span if end - start > LONGEST_CLAUSE or end < span[1] else (start, end)


def _whole(draft: str) -> list[Span]:
    whole: list[Span] = []
    for start, end in sentences(draft):
        # "name@example.fi" is no end of a sentence.
        if whole and whole[-1][1] == start:
            start = whole.pop()[0]
        whole.append((start, end))
    return whole


def _told(draft: str) -> list[Span]:
    whole = _whole(draft)
    signed = signed_at(draft)
    told = [s for s in whole if len(draft[s[0] : s[1]].split()) >= GREETING and s[0] < signed]
    return told or whole or [(0, len(draft))]


def _short(text: str, span: Span) -> Span:
    """Return the beginning of a span that is too long to quote, up to the end of a word."""
    start, end = span
    if end - start <= LONGEST_QUOTE:
        return span
    cut = text.rfind(" ", start, start + LONGEST_QUOTE)
    return start, cut if cut > start else start + LONGEST_QUOTE


def _hint(
    key: Quality | Fault, draft: str, span: Span, tongue: str, say: str, *, blocks: bool = False
) -> Hint:
    return Hint(key, span, draft[span[0] : span[1]], why(key, say), better(key, tongue), blocks=blocks)


def _missing(
    key: Quality, draft: str, asked: Situation | None, span: Span | None, here: Span, tongue: str, say: str
) -> Hint:
    if asked is None or span is None:
        return _hint(key, draft, here, tongue, say)
    span = _short(asked.text, span)
    quote = asked.text[span[0] : span[1]]
    return Hint(key, span, quote, why(key, say), better(key, tongue), of_customer=True)
