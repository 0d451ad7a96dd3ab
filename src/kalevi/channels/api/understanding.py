"""From waiting rows of the API to interactions and orders."""

from django.utils import timezone

from kalevi.channels.api.sources import ORDERS, SOURCE
from kalevi.interactions import understanding
from kalevi.interactions.models import Intake
from kalevi.interactions.understanding import BATCH, understand
from kalevi.interactions.unread import default_reader
from kalevi.jobs import leases
from kalevi.orders.storing import keep_events
from kalevi.orders.told import Happened


def something_waits() -> bool:
    """Whether anything waits to be understood."""
    return understanding.something_waits(SOURCE, ORDERS)


def understand_all() -> int:
    """Understand everything that waits; return how many batches that were."""
    done, after, newest = 0, 0, understanding.newest_waiting(SOURCE)
    while after < newest and (after := understand(reader=default_reader(), source=SOURCE, after=after)):
        done += 1
        leases.report(done=done)
    after = 0
    while after := understand_orders(after=after):
        done += 1
        leases.report(done=done)
    return done


def understand_orders(*, after: int = 0, most: int = BATCH) -> int:
    """Understand the next waiting rows of orders; return the last id taken, 0 when none waited."""
    # Late: every command would spend a tenth of a second on pydantic, which few need.
    from kalevi.channels.api.interpreting import interpret_orders

    waiting = Intake.objects.filter(source=ORDERS, state=Intake.State.WAITING, pk__gt=after)
    numbers = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    if not numbers:
        return 0
    with leases.effect():
        mine = Intake.objects.select_for_update().filter(pk__in=numbers, state=Intake.State.WAITING)
        rows = list(mine.order_by("pk"))
        told: list[tuple[Intake, Happened]] = []
        for row, found in zip(rows, interpret_orders(rows), strict=True):
            if isinstance(found, str):
                row.state, row.reason = Intake.State.REJECTED, found
            else:
                row.state, row.reason = Intake.State.UNDERSTOOD, ""
                told.append((row, found))
        Intake.objects.bulk_update(rows, ["state", "reason"])
        keep_events(told, at=timezone.now())
    return numbers[-1]
