"""Every key that a reading may hold, named in Finnish, Swedish and English.

The names are everyday words in the nominative, lower case as each language writes them; they stand in
`vocabulary.tsv`. Keys are unique over all groups, so one function names them all.
"""

from functools import cache

from kalevi.text.beside import text_beside

FEELINGS = (
    "anger",
    "anticipation",
    "disgust",
    "fear",
    "joy",
    "sadness",
    "surprise",
    "trust",
)
HOT_KINDS = ("dream", "problem", "need")
SENTIMENTS = ("negative", "neutral", "positive", "mixed")
LANGUAGES = ("fi", "sv", "en", "und")

SUBJECT_THEMES = (
    "delivery",
    "product_quality",
    "price",
    "staff_service",
    "waiting_time",
    "website_app",
    "billing",
    "communication",
    "complaint_handling",
    "availability_stock",
    "premises",
    "contract_cancellation",
)
MET_THEMES = (
    "heard",
    "not_heard",
    "welcomed",
    "guided",
    "respected",
    "belittled",
    "cared_for",
    "passed_around",
    "told_again",
    "helped_unasked",
    "success",
    "ease",
    "effort",
)
THEMES = SUBJECT_THEMES + MET_THEMES

MARKS = (
    "expectation",
    "better_than_expected",
    "worse_than_expected",
    "wow",
    "disappointment",
    "despair",
    "relief",
    "promise",
    "praise_of_colleague",
    "first_time",
    "recommends",
    "leaving",
    "suggestion",
    "comparison",
    "urgency",
    "asks_for_human",
    "order_differs",
    "late",
)
PERSONAL_DATA_KINDS = (
    "name",
    "email",
    "phone",
    "personal_identity_code",
    "iban",
    "street_address",
    "licence_plate",
)

GRADES = {
    "anger": ("annoyance", "anger", "rage"),
    "anticipation": ("interest", "anticipation", "vigilance"),
    "disgust": ("boredom", "disgust", "loathing"),
    "fear": ("apprehension", "fear", "terror"),
    "joy": ("serenity", "joy", "ecstasy"),
    "sadness": ("pensiveness", "sadness", "grief"),
    "surprise": ("distraction", "surprise", "amazement"),
    "trust": ("acceptance", "trust", "admiration"),
}


@cache
def names() -> dict[tuple[str, str], str]:
    """(key, language) -> name, for the languages fi, sv and en."""
    head, *lines = text_beside(__file__, "vocabulary.tsv").splitlines()
    languages = head.split("\t")[2:]
    rows = (line.split("\t") for line in lines)
    return {
        (row[1], language): word for row in rows for language, word in zip(languages, row[2:], strict=True)
    }


def name(key: str, language: str) -> str:
    """The name of `key` in fi, sv or en. Raises KeyError where the key or the language is unknown."""
    return names()[key, language]


def grade(intensity: float) -> int:
    """0, 1 or 2 for the mild, plain and strong third of an intensity between 0 and 1."""
    return min(2, max(0, int(intensity * 3)))


def graded_feeling(feeling: str, intensity: float, language: str) -> str:
    """Plutchik's word for a feeling of this intensity (0 to 1): annoyance, anger or rage for anger.

    Raises KeyError where the feeling or the language is unknown.
    """
    return name(GRADES[feeling][grade(intensity)], language)
