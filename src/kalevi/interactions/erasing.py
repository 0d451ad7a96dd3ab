"""Erasing words from every copy: the row, what was read from it, the search index and the raw intake."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import Q

from kalevi.interactions import search_index
from kalevi.interactions.findings import all_codes
from kalevi.interactions.models import ColleagueReading, Found, Intake, Interaction, Reading, SelfFeeling
from kalevi.interactions.own_themes import own_codes
from kalevi.interactions.traces import rows_naming
from kalevi.people.models import Erasure

_CHUNK = 500
_erased_listeners: list[Callable[[Sequence[int]], None]] = []


def when_words_are_erased(listener: Callable[[Sequence[int]], None]) -> None:
    """Call a room below, in the same transaction, with the ids of interactions that were just erased."""
    _erased_listeners.append(listener)


def erase_interactions(ids: Iterable[int], erasure: Erasure) -> int:
    """Erase the words of interactions and of the intake rows they came from; return how many were erased.

    Runs in the caller's transaction. Replies that came in the same intake row are erased with it.
    """
    erased = 0
    for chunk in _chunks(ids):
        intakes = set(Interaction.objects.filter(pk__in=chunk).values_list("intake_id", flat=True))
        whole = list(Interaction.objects.filter(intake_id__in=intakes).values_list("pk", flat=True))
        erased += _erase(whole, sorted(intakes), erasure)
    return erased


def erase_intakes(ids: Iterable[int], erasure: Erasure) -> int:
    """Erase intake rows with everything that was understood from them; return how many rows were erased."""
    erased = 0
    for chunk in _chunks(ids):
        whole = list(Interaction.objects.filter(intake_id__in=chunk).values_list("pk", flat=True))
        _erase(whole, chunk, erasure)
        erased += len(chunk)
    return erased


def erase_interaction(number: int, erasure: Erasure) -> None:
    """Erase one interaction; the eraser of the kind "interaction"."""
    erase_interactions([number], erasure)


def _erase(ids: Sequence[int], intakes: Sequence[int], erasure: Erasure) -> int:
    words = Interaction.objects.filter(pk__in=ids, verbatim__isnull=False)
    languages = search_index.first_languages(ids)
    search_index.remove(
        [
            (number, search_index.keys(verbatim or "", languages.get(number) or told or "und"))
            for number, verbatim, told in words.values_list("pk", "verbatim", "language")
        ]
    )
    erased = Interaction.objects.filter(pk__in=ids, erasure__isnull=True).update(
        verbatim=None, expectation=None, reference=None, erasure=erasure
    )
    SelfFeeling.objects.filter(interaction_id__in=ids, erasure__isnull=True).update(
        words=None, erasure=erasure
    )
    ColleagueReading.objects.filter(interaction_id__in=ids).delete()
    Found.objects.filter(code__in=(*all_codes(), *own_codes()), interaction_id__in=ids).delete()
    Reading.objects.filter(interaction_id__in=ids).delete()
    Intake.objects.filter(pk__in=intakes, erasure__isnull=True).update(
        raw=None, state=Intake.State.ERASED, reason="", erasure=erasure
    )
    for listener in _erased_listeners:
        listener(ids)
    return erased


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def erase_of_contact(contact_id: int, erasure: Erasure) -> None:
    """Erase every word of a contact, and rows that never became interactions; before the room people does,
    for it forgets by what they are known.
    """
    mine = Interaction.objects.filter(contact_id=contact_id).exclude(Q(erasure__isnull=False))
    erase_interactions(list(mine.values_list("pk", flat=True)), erasure)
    erase_intakes(list(rows_naming(contact_id)), erasure)
