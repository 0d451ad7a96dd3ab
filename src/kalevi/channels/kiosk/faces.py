"""The four faces: which feelings of a survey they stand for, and how they are drawn."""

from dataclasses import dataclass

from kalevi.channels.survey.definition import Definition, Question
from kalevi.channels.survey.feelings import FeelingWord, feeling_words
from kalevi.channels.survey.kinds import Kind

# From the warmest to the coldest. Each has the colour and the shape of the feeling beside it.
FOUR = ("joy", "trust", "disappointment", "irritation")
# Mouth and brows on a field of 48 by 48; eyes are the same for all.
_WARM = "M13 27c2 8 6 11 11 11s9-3 11-11z"
_MILD = "M15 29c3 4 6 5 9 5s6-1 9-5"
_LOW = "M15 35c3-4 6-5 9-5s6 1 9 5"
_CROSS = "M16 34h16M11 11l8 3.5M37 11l-8 3.5"
_MOUTHS = {"joy": _WARM, "trust": _MILD, "sadness": _LOW, "anger": _CROSS}


@dataclass(frozen=True, slots=True)
class Face:
    """One face: `key` of its feeling, the one of the eight whose colour and shape it has, and its mouth."""

    key: str
    tone: str
    mouth: str
    word: FeelingWord


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kiosk asks of a survey: a feeling by a face, and words where the survey has room for them."""

    feeling: Question
    words: Question | None
    faces: tuple[Face, ...]


def asked_of(definition: Definition) -> Asked | None:
    """Return what a kiosk may ask of a survey; None where the survey asks for no feeling."""
    feeling = next((one for one in definition.questions if one.kind is Kind.FEELING), None)
    if feeling is None:
        return None
    words = next((one for one in definition.questions if one.kind is Kind.WORDS), None)
    return Asked(feeling, words, _faces(feeling))


def _faces(feeling: Question) -> tuple[Face, ...]:
    table = feeling_words()
    offered = [option.key for option in feeling.options] or list(table)
    keys = [key for key in FOUR if key in offered]
    # A survey with feelings of its own choosing: those that have a colour and a shape, in its order.
    keys += [key for key in offered if key not in keys and table[key].plutchik][: 4 - len(keys)]
    order = {"good": 0, "open": 1, "bad": 2}
    chosen = sorted((table[key] for key in keys), key=lambda word: order[word.tone])
    return tuple(
        Face(word.key, word.plutchik, _MOUTHS.get(word.plutchik, _mouth(word.tone)), word) for word in chosen
    )


def _mouth(tone: str) -> str:
    return {"good": _MILD, "bad": _LOW}.get(tone, "M16 32h16")
