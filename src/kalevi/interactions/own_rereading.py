"""Looking through older words for the company's own themes, newest first, a batch at a time.

What is written is only where each theme stands among the findings; readings stay as they were made.
"""

from kalevi.interactions.findings import code
from kalevi.interactions.models import Found, Interaction
from kalevi.interactions.own_theme_models import OwnTheme
from kalevi.interactions.own_themes import Known, found_in
from kalevi.interactions.rows import insert_rows
from kalevi.jobs import leases

BATCH = 500


def look_through_next() -> int | None:
    """Look through the next older words for one theme; return how many, None when nothing is left to do.

    Where the theme was changed meanwhile, or somebody else was here first, nothing is written.
    """
    theme = OwnTheme.objects.filter(active=True, read_below__isnull=False).order_by("number").first()
    if theme is None:
        return None
    words = Interaction.objects.filter(pk__lt=theme.read_below, outbound=False, verbatim__isnull=False)
    rows = list(words.exclude(verbatim="").order_by("-pk").values_list("pk", "verbatim")[:BATCH])
    found = found_in(Known(seeds={theme.key: theme.words}), [(number, said or "") for number, said in rows])
    with leases.effect():
        here = OwnTheme.objects.filter(
            number=theme.number, active=True, changed_at=theme.changed_at, read_below=theme.read_below
        )
        if here.update(read_below=rows[-1][0] if rows else None):
            _write(theme, {number for number, _said in rows}, {number for _code, number in found})
    return len(rows)


def _write(theme: OwnTheme, looked_at: set[int], carrying: set[int]) -> None:
    number = code("theme", theme.key)
    standing = Found.objects.filter(code=number, interaction_id__in=looked_at)
    before = set(standing.values_list("interaction_id", flat=True))
    standing.filter(interaction_id__in=before - carrying).delete()
    # Words that were erased meanwhile are not found again; whoever erases waits for this.
    still = Interaction.objects.select_for_update().filter(pk__in=carrying - before, verbatim__isnull=False)
    added = sorted(still.values_list("pk", flat=True))
    insert_rows("interactions_found", ("code", "interaction_id"), [(number, one) for one in added])
