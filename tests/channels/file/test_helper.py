"""Helpers make what is asked for in processes of their own, in turn, and end with their parent."""

import os
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from kalevi.channels.file.helper import HelperLostError, Helpers
from kalevi.tables import TableError

pytestmark = pytest.mark.django_db(transaction=True)


def every(first: int, step: int) -> Iterator[tuple[int, int]]:
    for number in range(first, 9, step):
        yield number, os.getpid()


def failing(error: Exception) -> Iterator[int]:
    yield 1
    raise error


def dying() -> Iterator[int]:
    yield 1
    os._exit(9)


def test_helpers_take_turns_in_processes_of_their_own() -> None:
    with closing(Helpers([partial(every, 0, 2), partial(every, 1, 2)])) as helpers:
        found = list(helpers)
    assert [number for number, _process in found] == list(range(9))
    assert len({process for _number, process in found} | {os.getpid()}) == 3


def test_table_error_comes_over_whole() -> None:
    makers = [partial(failing, TableError("broken_workbook", path="x"))]
    with closing(Helpers(makers)) as helpers, pytest.raises(TableError) as caught:
        list(helpers)
    assert (caught.value.reason, caught.value.details) == ("broken_workbook", {"path": "x"})


def test_other_errors_come_over_by_their_kind_alone() -> None:
    makers = [partial(failing, ValueError("Aino Aalto"))]
    with closing(Helpers(makers)) as helpers, pytest.raises(HelperLostError, match=r"^builtins\.ValueError$"):
        list(helpers)


def test_helper_that_dies_is_noticed() -> None:
    with closing(Helpers([dying])) as helpers, pytest.raises(HelperLostError, match="killed"):
        list(helpers)


def test_helpers_that_nobody_asked_end_too() -> None:
    helpers = Helpers([partial(every, 0, 1)])
    child = helpers._helpers[0][0]
    helpers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
