"""The hash that word vectors are found by, and the projection learnt from them."""

import numpy as np
from scipy import sparse

from training.floret import murmur
from training.projection import directions, ridge


def test_the_hash_is_murmur() -> None:
    # the published test value of MurmurHash3 x64 128 for "hello", seed 0
    assert [f"{number:016x}" for number in murmur([b"hello"], 0)[0]] == [
        "cbd8a7b341bd9b02",
        "5b1e906a48ae1d19",
    ]


def test_strings_of_one_length_are_hashed_each_for_itself() -> None:
    both = murmur([b"a string beyond sixteen bytes", b"another one beyond sixteen by"], 7)
    assert both[1].tolist() == murmur([b"another one beyond sixteen by"], 7)[0].tolist()


def test_directions_are_the_same_on_every_run() -> None:
    texts = np.random.default_rng(1).normal(size=(50, 6))
    assert np.array_equal(directions(texts, 3), directions(texts, 3))
    assert directions(texts, 3).shape == (50, 3)


def test_the_projection_says_what_the_features_hold() -> None:
    random = np.random.default_rng(2)
    features = sparse.csr_matrix(random.normal(size=(200, 10)))
    wanted = features @ random.normal(size=(10, 2))
    assert np.abs(features @ ridge(features, wanted) - wanted).max() < 0.05
