"""The day's work of finding whom to walk up to, among a million interactions: wall and CPU, by rule."""

import time
from itertools import islice
from typing import Any

from bench import _million

MOST_SECONDS = 10.0


def run() -> dict[str, Any]:
    """Return the seconds each rule takes to look at as many as it looks at in a day, and the whole work."""
    _million.prepare()
    from django.core.management import call_command
    from django.db import transaction

    from kalevi.approaches.actions.daily import LOOKED_AT, do_the_days_work
    from kalevi.approaches.looking.finders import FINDERS
    from kalevi.approaches.models import Ability
    from kalevi.approaches.rule_models import Why
    from kalevi.approaches.rules import current_rules

    call_command("migrate", verbosity=0)
    figures: dict[str, Any] = {}
    with transaction.atomic():
        Ability.objects.create(
            words="-", seeds="mobiilimaksu, pysäköinti", told_at=_million.NEWEST, told_by_id=1
        )
        for rule in current_rules():
            begun = time.process_time()
            found = sum(1 for _one in islice(FINDERS[Why(rule.why)](rule, _million.NEWEST), LOOKED_AT))
            figures[rule.why] = {"found": found, "cpu_s": round(time.process_time() - begun, 2)}
            print(f"{rule.why:<18} {found:>5} in {figures[rule.why]['cpu_s']} s", flush=True)
        begun, wall = time.process_time(), time.perf_counter()
        done = do_the_days_work(now=_million.NEWEST)
        whole = round(time.perf_counter() - wall, 2)
        figures["whole"] = {**done, "cpu_s": round(time.process_time() - begun, 2), "wall_s": whole}
        transaction.set_rollback(True)
    return {"interactions": _million.INTERACTIONS, **figures, "passed": whole <= MOST_SECONDS}
