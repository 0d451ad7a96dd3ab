"""Finds, for what a text or sentence was read to say, the words that spoke for it most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kalevi.text.scoring import Floats, Said
from kalevi.text.segments import Ints

MOST = 3
SHARE = 0.4
MOST_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: `output[i]` in the words `first[i]` up to `last[i]` (not included, never empty)."""

    output: Ints
    first: Ints
    last: Ints


def telling_words(found: Findings, said: Said, cue: NDArray[np.float64],
    kinds: Ints, step: Floats, length: Floats,
) -> tuple[Ints, Ints]:  # fmt: skip
    """(finding, word) pairs in order: up to three words a finding, those that added most to it.

    What a word has `said`, in whole numbers of `step[output]`, is divided by `length[finding]`;
    `cue[kinds[word]]` is what its cues add.
    """
    ends = np.cumsum(found.last - found.first)
    owners, words = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    first = 0
    while first < len(ends):
        # long letters tell of much: not all at once, which would take a hundred times their memory
        before = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + MOST_WORDS, side="right")))
        some = Findings(found.output[first:last], found.first[first:last], found.last[first:last])
        owner, word = _telling_words(some, said, cue, kinds, step, length[first:last])
        owners.append(owner + first)
        words.append(word)
        first = last
    return np.concatenate(owners), np.concatenate(words)


def _telling_words(found: Findings, said: Said, cue: NDArray[np.float64],
    kinds: Ints, step: Floats, length: Floats,
) -> tuple[Ints, Ints]:  # fmt: skip
    counts = found.last - found.first
    numbered = np.arange(len(counts))
    owner = np.repeat(numbered, counts)
    bounds = np.cumsum(counts) - counts
    words = np.arange(len(owner)) + np.repeat(found.first - bounds, counts)
    outputs = np.repeat(found.output, counts)
    by_cues = cue.ravel().take(kinds[words] * cue.shape[1] + outputs)
    added = said.of(words, outputs, step) / np.repeat(length, counts) + by_cues
    highest = np.maximum.reduceat(added, bounds)
    telling = added >= np.repeat(np.where(highest > 0, highest * SHARE, highest), counts)
    places = np.flatnonzero(telling)
    owner, words = owner[places], words[places]
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner)
    many = np.bincount(owner, minlength=len(counts))[owner] > MOST
    if not many.any():
        return owner, words
    crowded = np.flatnonzero(many)
    order = np.lexsort((words[crowded], -added[places[crowded]], owner[crowded]))
    kept = ~many
    kept[crowded[order[rank[crowded] < MOST]]] = True
    return owner[kept], words[kept]
