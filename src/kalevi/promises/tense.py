"""Whether words of a promise tell of one to be kept, of one that was not, or of none: by tense and negation.

Looked at is the sentence and the one after it ("Lupasitte soittaa. Kukaan ei soittanut."). Told of is what we
promised; what the customer promises, what nobody promised and what was kept is nothing to be kept.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

Told = Literal["open", "broken", "none"]


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
    has = _patterns(language)
    if has["broke"].search(said):
        return "broken"
    if has["idiom"].search(said) or has["asked"].search(said) or has["denied"].search(said):
        return "none"
    if has["noted_theirs" if noted else "own"].search(said):
        return "none"
    if has["kept"].search(said):
        return "none"
    if has["not_kept"].search(said) or has["after"].search(then):
        return "broken"
    # "We will send the shoes back" is a customer's own, unless they say that we said it.
    if not noted and has["we"].search(said) and not has["word_given"].search(said):
        return "none"
    if (
        not dated
        and not has["word_given"].search(has["noun"].sub(" ", said))
        and not has["wait"].search(said)
    ):
        return "none"
    return "open" if has["word_given"].search(said) or not has["wait"].search(said) else "none"


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    lines = (files(__package__) / "tense.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.startswith(f"{language}\t")]
    return {name: re.compile("|".join(parts)) for _language, name, *parts in rows}
