"""Thanks to somebody by name: "Ruusut Marjukalle", "tack Gun-Britt på mottagningen", "thanks to Gareth"."""

import re
from collections.abc import Iterable

from kalevi.text.reading import Span

WEIGHT = 0.75
NEAR = 48
MOST = 20
_THANKS = re.compile(
    r"\b(?:kiito\w{0,6}|kiitos|kiitti|kiitän|kehu\w{0,3}|ruusu\w{0,3}|hatunnosto\w{0,3}|terveise\w{1,3}|terveisiä|"
    r"tack|beröm\w{0,2}|eloge|heder|ros|blommor|"
    r"thanks|thank you|shout ?out|kudos|props|credit (?:to|goes)|compliments|praise|hats off)"
    r"(?: (?!(?:t|terveisin|mvh|hälsn\w*|regards|best|kind|sincerely)\b)[\w'’-]{1,20}){0,4} ?\Z"
)
_HELPED = re.compile(
    r"(?: [\w'’-]{1,20}){0,3} (?:auttoi|neuvoi|hoiti|järjesti|jaksoi|kantoi|palveli|opasti|pelasti|selvitti|"
    r"teki (?:meidän |mun |minun )?päivä\w{1,3}|"
    r"ratkaisi|kuunteli|ansaitsee|on (?:ihana|paras|huippu|kultaa|aarre|helmi)|oli (?:ihana|mahtava|huippu)|"
    r"hjälpte|fixade|ordnade|räddade|lyssnade|förtjänar|är (?:en )?(?:pärla|bäst|underbar|ängel|klippa)|"
    r"helped|sorted|fixed|saved|listened|deserves|rang me back|went out of|went above|"
    r"is (?:a star|a gem|an angel|the best|amazing|brilliant)|"
    r"was (?:amazing|brilliant|lovely|fantastic|great|wonderful|so helpful|very helpful|so kind))\b"
)
_NOT = re.compile(r"\b(?:ei|eikä|en|inte|aldrig|not|never|nobody|didn't|wasn't|isn't|no)\b")


def praised(low: str, names: Iterable[Span]) -> list[Span]:
    """Where words of a text in lower case thank or praise the people at `names`."""
    found: list[Span] = []
    for start, end in list(names)[:MOST]:
        before = _THANKS.search(low, max(0, start - NEAR), start)
        if before and not _NOT.search(before[0]):
            found.append((before.start(), end))
            continue
        after = _HELPED.match(low, end, end + NEAR)
        if after and not _NOT.search(after[0]):
            found.append((start, after.end()))
    return found
