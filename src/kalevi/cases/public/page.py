"""What the customer sees of their case: nothing of anybody else's, and none of our own notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kalevi.cases.faces import data_address
from kalevi.cases.file_models import Face
from kalevi.cases.link_models import Thanks
from kalevi.cases.models import Case, CaseWord, State
from kalevi.cases.understood import Understanding, understanding_of
from kalevi.interactions.models import Interaction
from kalevi.shell.queries import company
from kalevi.shell.templatetags.kalevi import initials

# Bytes of words on a page: what is older stands on pages of its own, so that each is light on any phone.
SHOWN, BYTES = 40, 14_000


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said between us; `ours` tells who."""

    words: str
    at: datetime
    ours: bool


@dataclass(frozen=True, slots=True)
class MyCase:
    """A case as its customer sees it."""

    company: str
    said: Sequence[Said]
    carrier: str
    initials: str
    face: str
    files: Sequence[str]
    step: str
    step_at: datetime | None
    state: str
    solved: str
    thanked: bool
    late: bool
    # Before which of the words the page of older ones begins; None where there are none.
    earlier: int | None
    # What we took from their words; empty where nothing is sure, and beside older words.
    understood: Understanding
    answered: bool

    @property
    def live(self) -> bool:
        """Whether it is with us."""
        return self.state in (State.OPEN, State.WAITING)

    @property
    def asks(self) -> bool:
        """Whether we would like to know if it is solved."""
        return self.state == State.RESOLVED and not self.solved


def case_for_customer(case: Case, *, before: int | None = None) -> MyCase:
    """Return what a customer sees, or older words of it; words a colleague retold are not shown to them."""
    ids = CaseWord.objects.filter(case=case).values("interaction")
    shown = (
        Interaction.objects.filter(pk__in=ids, verbatim__isnull=False)
        .exclude(outbound=False, told_by_colleague_id__isnull=False)
        .order_by("-pk")
    )
    if before is not None:
        shown = shown.filter(pk__lt=before)
    found = list(shown[: SHOWN + 1])
    understood = Understanding()
    if before is None:
        understood = understanding_of(case, found[:SHOWN][::-1], timezone.now())
    fits = _fitting([len((one.verbatim or "").encode()) for one in found[:SHOWN]], BYTES - understood.size)
    said = [Said(one.verbatim or "", one.occurred_at, one.outbound) for one in found[:fits]]
    # Beside very long words there is no room for a picture.
    room = sum(len(one.words.encode()) for one in said) + understood.size <= BYTES
    return MyCase(
        company=company().name,
        said=said[::-1],
        carrier=case.owner.name.split(" ")[0],
        initials=initials(case.owner.name),
        face=data_address(Face.objects.filter(colleague=case.owner_id).first()) if room else "",
        files=list(case.files.order_by("pk").values_list("name", flat=True)),
        # A step in our own words is our note; the customer reads the usual one.
        step=case.step,
        step_at=case.step_at,
        state=case.state,
        solved=case.verdict,
        thanked=Thanks.objects.filter(case=case).exists(),
        late=case.step_at is not None and case.step_at < timezone.now(),
        earlier=found[fits - 1].pk if len(found) > fits else None,
        understood=understood,
        answered=case.answered_at is not None,
    )


def _fitting(lengths: Sequence[int], room: int) -> int:
    """Return how many of these fit in so many bytes: one at least, where there is one."""
    fits = [sum(lengths[:number]) <= room for number in range(1, len(lengths) + 1)]
    return max(fits.count(True), min(1, len(lengths)))
