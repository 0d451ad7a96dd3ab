"""Whether each question of the customer is answered somewhere in a draft."""

import re
from collections.abc import Sequence

from kalevi.text.coach.moments import moments
from kalevi.text.coach.situation import Situation, content_keys, sentences
from kalevi.text.reading import Span

_YES_NO = {
    "fi": re.compile(
        r"^(?:kyllä|ei|joo|toki|totta kai|valitettavasti|voit|voitte|saat|saatte|onnistuu|löytyy|on)\b"
    ),
    "sv": re.compile(r"^(?:ja|nej|jo|javisst|visst|självklart|tyvärr|det går|absolut|du kan|ni kan)\b"),
    "en": re.compile(r"^(?:yes|no|certainly|of course|sure|unfortunately|indeed|absolutely|you can)\b"),
}
_WHEN = {
    "fi": re.compile(r"\b(?:milloin|koska|mihin mennessä|kauanko|kuinka kauan|monelta)\b"),
    "sv": re.compile(r"\b(?:när|hur länge|hur dags)\b"),
    "en": re.compile(r"\b(?:when|how long|what time|how soon)\b"),
}
_MUCH = {
    "fi": re.compile(r"\b(?:paljonko|kuinka paljon|mitä maksaa|hinta|montako)\b"),
    "sv": re.compile(r"\b(?:hur mycket|vad kostar|hur många|pris)\b"),
    "en": re.compile(r"\b(?:how much|how many|price|cost)\b"),
}
_WHY = {
    "fi": re.compile(r"\b(?:miksi|miten voi|minkä takia)\b"),
    "sv": re.compile(r"\b(?:varför|hur kan)\b"),
    "en": re.compile(r"\b(?:why|how come|how can)\b"),
}
_BECAUSE = {
    "fi": re.compile(
        r"\b(?:koska|sillä|siksi|syy|johtui|johtuu|virhe\w*|unohd\w*|sekoi\w*|erehd\w*|jäi|moka\w*)"
    ),
    "sv": re.compile(r"\b(?:eftersom|därför|för att|orsak\w*|beror|berodde|fel|glömde|missade|misstag\w*)"),
    "en": re.compile(
        r"\b(?:because|since|reason|due to|mistake|forgot|missed|error|our fault|mix-up|mixed up)"
    ),
}
_FINDS_OUT = {
    "fi": re.compile(r"\b(?:selvit\w+|tarkist\w+|kysyn|katson|tutkin|en tiedä)\b"),
    "sv": re.compile(r"\b(?:reder ut|kollar|kontrollerar|frågar|undersöker|vet inte)\b"),
    "en": re.compile(
        r"\b(?:find out|check\w*|ask\w*|look into|looking into|don't know|do not know|investigat\w*)\b"
    ),
}
_NUMBER = re.compile(r"\d")


def unanswered(draft: str, language: str, asked: Situation) -> tuple[Span, ...]:
    """The questions of the customer that nothing in the draft answers.

    A question is answered by a time where it asks when, a number where it asks how much, a reason where it
    asks why, a yes or no, the words it is about in something told, or by somebody who finds out by a time.
    """
    told = [draft[start:end] for start, end in sentences(draft)]
    told = [sentence for sentence in told if not sentence.rstrip().endswith("?")]
    low = " ".join(told).lower()
    kept = language if language in _WHEN else "en"
    dated = bool(moments(draft, kept))
    finds_out = dated and _FINDS_OUT[kept].search(low) is not None
    missing = []
    for start, end in asked.questions:
        question = asked.text[start:end]
        if finds_out or _answered(question, told, low, kept, asked.language, dated):
            continue
        missing.append((start, end))
    return tuple(missing)


def _answered(
    question: str, told: Sequence[str], low: str, language: str, asked_in: str, dated: bool
) -> bool:
    tongue = asked_in if asked_in in _WHEN else language
    ask = question.lower()
    if _WHEN[tongue].search(ask):
        return dated
    if _MUCH[tongue].search(ask):
        return _NUMBER.search(low) is not None
    if _WHY[tongue].search(ask):
        return _BECAUSE[language].search(low) is not None
    about = content_keys(question, tongue)
    if about and any(about & content_keys(sentence, language) for sentence in told):
        return True
    return any(_YES_NO[language].search(sentence.strip().lower()) for sentence in told)
