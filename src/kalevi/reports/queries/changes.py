"""What changed in how a customer behaves, in words, each with the counts behind it."""

from django.utils.translation import gettext, ngettext

from kalevi.shell.templatetags.kalevi import number
from kalevi.stats.behaviour import Behaviour


def changes_in_words(changed: Behaviour) -> list[str]:
    """Return sentences, the most telling first; none where there is too little to compare."""
    said = []
    if changed.silence is not None and changed.usual_gap is not None:
        days, usual = int(changed.silence), max(1, round(changed.usual_gap))
        said.append(
            gettext(
                "They have been quiet for %(days)s days; usually we hear from them every %(usual)s days"
                " (n = %(n)s pauses)."
            )
            % {"days": number(days), "usual": number(usual), "n": number(changed.gaps)}
        )
    elif changed.oftener is not None:
        text = (
            gettext("They turn to us more often than before: %(recent)s times in 90 days (n = %(n)s before).")
            if changed.oftener
            else gettext(
                "They turn to us less often than before: %(recent)s times in 90 days (n = %(n)s before)."
            )
        )
        said.append(text % {"recent": number(changed.n_recent), "n": number(changed.n_before)})
    if changed.new:
        said.append(
            gettext("New ways of reaching us: %(channels)s (n = %(n)s in 90 days).")
            % {"channels": ", ".join(changed.new), "n": number(changed.n_recent)}
        )
    if changed.left:
        said.append(
            gettext("No longer used: %(channels)s (n = %(n)s before).")
            % {"channels": ", ".join(changed.left), "n": number(changed.n_before)}
        )
    said += _tone(changed)
    return said


def _tone(changed: Behaviour) -> list[str]:
    before, recent = changed.tone_before, changed.tone_recent
    if before is None or recent is None:
        return []
    shift = recent.below / recent.n - before.below / before.n
    if abs(shift) < 0.25:
        return []
    text = (
        gettext(
            "The tone has darkened: %(recent)s of %(n)s messages in 90 days were read as negative,"
            " before that %(before)s of %(m)s."
        )
        if shift > 0
        else gettext(
            "The tone has brightened: %(recent)s of %(n)s messages in 90 days were read as negative,"
            " before that %(before)s of %(m)s."
        )
    )
    return [
        text
        % {
            "recent": number(recent.below),
            "n": number(recent.n),
            "before": number(before.below),
            "m": number(before.n),
        }
    ]


def days_of_acquaintance(days: int) -> str:
    """Return how long we have known each other, in words."""
    if days < 1:
        return gettext("new to us")
    if days < 60:
        return ngettext("known for %(count)s day", "known for %(count)s days", days) % {"count": days}
    months, years = days // 30, days // 365
    if months < 24:
        return gettext("known for %(count)s months") % {"count": months}
    return ngettext("known for %(count)s year", "known for %(count)s years", years) % {"count": number(years)}
