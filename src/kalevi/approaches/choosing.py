"""Which few of those we may walk up to are proposed: one of each reason in turn. Pure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Reason = TypeVar("Reason")
One = TypeVar("One")


def in_turn(found: Mapping[Reason, Sequence[tuple[int, One]]], most: int) -> list[tuple[Reason, One]]:
    """Return at most `most` (reason, what was found), the reasons in turn, each person (the number) once."""
    chosen: list[tuple[Reason, One]] = []
    seen: set[int] = set()
    rest = {reason: list(ones) for reason, ones in found.items()}
    while any(rest.values()) and len(chosen) < most:
        for reason, ones in rest.items():
            while ones and ones[0][0] in seen:
                ones.pop(0)
            if ones and len(chosen) < most:
                person, one = ones.pop(0)
                seen.add(person)
                chosen.append((reason, one))
    return chosen
