"""One part of `api-attack`: `python -m bench._attack_process CASES SEED SECONDS`, each with its own home."""

import json
import logging
import sys
import time
import warnings
from collections import Counter
from typing import Any

_ROUND = 1_900


def main() -> None:
    """Attack the application in this process, in rounds of other cases; print what came of it as JSON."""
    cases, seed, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    from kalevi.config.installation import bring_up_to_date, set_up_django

    set_up_django()
    bring_up_to_date()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    from kalevi.channels.api import auth
    from kalevi.channels.api.actions import make_token
    from kalevi.channels.api.scopes import SCOPES
    from kalevi.channels.api.service import description
    from kalevi.channels.api.understanding import something_waits, understand_all
    from kalevi.config.wsgi import application
    from kalevi.interactions.models import Intake
    from kalevi.shell.buckets import Buckets
    from tests.reliability.attacking import attack

    endless: Any = Buckets(burst=1e9, a_second=1e9)
    auth.PER_TOKEN = auth.PER_ADDRESS = auth.WRONG_TOKENS = endless
    token = make_token(name="attack", source="attack", scopes=list(SCOPES), ends_at=None, actor_id=None)[1]
    described = json.loads(json.dumps(description()))
    statuses, faults, stored, again, sent = Counter[str](), list[str](), 0, 0, 0
    replied = set[tuple[object, ...]]()
    end = time.monotonic() + seconds
    while sent < cases and time.monotonic() < end:
        seed += 1
        found = attack(
            described,
            "http://127.0.0.1",
            token,
            cases=min(_ROUND, cases),
            seed=seed,
            application=application,
            replied=replied,
        )
        again += found.answered_again
        sent += found.cases
        stored += found.stored
        statuses.update({str(status): count for status, count in found.statuses.items()})
        faults += found.faults[: 20 - len(faults)]
    there = Intake.objects.count()
    understand_all()
    told = {"cases": sent, "statuses": statuses, "faults": faults, "acknowledged": stored, "again": again}
    print(json.dumps(told | {"lost": stored - there, "never_understood": int(something_waits())}), flush=True)


if __name__ == "__main__":
    main()
