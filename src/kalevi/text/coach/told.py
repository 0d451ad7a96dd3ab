"""What the customer's words tell by themselves: a feeling in so many words, joy, a wish, only a question.

The reader's numbers say the same less surely of short words; the coach weighs both.
"""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from kalevi.text.coach.moments import moments
from kalevi.text.coach.situation import Situation, sentences
from kalevi.text.reading import Span

NAMES = (
    "says_pain", "says_joy", "cries_out", "calm_question", "only_asks", "wants", "again", "reads_negative",
    "reads_positive", "reads_feeling", "reads_joy", "reads_problem", "reads_need", "reads_dream",
    "reads_suggestion", "incident", "own_matter", "incident_open", "incident_left",
    "names_pain", "names_joy",
)  # fmt: skip
LANGUAGES = ("fi", "sv", "en")
_FIGURE = re.compile(r"\d")
_OUTCRY = re.compile(r"!{2,}|\?{2,}|\b[A-ZÅÄÖ]{3,}+(?:\s{1,3}+[A-ZÅÄÖ]{2,}+){2}")
_PAINFUL = ("anger", "disgust", "fear", "sadness")


@cache
def _said() -> dict[tuple[str, str], re.Pattern[str]]:
    """What is told, by name and language; `incident` and `own_matter` tell whether only they can place it."""
    found = defaultdict(list)
    for line in (files(__package__) / "told.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, language, words = line.split("\t")
            found[name, language].append(words)
    return {key: re.compile("|".join(words)) for key, words in found.items()}


def told(draft: str, language: str, asked: Situation | None, *, resolves: bool = False) -> dict[str, float]:
    """Return every number under `NAMES`; those of the customer's words are 0 without them.

    `names_pain` and `names_joy` tell whether the draft puts a feeling into words; `resolves`, that it settles
    the matter.
    """
    said, low = _said(), draft.lower()
    tongue = language if language in LANGUAGES else "en"
    values = dict.fromkeys(NAMES, 0.0) | {
        "names_pain": min(len(said["pain", tongue].findall(low)), 2) / 2,
        "names_joy": min(len(said["joy", tongue].findall(low)), 2) / 2,
    }
    if asked is None or not asked.text.strip():
        return values
    tongue = asked.language if asked.language in LANGUAGES else tongue
    low = asked.text.lower()
    pain, wants = len(said["pain", tongue].findall(low)), bool(said["wants", tongue].search(low))
    incident, own = bool(said["incident", tongue].search(low)), bool(said["own_matter", tongue].search(low))
    placed = own or bool(_FIGURE.search(low)) or bool(moments(asked.text, tongue))
    reads = asked.scores
    calm = bool(asked.questions) and not pain and reads.get("problem", 0.0) < 0.5
    return values | {
        "says_pain": min(pain, 2) / 2,
        "says_joy": min(len(said["joy", tongue].findall(low)), 2) / 2,
        "cries_out": float(bool(_OUTCRY.search(asked.text))),
        "calm_question": float(calm),
        "only_asks": float(calm and not wants),
        "wants": float(wants),
        "again": float(bool(said["again", tongue].search(low))),
        "reads_negative": reads.get("negative", 0.0),
        "reads_positive": reads.get("positive", 0.0),
        "reads_feeling": max((reads.get(name, 0.0) for name in _PAINFUL), default=0.0),
        "reads_joy": reads.get("joy", 0.0),
        "reads_problem": reads.get("problem", 0.0),
        "reads_need": reads.get("need", 0.0),
        "reads_dream": reads.get("dream", 0.0),
        "reads_suggestion": reads.get("suggestion", 0.0),
        "incident": float(incident),
        "own_matter": float(own),
        "incident_open": float(incident and not placed),
        "incident_left": float(incident and not placed and not resolves),
    }


def felt_in(asked: Situation) -> Span | None:
    """Return the sentence of the customer that says a feeling in so many words; the one that says most."""
    words = _said()["pain", asked.language if asked.language in LANGUAGES else "en"]
    said = [(len(words.findall(asked.text[a:b].lower())), (a, b)) for a, b in sentences(asked.text)]
    most, span = max(said, key=lambda one: one[0], default=(0, (0, 0)))
    return span if most else None
