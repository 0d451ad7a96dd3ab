"""Attacks the API with what its description allows and forbids; counts what it acknowledges."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@dataclass
class Attack:
    """What came of it: cases by status, what was acknowledged as stored, and every fault."""

    cases: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    stored: int = 0
    answered_again: int = 0
    faults: list[str] = field(default_factory=list)


def attack(
    description: dict[str, Any],
    base_url: str,
    token: str,
    *,
    cases: int,
    seed: int = 4,
    application: Any = None,
    replied: set[tuple[object, ...]] | None = None,
) -> Attack:
    """Send cases, valid and invalid ones by turns, to every operation; return what came of them.

    With an application (WSGI) they go to it in this very process, without a network. `replied` are the
    requests with an Idempotency-Key that were acknowledged before: sent again they are answered again.
    """
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    operations = [result.ok() for result in schema.get_all_operations()]
    found = Attack()
    each = max(1, cases // (2 * len(operations)))
    replied = set() if replied is None else replied
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _some(operation, mode, each, seed, base_url, token, found, replied)
    return found


def _some(
    operation: Any,
    mode: GenerationMode,
    count: int,
    seed: int,
    base_url: str,
    token: str,
    found: Attack,
    replied: set[tuple[object, ...]],
) -> None:
    headers = {"Authorization": f"Bearer {token}"}

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        response = case.call(base_url=base_url, headers=headers)
        found.cases += 1
        found.statuses[response.status_code] = found.statuses.get(response.status_code, 0) + 1
        if response.status_code == 202:
            told = response.json()
            stored = told["stored"] + told["rejected"] if "received" in told else told["status"] == "stored"
            if _is_again(response.request, replied):
                found.answered_again += stored
            else:
                found.stored += stored
        try:
            case.validate_response(response, checks=CHECKS)
        except BaseException as error:  # groups of failures are no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            found.faults.append(f"{operation.label}: {_first_lines(error)}")

    try:
        send()
    except hypothesis.errors.Unsatisfiable:
        # Some operations have nothing that can be sent wrong.
        return


def _is_again(request: Any, replied: set[tuple[object, ...]]) -> bool:
    """Whether this very request was acknowledged before under the same key; it is remembered."""
    if (key := request.headers.get("Idempotency-Key")) is None:
        return False
    same = (key, request.method, request.url, request.headers.get("Content-Type"), request.body)
    known = same in replied
    replied.add(same)
    return known


def _first_lines(error: BaseException) -> str:
    return " | ".join(_lines(error))[:600]


def _lines(error: BaseException) -> Iterator[str]:
    for one in getattr(error, "exceptions", (error,)):
        yield str(one).strip().replace("\n", " ")[:300]
