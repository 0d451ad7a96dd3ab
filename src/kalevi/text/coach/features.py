"""What can be counted in an answer and in the words it answers: the numbers that judging weighs."""

import math
import re
from collections.abc import Mapping, Sequence

from kalevi.text.coach.moments import moments
from kalevi.text.coach.questions import unanswered
from kalevi.text.coach.signals import Signal, signals
from kalevi.text.coach.situation import Situation, content_keys, sentences
from kalevi.text.coach.told import NAMES as OF_TOLD
from kalevi.text.coach.told import told
from kalevi.text.coach.unknown import NAMES as OF_UNKNOWN
from kalevi.text.coach.unknown import unknown
from kalevi.text.coach.wording import NAMES as OF_WORDING
from kalevi.text.coach.wording import wording
from kalevi.text.reading import Span

COUNTED = (
    "met", "thanks", "ritual", "owns", "act", "done", "soon", "pass", "excuse", "blame", "belittle",
    "promise", "we", "jargon", "aim", "fake",
)  # fmt: skip
# Of the customer's words, as the reader read them; and of the draft.
OF_CUSTOMER = (
    "trouble", "problem", "need", "negative", "positive", "felt", "strongly", "asked", "told_long",
    "told_facts", "vague",
)  # fmt: skip
OF_DRAFT = (
    *(f"has_{name}" for name in COUNTED),
    "times", "numbers", "shared", "shared_at_most", "shared_share", "asks", "open_questions",
    "answered", "long", "sentences", "same_language", "names", "me", "us", "you", "us_first",
    "passive", "plain", "word_length", "long_words", "commas",
)  # fmt: skip
COUNTS = (*OF_CUSTOMER, *OF_DRAFT)
NAMES = (*COUNTS, *OF_UNKNOWN, *OF_WORDING, *OF_TOLD)
LONG_WORD = 12
_ME = re.compile(
    r"\b(?:minä|minun|minulle|itse|olen|jag|min|mitt|mig|själv|i|i'm|i'll|i've|my|me|myself)\b", re.I
)
_US = re.compile(
    r"\b(?:me|meidän|meille|meillä|meiltä|olemme|vi|vår\w*|oss|we|our|us|we're|we've|we'll)\b", re.I
)
_YOU = re.compile(
    r"\b(?:sinä|sinun|sinulle|sinua|sinulla|sait|saat|voit|jouduit|teidän|teille|teitä|te|du|dig|din|ditt|dina|"
    r"ni|er|ert|era|you|your|you're|you'll|you've)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b\w+(?:taan|tään|daan|dään|laan|lään|naan|nään|raan|rään|ttiin|tty|ttu)\b|\b\w{4,}s\b(?= av)"
)
_INNER_NAME = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]{2,}")
_NUMBER = re.compile(r"\d+")


def features(
    draft: str, language: str, asked: Situation | None, found: Mapping[str, Sequence[Signal]] | None = None
) -> dict[str, float]:
    """Return every number under `NAMES`; those of the customer's words are 0 without them."""
    found = found if found is not None else signals(draft, language)
    parts = sentences(draft)
    words = draft.split()
    shared = _shared(draft, language, parts, asked)
    questions = len(asked.questions) if asked else 0
    left = len(unanswered(draft, language, asked)) if asked and questions else 0
    values = {
        "trouble": float(asked is not None and asked.trouble is not None),
        "problem": asked.problem if asked else 0.0,
        "need": asked.need if asked else 0.0,
        "negative": float(asked is not None and asked.sentiment in ("negative", "mixed")),
        "positive": float(asked is not None and asked.sentiment in ("positive", "mixed")),
        "felt": float(asked is not None and asked.feeling is not None),
        "strongly": asked.strength if asked else 0.0,
        "asked": min(questions, 2) / 2,
        "told_long": math.log1p(len(asked.text.split())) / 4 if asked else 0.0,
        "told_facts": float(asked is not None and bool(_NUMBER.search(asked.text))),
        "times": min(len(moments(draft, language)), 3) / 3,
        "numbers": min(len(_NUMBER.findall(draft)), 4) / 4,
        "shared": math.log1p(sum(shared)) / 2,
        "shared_at_most": min(max(shared, default=0), 4) / 4,
        "shared_share": sum(shared) / max(1, len(asked.keys)) if asked else 0.0,
        "asks": float(any(draft[a:b].rstrip().endswith("?") for a, b in parts)),
        "open_questions": float(left > 0),
        "answered": float(questions > 0 and left == 0),
        "long": math.log1p(len(words)) / 5,
        "sentences": min(len(parts), 8) / 8,
        "same_language": float(
            asked is None or "und" in (asked.language, language) or asked.language == language
        ),
        "names": min(len(_INNER_NAME.findall(draft)), 3) / 3,
        "me": min(len(_ME.findall(draft)), 4) / 4,
        "us": min(len(_US.findall(draft)), 4) / 4,
        "you": min(len(_YOU.findall(draft)), 5) / 5,
        "us_first": float(bool(_US.search(draft[:60]))),
        "word_length": sum(map(len, words)) / max(1, len(words)) / 10,
        "long_words": sum(len(word) >= LONG_WORD for word in words) / max(1, len(words)),
        "commas": min(draft.count(",") / max(1, len(parts)), 3) / 3,
        "passive": min(len(_PASSIVE.findall(draft)), 3) / 3,
        "plain": float(not any(found.get(name) for name in ("ritual", "we", "jargon", "excuse", "pass"))),
        "vague": float(asked is not None and asked.vague),
    }
    values |= {f"has_{name}": min(len(found.get(name, ())), 3) / 3 for name in COUNTED}
    values |= unknown(draft, language, parts, asked, found)
    values |= wording(draft, language, parts, asked)
    values |= told(draft, language, asked, resolves=bool(values["resolves"]))
    return {name: values[name] for name in NAMES}


def _shared(draft: str, language: str, parts: Sequence[Span], asked: Situation | None) -> list[int]:
    """Return for each sentence how many of the customer's own words it takes up, in any inflection."""
    if asked is None:
        return []
    tongue = language if language == asked.language else "und"
    theirs = asked.keys if tongue == asked.language else content_keys(asked.text, tongue)
    return [len(theirs & content_keys(draft[start:end], tongue)) for start, end in parts]
