"""Which words need us: rules over what was said, scored and read. Pure, given the rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from kalevi.cases.rule_models import OpeningRule, Urgency, Why
from kalevi.interactions.models import Interaction
from kalevi.text.reading import Reading

# A legal request is nothing a guess decides alone: these words open a case whatever else was read.
# The company may have its own in their place.
LEGAL: dict[str, list[str]] = {
    "fi": [
        "tietosuoja",
        "henkilötieto",
        "rekisteriseloste",
        "poistakaa tietoni",
        "gdpr",
        "kuluttajariita",
        "kuluttaja-asiamie",
        "asianaja",
    ],
    "sv": ["dataskydd", "personuppgift", "konsumenttviste", "konsumentombud", "advokat"],
    "en": ["data protection", "my personal data", "delete my data", "lawyer", "small claims"],
}
USUAL: tuple[tuple[Why, float, Urgency], ...] = (
    (Why.LEGAL, 0.0, Urgency.SOON),
    (Why.LEAVING, 0.6, Urgency.NOW),
    (Why.PROBLEM, 0.6, Urgency.SOON),
    (Why.LOW_SCORE, 0.0, Urgency.SOON),
    (Why.NEED, 0.6, Urgency.SOON),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a case opens, and how soon it has to move."""

    why: Why
    urgency: Urgency


def usual_rules() -> list[OpeningRule]:
    """Return the rules a company begins with, unsaved."""
    return [OpeningRule(why=why, sure=sure, urgency=urgency) for why, sure, urgency in USUAL]


def legal_words(rules: Sequence[OpeningRule]) -> dict[str, list[str]]:
    """Return the words that tell of a legal request, by language: the company's own, else the usual ones."""
    own = [rule.words for rule in rules if rule.why == Why.LEGAL and rule.words]
    return {language: list(own[0].get(language, ())) if own else LEGAL[language] for language in LEGAL}


def current_rules() -> list[OpeningRule]:
    """Return the company's rules, the usual ones where it has set none."""
    own = {rule.why: rule for rule in OpeningRule.objects.all()}
    return [own.get(rule.why, rule) for rule in usual_rules()]


def opening(
    interaction: Interaction, reading: Reading | None, rules: Sequence[OpeningRule], *, asks: bool = False
) -> Opening | None:
    """Return why these words open a case; None where they do not. The first rule in order decides.

    Whoever `asks` to be contacted needs us, whatever they wrote.
    """
    found: dict[str, float] = {Why.NEED: 1.0} if asks else {}
    found |= {
        why: max(sign, found.get(why, 0.0)) for why, sign in _signs(interaction, reading, rules).items()
    }
    for rule in rules:
        if not rule.active or rule.why not in found:
            continue
        sign = found[rule.why]
        if rule.why == Why.LOW_SCORE:
            if sign <= rule.at_most:
                return Opening(Why.LOW_SCORE, Urgency(rule.urgency))
        elif sign >= rule.sure:
            urgent = reading is not None and any(mark.mark == "urgency" for mark in reading.marks)
            return Opening(Why(rule.why), Urgency.NOW if urgent else Urgency(rule.urgency))
    return None


def _signs(
    interaction: Interaction, reading: Reading | None, rules: Sequence[OpeningRule]
) -> dict[str, float]:
    """Return how sure each reason is; for a low score its place on the scale."""
    found: dict[str, float] = {}
    if reading is not None:
        for hot in reading.hots:
            if hot.kind in ("problem", "need"):
                found[hot.kind] = max(found.get(hot.kind, 0.0), hot.confidence)
        leaving = [mark.confidence for mark in reading.marks if mark.mark == "leaving"]
        if leaving:
            found[Why.LEAVING] = max(leaving)
    words = (interaction.verbatim or "").casefold()
    if any(word in words for theirs in legal_words(rules).values() for word in theirs):
        found[Why.LEGAL] = 1.0
    score, low, high = interaction.score, interaction.score_low, interaction.score_high
    if score is not None and low is not None and high is not None:
        found[Why.LOW_SCORE] = (score - low) / (high - low)
    return found
