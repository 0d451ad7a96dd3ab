"""Whether words of a promise tell of one to be kept, of one that was not, or of none: by tense and negation.

Looked at is the sentence and the one after it ("Lupasitte soittaa. Kukaan ei soittanut."). Told of is what we
promised; what the customer promises, what nobody promised and what was kept is nothing to be kept.
"""

import re
from typing import Literal

from kalevi.promises.clauses import patterns

Told = Literal["open", "broken", "none"]
_THAT = {
    "fi": re.compile(r"\bettä\b"),
    "sv": re.compile(r"\batt\b"),
    "en": re.compile(r"\bthat\b"),
}


def what_is_told(
    sentence: str, after: str, language: str, *, noted: bool = False, dated: bool = False
) -> Told:
    """Say what a sentence tells of a promise of ours; `after` is the sentence after it.

    With `noted` a colleague wrote it: "I promised" is ours then, "the customer promised" is not. `dated`: it
    tells by when; a promise that is only named ("the promised screws") tells nothing to be kept without. A
    language that is neither fi, sv nor en tells of one to be kept.
    """
    if language not in ("fi", "sv", "en"):
        return "open"
    said, then = sentence.lower(), after.lower()
    has = patterns("tense.tsv", language)
    if has["broke"].search(said):
        return "broken"
    if any(has[name].search(said) for name in ("idiom", "asked", "denied", "others")):
        return "none"
    if has["noted_theirs" if noted else "own"].search(said):
        return "none"
    if has["kept"].search(said):
        return "none"
    if has["not_kept"].search(said) or has["after"].search(then):
        return "broken"
    # "We will send the shoes back" is a customer's own, unless they say that we said it.
    reported = has["word_given"].search(said) or has["reported"].search(said)
    if not noted and has["we"].search(said) and not reported:
        return "none"
    if (
        not dated
        and not has["word_given"].search(has["noun"].sub(" ", said))
        and not has["wait"].search(said)
    ):
        return "none"
    return "open" if has["word_given"].search(said) or not has["wait"].search(said) else "none"


def is_given(sentence: str, language: str) -> bool:
    """Say whether a sentence tells that a word was given, in words that need no time beside them."""
    return patterns("tense.tsv", language)["given"].search(sentence.lower()) is not None


def told_from(sentence: str, language: str, *, noted: bool = False) -> int | None:
    """Return from where on a sentence tells what was said to be done, None where it does not.

    What was said of things past ("they said it came on Friday") tells of none. "It comes on Friday, so I was
    told" tells it from its beginning.
    """
    has, said = patterns("tense.tsv", language), sentence.lower()
    found = has["reported"].search(said) or (has["reported_noted"].search(said) if noted else None)
    if found is None:
        return None
    # "You said on Friday that it comes": the time is told after "that".
    that = _THAT[language].search(said, found.end())
    place = that.end() if that else found.end()
    if has["passed"].search(said, place):
        return None
    return 0 if has["said_so"].search(said) else place
