"""Imports as their pages read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils import timezone

from kalevi.channels.file import uploads
from kalevi.channels.file.formats import formats
from kalevi.channels.file.guessing import guess
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.channels.file.rejects import reason_text
from kalevi.channels.file.rows import interpreter, raw_of
from kalevi.channels.file.running import touchpoint_names
from kalevi.interactions.models import Intake
from kalevi.interactions.told import Told
from kalevi.jobs.models import Job
from kalevi.journeys.models import Touchpoint
from kalevi.shell.queries import company
from kalevi.tables import open_table

SHOWN, SAMPLED, LEFT = 20, 10, 5


@dataclass(frozen=True)
class Standing:
    """An import with its job: `share` is how much is done (0–1), None where nobody can tell."""

    record: Import
    job: Job | None
    source: str

    @property
    def stopped(self) -> bool:
        """Whether its job gave up."""
        return self.job is not None and self.job.state == Job.State.FAILED

    @property
    def working(self) -> bool:
        """Whether something still happens by itself."""
        state = Import.State(self.record.state)
        busy = (Import.State.STORING, Import.State.UNDERSTANDING, Import.State.UNDOING)
        return state in busy and not self.stopped

    @property
    def share(self) -> float | None:
        """How much is done, 0–1."""
        if self.job is None or not self.job.total:
            return None
        return min(1.0, self.job.done / self.job.total)


@dataclass(frozen=True)
class Seen:
    """A sample row as the interaction it will become, or why it will need a look; `cells`: its own words."""

    told: Told | None
    retold: bool
    reply: str
    reason: str
    undated: bool
    touchpoint: str
    cells: str


@dataclass(frozen=True)
class Left:
    """An earlier import of the same kind of file, and how many of its rows still need a look."""

    record: Import
    rows: int


def source_name(key: str) -> str:
    """Return the name of the system an export is of; empty for other tables."""
    known = formats().get(key)
    return known.name if known else ""


def standing(record: Import) -> Standing:
    """Return one import with its job."""
    job = Job.objects.filter(pk=record.job_id).first() if record.job_id else None
    return Standing(record, job, source_name(record.format))


def imports_for_leaders(before: int | None = None) -> tuple[list[Standing], int | None]:
    """Return the newest imports before an id, and the id to go on from, if there are more."""
    rows = Import.objects.order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    records = list(rows[: SHOWN + 1])
    jobs = Job.objects.in_bulk([record.job_id for record in records if record.job_id])
    shown = [
        Standing(record, jobs.get(record.job_id or 0), source_name(record.format))
        for record in records[:SHOWN]
    ]
    return shown, records[SHOWN - 1].pk if len(records) > SHOWN else None


def left_by_earlier(record: Import) -> list[Left]:
    """Return earlier imports whose rows need a look and are known again from this one's kind of file."""
    if record.state != Import.State.DONE or not record.known:
        return []
    waiting = Intake.objects.filter(
        state=Intake.State.REJECTED, scope=record.mapping["scope"], batch__lt=record.pk
    )
    rows = dict(waiting.order_by("-batch").values_list("batch").annotate(Count("pk"))[:LEFT])
    known = Import.objects.in_bulk(rows)
    return [Left(known[batch], n) for batch, n in rows.items() if batch in known]


def sample_of(record: Import) -> list[list[str]]:
    """Return the first rows of an upload that waits for a yes. Raises TableError, FileNotFoundError."""
    with open_table(uploads.path_of(record.stored_as), **record.options) as table:
        return guess(table).sample


def seen_as(mapping: Mapping, sample: Sequence[Sequence[str]], colleague_id: int | None) -> list[Seen]:
    """Return sample rows as the interactions they will become."""
    now = timezone.now()
    read = interpreter(mapping, ZoneInfo(company().time_zone), touchpoint_names(), colleague_id)
    names = {one.key: one.name for one in Touchpoint.objects.all()}
    found: list[Seen] = []
    for cells in sample[:SAMPLED]:
        padded = [*cells, *[""] * (len(mapping.roles) - len(cells))]
        said = read(padded, raw_of(padded), now)
        told = said.understood.told
        found.append(
            Seen(
                told[0] if told else None,
                not mapping.own_words,
                told[1].verbatim or "" if len(told) > 1 else "",
                reason_text(said.understood.reason) if said.understood.reason else "",
                said.undated,
                names.get(told[0].touchpoint, "") if told else "",
                " · ".join(cell.strip() for cell in cells if cell.strip()),
            )
        )
    return found
