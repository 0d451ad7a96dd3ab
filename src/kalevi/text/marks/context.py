"""Whether a phrase tells a mark where it stands: "if you are late", "is it late?" and "«it is late»" do not.

Everything looks at most `NEAR` characters around the phrase, so the time is linear in the length of a text.
"""

import re
from typing import Final

from kalevi.text.reading import Span

NEAR: Final = 160
SURE: Final = 0.65
"""A phrase of this weight tells its mark whatever the sentiment of the text."""
WEAK: Final = 0.5
"""A phrase of at most this weight tells a mark of `AGREEING` only where the sentiment agrees."""
CONDITIONAL = frozenset(("late", "leaving", "order_differs", "disappointment"))
ASKED = frozenset(("late", "leaving", "recommends", "first_time", "suggestion", "order_differs"))
QUOTED = frozenset(("leaving", "recommends", "first_time"))
PLACED = CONDITIONAL | ASKED | QUOTED
"""Marks for which it matters what stands around a phrase."""
CONTRARY = {
    **dict.fromkeys(("wow", "recommends", "praise_of_colleague", "better_than_expected"), "negative"),
    **dict.fromkeys(("despair", "disappointment", "worse_than_expected"), "positive"),
    **dict.fromkeys(("late", "leaving", "urgency"), "positive"),
}
"""The sentiment with which a phrase that is not sure by itself does not tell the mark."""
AGREEING = {
    "praise_of_colleague": ("positive", "mixed"),
    "wow": ("positive",),
    "relief": ("positive", "mixed"),
}

STOPS = ".!?…\n"
CLAUSE_ENDS = STOPS + ",;:"
_CLAUSE_END = re.compile(rf"[{CLAUSE_ENDS}]")
_IF = {
    "fi": re.compile(r"\b(?:jos|mikäli|ellei|ellette|jollei|jollette)\b"),
    "sv": re.compile(r"\A ?(?:men |och )?om\b|\bifall\b|\bsåvida\b"),
    "en": re.compile(r"\b(?:if|unless|in case)\b"),
}
_WHY = {
    "fi": re.compile(r"\b(?:mik(?:si|s|sei|seivät)|miten|kuinka|miten)\b"),
    "sv": re.compile(r"\b(?:varför|hur)\b"),
    "en": re.compile(r"\b(?:why|how)\b"),
}
_ASKS_FOR_ADVICE = {
    "fi": re.compile(r"\b(?:mitä|mikä|minkä|kumpaa|kumman)\b.*\behdot"),
    "sv": re.compile(r"\b(?:vad|vilken|vilket)\b.*\bföresl"),
    "en": re.compile(r"\b(?:what|which)\b.*\b(?:suggest|propose)"),
}
_OWN = {
    "fi": re.compile(r"\b(?:olin|olimme|tulin|tulimme|saavuin|saavuimme|itse|maksu\w*|laskuni)\b"),
    "sv": re.compile(r"\b(?:jag|vi) (?:själv |själva )?(?:kom|var|är|anlände|blev)\b|\binnan ni blev\b"),
    "en": re.compile(
        r"\b(?:i|we|i['’]m|we['’]re) (?:was|were|am|are|got|came|arrived|running|turned)\b|\bsorry"
    ),
}
"""What stands before a delay that is the customer's own."""
_QUOTES = re.compile('["”“„«»]')


def holds(mark: str, weight: float, low: str, span: Span, language: str, sentiment: str | None) -> bool:
    """Whether a phrase at `span` of a text in lower case tells `mark`; `sentiment` is that of the text.

    `low` needs the length of the text, and `weight` is that of the phrase.
    """
    if sentiment is not None and not _agrees(mark, weight, sentiment):
        return False
    if mark not in PLACED:
        return True
    start, end = span
    near = low[max(0, start - NEAR) : start]
    clause = _after_last(CLAUSE_ENDS, near)
    if mark in CONDITIONAL and _IF[language].search(
        _after_last(STOPS, near) if mark == "leaving" else clause
    ):
        return False
    if mark == "late" and _OWN[language].search(clause):
        return False
    if mark in ASKED and _is_asked(mark, low, clause, span, language):
        return False
    return mark not in QUOTED or not _is_quoted(low, near, end)


def _agrees(mark: str, weight: float, sentiment: str) -> bool:
    if weight <= WEAK and mark in AGREEING:
        return sentiment in AGREEING[mark]
    return weight >= SURE or CONTRARY.get(mark) != sentiment


def _after_last(signs: str, text: str) -> str:
    """What follows the last of the signs."""
    return text[max(map(text.rfind, signs)) + 1 :]


def _is_asked(mark: str, low: str, clause: str, span: Span, language: str) -> bool:
    """Whether the clause is a question, but for "why is it late?", which says so."""
    start, end = span
    close = _CLAUSE_END.search(low, end, end + NEAR)
    if mark == "suggestion":
        asked = low[start - len(clause) : close.start() if close else end + NEAR]
        return _ASKS_FOR_ADVICE[language].search(asked) is not None
    return close is not None and close[0] == "?" and not _WHY[language].search(clause + low[start:end])


def _is_quoted(low: str, near: str, end: int) -> bool:
    """Whether somebody else's words are given: an odd number of quotes before in the line, and one after."""
    line = near[near.rfind("\n") + 1 :]
    if len(_QUOTES.findall(line)) % 2 == 0:
        return False
    return _QUOTES.search(low, end, end + NEAR) is not None
