"""Understanding intake rows of files again, from their raw cells: what waited, and what is replayed."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.channels.file.rows import Interpret, cells_of, interpreter
from kalevi.channels.file.running import touchpoint_names
from kalevi.interactions.models import Intake
from kalevi.interactions.told import Understood
from kalevi.shell.queries import company


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Return what rows of files tell, by the mapping of the import that brought them."""
    imports = Import.objects.in_bulk({row.batch for row in rows if row.batch is not None})
    zone, touchpoints = ZoneInfo(company().time_zone), touchpoint_names()
    readers: dict[int, Interpret] = {}
    found: list[Understood] = []
    for row in rows:
        record = imports.get(row.batch or 0)
        raw = bytes(row.raw or b"")
        cells = cells_of(raw)
        if record is None or cells is None:
            found.append(Understood(reason="broken_row"))
            continue
        if record.pk not in readers:
            mapping = Mapping.from_json(record.mapping)
            readers[record.pk] = interpreter(mapping, zone, touchpoints, record.actor_id)
        width = len(record.mapping["roles"])
        padded = cells + [""] * (width - len(cells))
        found.append(readers[record.pk](padded, raw, row.received_at).understood)
    return found
