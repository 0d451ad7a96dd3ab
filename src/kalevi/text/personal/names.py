"""Names of people: a known first name with what follows it, a title, an introduction or a closing greeting.

Not every capitalised word is a name, and a company named after a person is no person.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from kalevi.text.personal.lists import first_names, first_parts, surnames, words

CAPITALISED = re.compile(r"[A-ZÅÄÖÉÜØÆ]\w*(?:[-'’]\w+)*")
ENDS_SENTENCE = frozenset('.!?…:;\n\r"”»(-–—•*')
AROUND_GREETING = " \t,.:;!\n\r–-"
SIGNED = re.compile(
    r"(?:\b(?:terveisin|terv|terkuin|nimeni on|mvh|jag heter|my name is|regards)|(?:\A|[\s.,!?])t:?)"
    r"[.,:!\s-]{1,4}"
    r"([^\W\d_]{2,20}(?:[ ][^\W\d_]{2,20})?)",
    re.IGNORECASE,
)
SIGNED_SIGNS = (
    "terv",
    "terkuin",
    "nimeni on",
    "mvh",
    "jag heter",
    "my name",
    "regards",
    "t:",
    " t.",
    " t,",
    "\nt",
)
SIGNED_WORDS = frozenset(["terveisin", "terv", "terkuin", "nimeni", "mvh", "heter", "name", "regards", "t"])
LOOK_BACK = 40
LONGEST_NAME = 60
LONGEST_RUN = 12

Word = tuple[str, int, int]
Run = list[Word]


def names(text: str) -> list[tuple[int, int]]:
    """Where names of people stand in `text`, in order."""
    capitalised = [(match[0], *match.span()) for match in CAPITALISED.finditer(text)]
    found: list[tuple[int, int]] = []
    if capitalised and _worth_a_look(capitalised, text):
        found = [span for run in _runs(capitalised, text) if (span := _name_in(run, text)) is not None]
    end = text[-LOOK_BACK:].lower()
    if any(sign in end for sign in SIGNED_SIGNS):
        found += _signed_in_small_letters(text)
    return found


def _worth_a_look(capitalised: Run, text: str) -> bool:
    """Whether any of the words may be a name: the cheap question asked of every text."""
    known, cues = telling_words(), last_cue_words()
    for word, start, _ in capitalised:
        if word in known or (word.isupper() and word.capitalize() in known) or "-" in word:
            return True
        if start:
            before = text[max(0, start - 16) : start].rstrip(AROUND_GREETING).rsplit(None, 1)
            if before and before[-1].lower() in cues:
                return True
    return False


@cache
def telling_words() -> frozenset[str]:
    """First names, surnames and titles, capitalised, in all their forms."""
    return frozenset(first_names()) | surnames() | {title.capitalize() for title in words("title")}


@cache
def last_cue_words() -> frozenset[str]:
    """The last word of everything that introduces a name."""
    return frozenset(
        phrase.split()[-1] for name in ("title", "introduction", "sign_off") for phrase in words(name)
    )


@cache
def name_parts() -> frozenset[str]:
    """The first part of every first name and surname, in lower case: every known name has one."""
    return first_parts(chain(first_names(), surnames()))


@cache
def introducing_words(length: int) -> frozenset[str]:
    """The first words, in lower case, of what stands before a name: of one word or of two.

    Of three words ("mitt namn är") only the last two are looked at, and those are a phrase of their own.
    """
    phrases = (phrase.split() for name in ("title", "introduction", "sign_off") for phrase in words(name))
    found = frozenset(phrase[0] for phrase in phrases if len(phrase) == length)
    return found | SIGNED_WORDS if length == 1 else found


def _runs(capitalised: Run, text: str) -> Iterator[Run]:
    """Capitalised words that stand side by side, with an initial between them at most."""
    run: Run = []
    for word, start, end in capitalised:
        if start and (text[start - 1].isalnum() or text[start - 1] in "_@"):
            continue
        if run:
            between = text[run[-1][2] : start]
            beside = between == " " or (between == ". " and len(run[-1][0]) == 1)
            if not beside or len(run) >= LONGEST_RUN:
                yield run
                run = []
        run.append((word, start, end))
    if run:
        yield run


def _name_in(run: Run, text: str) -> tuple[int, int] | None:
    if any(word.lower() in words("company") for word, _, _ in run[1:]):
        return None
    if len(run) > 1 and run[0][0].lower() in words("title"):
        return _unknown(run[1:], run[1][1])
    known = first_names()
    for place, (word, start, end) in enumerate(run):
        if end - start > LONGEST_NAME:
            continue
        following = run[place + 1 :]
        kind, inflected = known.get(word) or known.get(word[:1] + word[1:].lower()) or _double(word)
        if (
            word.isupper()
            and len(word) > 1
            and (len(word) < 4 or kind != "plain" or len(run) > 2 or text.isupper())
        ):
            continue
        if kind:
            if following and f"{word.lower()}|{following[0][0].lower()}" in words("brand"):
                return None
            if inflected and following and following[0][0] not in surnames():
                continue
            surname = [] if inflected and not following else _surname(following)
            certain = kind == "plain" or bool(surname)
            if kind == "word" and not certain:
                certain = place > 0 or not _starts_sentence(start, text)
            if certain or _introduced(start, text):
                if place == 1 and len(following) == 0 and _may_be_first_name(run[0], text):
                    start = run[0][1]
                return start, surname[-1][2] if surname else _without_genitive(word, start, end)
        elif word in surnames() and not following:
            return (run[place - 1][1] if place and len(run[place - 1][0]) == 1 else start), end
        elif place == 0 and _introduced(start, text):
            return _unknown(run, start)
    return None


def _double(word: str) -> tuple[str, bool]:
    """What a double name (Gun-Britt, Timo-Pekalle) is, both of whose parts are first names."""
    first, hyphen, last = word.partition("-")
    known = first_names()
    if not hyphen or first not in known or last not in known:
        return "", False
    return "plain", known[last][1]


def _surname(following: Run) -> Run:
    taken: Run = []
    for word, start, end in following[:3]:
        if word.lower() in words("no_surname") or (word.isupper() and len(word) > 1):
            break
        taken.append((word, start, end))
    while taken and len(taken[-1][0]) == 1 and len(taken) > 1:
        taken.pop()
    return taken


def _may_be_first_name(word: tuple[str, int, int], text: str) -> bool:
    """Whether the word before a name that serves as a surname too (Vicky Thomas) belongs to it."""
    low = word[0].lower()
    stops = words("no_surname") | words("title")
    return low not in stops and not word[0].isupper() and not _starts_sentence(word[1], text)


def _unknown(run: Run, start: int) -> tuple[int, int] | None:
    """A name that no list knows, after a title, an introduction or a greeting."""
    if run[0][0].lower() in words("signs_no_name"):
        return None
    taken = [run[0], *_surname(run[1:])]
    return start, taken[-1][2]


def _without_genitive(word: str, start: int, end: int) -> int:
    return end - 2 if word.endswith(("'s", "’s")) else end


def _starts_sentence(start: int, text: str) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t")
    return not before or before[-1] in ENDS_SENTENCE


def _introduced(start: int, text: str) -> bool:
    """Whether a title, "my name is" or a closing greeting stands right before."""
    around = text[max(0, start - LOOK_BACK) : start]
    before = around.rstrip(AROUND_GREETING)
    gap = around[len(before) :]
    *_, one, last = ["", "", *before.lower().rsplit(None, 2)][-2:]
    both = f"{one} {last}".strip()
    if last in words("title"):
        return gap.strip(" .") == ""
    if last in words("sign_off") or both in words("sign_off"):
        return not gap.isspace() or "\n" in gap or last in ("terveisin", "terv", "mvh", "regards")
    return not gap.strip(" :") and (last in words("introduction") or both in words("introduction"))


def _signed_in_small_letters(text: str) -> list[tuple[int, int]]:
    """Such as "terv. maija virtanen" at the end of the text, where the first word is a known first name."""
    match = SIGNED.search(text, max(0, len(text) - 60))
    if match is None or not match[1].islower():
        return []
    first = match[1].split(" ")[0]
    if first_names().get(first.capitalize(), ("", True)) not in (("plain", False), ("word", False)):
        return []
    return [match.span(1)]
