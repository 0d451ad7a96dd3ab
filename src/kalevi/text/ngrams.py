"""Hashes of words and of the characters in them, many words at a time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

SMALLEST, LARGEST = 2, 5
STEM = 6
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_POWER = 0x100000001B3
_POWERS = np.array([pow(_POWER, exponent, 2**64) for exponent in range(64)], dtype=np.uint64)
_WHOLE = np.uint64(0xD6E8FEB86659FD93)
_PAIR = np.uint64(0xA0761D6478BD642F)


def _mixed(hashes: Hashes) -> Hashes:
    hashes = (hashes ^ (hashes >> np.uint64(32))) * _MULTIPLIER
    return hashes ^ (hashes >> np.uint64(29))


def _code_points(words: Sequence[str]) -> tuple[Hashes, NDArray[np.int64]]:
    """The characters of "<word>" for every word, and where each word starts (one entry more)."""
    joined = "".join(f"<{word}>" for word in words)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    starts = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum([len(word) + 2 for word in words], out=starts[1:])
    digits = (points >= 48) & (points <= 57)
    points[digits] = 48
    return points, starts


def word_hashes(words: Sequence[str]) -> Hashes:
    """One hash a word, of its first characters only: a cheap stem for pairs of words."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    points, starts = _code_points([word[:STEM] for word in words])
    places = np.arange(len(points)) - np.repeat(starts[:-1], np.diff(starts))
    return _mixed(np.add.reduceat(points * _POWERS[places], starts[:-1]))


def pair_hashes(first: Hashes, second: Hashes) -> Hashes:
    """The hashes of pairs of words, from the hashes of the words."""
    return _mixed(first * _PAIR + second)


def character_hashes(words: Sequence[str]) -> tuple[Hashes, NDArray[np.int64]]:
    """The hashes of every run of 2 to 5 characters of "<word>" and of the whole, and whose they are.

    Words are numbered from 0 and come in rising order. Words are at most 60 characters long.
    """
    if not words:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    points, starts = _code_points(words)
    lengths = np.diff(starts)
    owner = np.repeat(np.arange(len(words)), lengths)
    places = np.arange(len(points)) - starts[owner]
    hashes = [_mixed(np.add.reduceat(points * _POWERS[places], starts[:-1]) + _WHOLE)]
    owners = [np.arange(len(words))]
    left = lengths[owner] - places
    running = points.copy()
    for size in range(2, min(LARGEST, len(points)) + 1):
        running[: len(points) - size + 1] += points[size - 1 :] * _POWERS[size - 1]
        inside = left >= size
        if size >= SMALLEST:
            hashes.append(_mixed(running[inside] + np.uint64(size * int(_WHOLE) % 2**64)))
            owners.append(owner[inside])
    order = np.argsort(np.concatenate(owners), kind="stable")
    return np.concatenate(hashes)[order], np.concatenate(owners)[order]
