"""The time of day that words of a promise speak of: klo 12.30, ennen kello kahta, in the next two hours."""

import re
from datetime import time, timedelta

_CLOCK = {
    "fi": r"\b(?:klo|kello)\s?(\d{1,2})(?:[.:](\d{2}))?\b()",
    "sv": r"\b(?:kl\.?|klockan)\s?(\d{1,2})(?:[.:](\d{2}))?\b()",
    "en": r"\b(?:at|by|before)\s(\d{1,2})(?:[:.](\d{2}))?(?:\s?(am|pm|o['’]clock)\b|(?<=[:.]\d\d)())",
}
# An hour in words; of one to six o'clock that of the afternoon is meant.
_HOURS = {
    "fi": "yh[dt] kah[dt] kolm nelj vii[dt] kuu[dt] seitsem kahdeks yhdeks kymmen yhdentoista kahdentoista",
    "sv": "ett två tre fyra fem sex sju åtta nio tio elva tolv",
    "en": "one two three four five six seven eight nine ten eleven twelve",
}
_IN_WORDS = {
    "fi": r"\bkello (?:{hours})(?!\w*toista)\w{{0,5}}\b",
    "sv": r"\b(?:klockan|kl\.) (?:{hours})\b",
    "en": r"\b(?:{hours}) o['’]clock\b",
}
_NOON = {
    "fi": r"\baamupäiv\w+|\bpuol\w+päiv\w+|\bkeskipäiv\w+",
    "sv": r"\bförmiddag\w*|\b(?:före|till) lunch\b|\bmitt på dagen\b",
    "en": r"\b(?:noon|midday|lunchtime)\b|\bin the morning\b|\bmorning\b",
}
_EVENING = {
    "fi": r"\bill(?:alla|aksi|an)\b|\b\w*iltana\b|\biltapäiv",
    "sv": r"\b(?:i|på) kväll|\bkvällen\b|\beftermiddag",
    "en": r"\btonight\b|\bevening\b|\bafternoon\b",
}
_SOON = {
    "fi": r"\b(\d{1,2}|yhden|parin|kahden|kolmen|neljän)?\s?(tunnin|minuutin) (?:sisällä|kuluessa|päästä)",
    "sv": r"\b(?:inom|om) (\d{1,2}|en|ett|ett par|två|tre|fyra) (timm|minut)",
    "en": r"\b(?:within|in) (?:the next )?(\d{1,2}|the|an|a|one|two|three|four|a couple of) (hour|minute)",
}
_NUMBERS = {
    **dict.fromkeys(("yhden", "en", "ett", "an", "a", "the", "one"), 1),
    **dict.fromkeys(("parin", "kahden", "ett par", "två", "two", "a couple of"), 2),
    **dict.fromkeys(("kolmen", "tre", "three"), 3),
    **dict.fromkeys(("neljän", "fyra", "four"), 4),
}


def clock(said: str, language: str) -> time | None:
    """Return the time of day in words in lower case of fi, sv or en; "in the forenoon" ends at noon."""
    found = re.search(_CLOCK[language], said)
    if found is None:
        return _in_words(said, language)
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour < 12 and (found[3] == "pm" or re.search(_EVENING[language], said)):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_words(said: str, language: str) -> time | None:
    # From twelve down: "kahdeksan" (8) begins as "kahden" (2) does.
    for number, hour in reversed(list(enumerate(_HOURS[language].split(), 1))):
        if re.search(_IN_WORDS[language].format(hours=hour), said):
            late = number < 7 or (number < 12 and re.search(_EVENING[language], said) is not None)
            return time(number + 12 if late else number)
    return time(12) if re.search(_NOON[language], said) else None


def ahead(said: str, language: str) -> timedelta | None:
    """Return how many hours or minutes ahead words in lower case speak of."""
    found = re.search(_SOON[language], said)
    if found is None:
        return None
    word = found[1] or "1"
    amount = int(word) if word.isdecimal() else _NUMBERS[word.strip()]
    return timedelta(minutes=amount) if found[2].startswith("minu") else timedelta(hours=amount)
