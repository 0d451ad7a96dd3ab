"""The thank-you that Today opens with."""

from django.db.models.functions import Length

from kalevi.interactions.findings import code
from kalevi.interactions.models import Found, Interaction, SelfFeeling
from kalevi.interactions.own_feelings import tone_of
from kalevi.interactions.queries.walking import found, walk
from kalevi.reports.queries.weeks import Weeks

PRAISE, POSITIVE = code("mark", "praise_of_colleague"), code("sentiment", "positive")
WARM = (code("feeling", "joy"), code("feeling", "trust"))
CANDIDATES = 40
TELLING = range(30, 320)


def newest_thanks(weeks: Weeks) -> int | None:
    """Return the id of the newest thank-you: praise of a colleague within two weeks, else the newest warmth.

    Words of a length that tells something and reads well go before one-word thanks and long letters. Nobody
    who told a bad feeling themselves is shown as thankful, whatever was read.
    """
    walks = [walk([found(one)], above=None, below=weeks.end, most=CANDIDATES).ids for one in (PRAISE, *WARM)]
    met = sorted({number for ids in walks for number in ids}, reverse=True)
    positive = set(
        Found.objects.filter(code=POSITIVE, interaction__in=met).values_list("interaction_id", flat=True)
    )
    own = SelfFeeling.objects.filter(interaction__in=positive, words__isnull=False)
    positive -= {
        pk for pk, words in own.values_list("interaction_id", "words") if tone_of(words or "") == "bad"
    }
    ids = [pk for pk in met if pk in positive]
    lengths = dict(
        Interaction.objects.filter(pk__in=ids, verbatim__isnull=False, told_by_colleague_id__isnull=True)
        .annotate(length=Length("verbatim"))
        .values_list("pk", "length")
    )
    praise = set(walks[0])
    fresh = [pk for pk in ids if pk in praise and pk >= weeks.before]
    for some in (fresh, ids):
        for pk in some:
            if lengths.get(pk, 0) in TELLING:
                return pk
    return next((pk for pk in ids if pk in lengths), None)
