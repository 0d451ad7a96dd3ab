"""Buckets fill again, are looked into for nothing, and the one longest untouched is forgotten."""

from kalevi.shell.buckets import Buckets


def test_buckets_fill_again_and_forget_the_oldest() -> None:
    buckets = Buckets(burst=2, a_second=0.5, most=2)
    assert [buckets.take("x", 0.0) for _n in range(3)] == [0, 0, 2.0]
    assert [buckets.wait_for("x", 0.0), buckets.wait_for("y", 0.0)] == [2.0, 0]
    assert [buckets.take("x", 2.0) for _n in range(2)] == [0, 2.0]
    buckets.take("y", 2.0)
    buckets.take("z", 2.0)
    assert buckets.take("x", 2.0) == 0
