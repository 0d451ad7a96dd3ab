"""Where a text says when: dates and days as `times` finds them, and the clock."""

import re
from datetime import date

from kalevi.text.reading import Span
from kalevi.text.times import times

_ANY_DAY = date(2026, 1, 1)  # only whether a time stands there is asked, not which
_CLOCK = {
    "fi": re.compile(
        r"\bklo \d|\bkello \d|\b\d{1,2}[.:]\d\d\b|\b\d+ ?(?:min|minuut\w+|tun\w+|h)\b|"
        r"\b(?:tunnin|minuutin|päivän|viikon|hetken|vuorokauden|iltaan|iltapäivään|aamuun|loppuun)"
        r" (?:kuluessa|sisällä|päästä|mennessä|aikana)|"
        r"\b(?:aamulla|illalla|iltapäivällä|aamupäivällä|iltaan mennessä|puoleenpäivään|arkipäiv\w+|"
        r"huomis\w+|(?:maanan|tiis|tors|perjan|lauan|sunnun)ta\w+|keskivii\w+)\b"
    ),
    "sv": re.compile(
        r"\bkl\.? ?\d|\bklockan \d|\b\d{1,2}[.:]\d\d\b|\b\d+ (?:min|minut\w*|timm\w+|dag\w*|vardag\w*)\b|"
        r"\binom (?:en|ett|två|tre) \w+|"
        r"\b(?:i morgon|imorgon|i kväll|i eftermiddag|före kvällen|på (?:morgonen|eftermiddagen|kvällen))\b"
    ),
    "en": re.compile(
        r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock)\b|\b\d{1,2}:\d\d\b|\b\d+ (?:min|minutes|hours?|days?)\b|"
        r"\b(?:within|in) (?:an?|the|one|two|three) (?:hour|day|week|minute|next)\w*|"
        r"\b(?:this (?:morning|afternoon|evening|week)|tonight|tomorrow|today|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\b(?:at|by|before) (?:noon|\d{1,2})\b"
    ),
}


def moments(text: str, language: str) -> list[Span]:
    """Where `text` tells a time, in order."""
    low = text.lower()
    kept = language if language in _CLOCK else "en"
    found = [time.span for time in times(text, kept, _ANY_DAY)]
    found += [match.span() for match in _CLOCK[kept].finditer(low)]
    return sorted(found)
