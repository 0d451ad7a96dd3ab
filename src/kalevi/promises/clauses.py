"""What a clause of ours says will be done, and whether it is meant: no offer, wish, habit or denial."""

import re
from functools import cache
from importlib.resources import files

# What parts a sentence into clauses. "And" does not: "I look and will call you tomorrow" has one time.
_PARTING = {
    "fi": r"[,;:–—]|\b(?:mutta|vaikka|sillä)\b",
    "sv": r"[,;:–—]|\b(?:men|fast|för att)\b",
    "en": r"[,;:–—]|\b(?:but|though|because)\b",
}
_QUOTED = re.compile(r"[\"“”„»«][^\"“”„»«]{1,300}[\"“”„»«]")


def without_quotes(text: str) -> str:
    """Blank out what stands in quotation marks, so that places stay."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


@cache
def patterns(file: str, language: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns of a language in a file beside: its name, then any of several, in lower case."""
    lines = (files(__package__) / file).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.startswith(f"{language}\t")]
    return {name: re.compile("|".join(parts)) for _language, name, *parts in rows}


def done(said: str, language: str) -> tuple[int, str] | None:
    """Return where a sentence of ours, in lower case, says what will be done, with the clauses that mean it.

    What denies, offers, hopes or tells what is usual is blanked out: its times are of nothing done. None
    where nothing will be done, or only on a condition of the customer's ("if you like").
    """
    has = patterns("ours.tsv", language)
    if has["offered"].search(said):
        return None
    bounds = [0, *(place for found in re.finditer(_PARTING[language], said) for place in found.span())]
    clauses = list(zip(bounds[::2], [*bounds[1::2], len(said)], strict=True))
    for start, end in clauses:
        if has["unmeant"].search(said, start, end):
            said = said[:start] + " " * (end - start) + said[end:]
    acts = (act for start, end in clauses if (act := has["done"].search(said, start, end)))
    return next(((act.start(), said) for act in acts), None)
