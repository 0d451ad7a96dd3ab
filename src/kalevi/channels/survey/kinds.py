"""The kinds of question: what each takes as an answer, and how we usually ask it. No Django."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from kalevi.channels.survey.texts import UNWRITTEN, Texts


class Kind(StrEnum):
    """A kind of question. The names are stored."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    FEELING = "feeling"
    EXPECTATION = "expectation"
    HEARD = "heard"
    SUCCESS = "success"
    EASE = "ease"
    HOT = "hot"
    WORDS = "words"
    CHOICE = "choice"
    CHOICES = "choices"
    STORY_CONSENT = "story_consent"


# Numbers as they are kept: lowest and highest. Three steps in words are 0, 1 and 2.
SCALES: dict[Kind, tuple[int, int]] = {
    Kind.NPS: (0, 10),
    Kind.CSAT: (1, 5),
    Kind.CES: (1, 7),
    Kind.HEARD: (0, 2),
    Kind.SUCCESS: (0, 2),
    Kind.EASE: (0, 2),
}
# The customer may say these in words of their own.
OPEN = frozenset({Kind.FEELING, Kind.EXPECTATION, Kind.HOT, Kind.WORDS})
# Answered by choosing one or several of the question's own options.
WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})
STRENGTHS = (1, 2, 3)
HOT_PARTS = ("dream", "problem", "need")
OUTCOMES = ("better", "as_expected", "worse")
# An estimate of how long an unhurried person takes to read and answer, in seconds; nobody measured it.
_SECONDS = {
    Kind.NPS: 7,
    Kind.CSAT: 5,
    Kind.CES: 7,
    Kind.FEELING: 12,
    Kind.EXPECTATION: 20,
    Kind.HEARD: 5,
    Kind.SUCCESS: 4,
    Kind.EASE: 4,
    Kind.HOT: 45,
    Kind.WORDS: 25,
    Kind.CHOICE: 6,
    Kind.CHOICES: 9,
    Kind.STORY_CONSENT: 6,
}
FOLLOW_UP_SECONDS, READY_SECONDS = 8, 3


def seconds(kind: Kind) -> int:
    """Return about how many seconds a question takes."""
    return _SECONDS[kind]


@dataclass(frozen=True, slots=True)
class Usual:
    """How a kind is usually asked, what stands at the two ends of its scale, and its answers in words.

    `answers` are by what is kept: 2, 1 and 0 for three steps, else a key.
    """

    text: Texts
    low: Texts
    high: Texts
    answers: dict[str, Texts]


@cache
def usual() -> dict[str, Usual]:
    """Return the usual question of each kind; `why` is the follow-up, `hot_dream` and so on the parts."""
    lines = (files(__package__) / "usual_questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found: dict[str, dict[str, Texts]] = {}
    for line in lines:
        key, place, *texts = line.split("\t")
        found.setdefault(key, {})[place] = Texts(*texts)
    return {
        key: Usual(p.pop("text"), p.pop("low", UNWRITTEN), p.pop("high", UNWRITTEN), p)
        for key, p in found.items()
    }
