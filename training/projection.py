"""What word vectors know, folded into tables of hashed runs of characters.

The mean word vectors of many texts are reduced to their main directions, and a ridge regression learns to say
them from the reader's own features. A model over those directions is then a model over the features: nothing
of the vectors themselves ships, and the reader needs nothing new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kalevi.text.tokens import tokenise
from training.floret import Floret

DIRECTIONS = 128
COMMON = 1e-3
RIDGE = 0.1
STEPS = 15


@dataclass(frozen=True, slots=True)
class Meanings:
    """The words of all texts, their vectors, and how much each counts (Arora, Liang & Ma, ICLR 2017)."""

    places: dict[str, int]
    vectors: np.ndarray
    counts: np.ndarray

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """The mean vectors of texts, once with common words held back and once plain, side by side."""
        tokens = tokenise(texts)
        owners = np.searchsorted(tokens.text_starts, tokens.word_starts, side="right") - 1
        known = [self.places[word] for word in tokens.words]
        shape = (len(texts), len(self.vectors))
        matrix = sparse.csr_matrix((np.ones(len(known)), (owners, known)), shape=shape)
        parts = []
        for weight in (self.counts, np.ones(len(self.vectors))):
            weighed = matrix @ sparse.diags(weight)
            parts.append((weighed @ self.vectors) / np.maximum(np.asarray(weighed.sum(axis=1)), 1e-9))
        return np.concatenate(parts, axis=1)


def meanings(texts: Sequence[str], floret: Floret) -> Meanings:
    """The vectors of all words of `texts`."""
    tokens = tokenise(texts)
    words = sorted(set(tokens.words))
    places = {word: place for place, word in enumerate(words)}
    seen = np.bincount([places[word] for word in tokens.words], minlength=len(words)) / max(len(texts), 1)
    return Meanings(places, floret.vectors(words), COMMON / (COMMON + seen))


def directions(embedded: np.ndarray, count: int = DIRECTIONS) -> np.ndarray:
    """The main directions of mean vectors, the first ones held back a little; overall spread 1."""
    middle = embedded - embedded.mean(axis=0)
    spread, axes = np.linalg.eigh(middle.T @ middle / len(middle))
    order = np.argsort(-spread)[:count]
    axes = axes[:, order] * np.sign(axes[np.abs(axes[:, order]).argmax(axis=0), order])
    found = middle @ axes / spread[order] ** 0.25
    scaled: np.ndarray = found / found.std()
    return scaled


def ridge(
    matrix: sparse.csr_matrix, wanted: np.ndarray, held: float = RIDGE, steps: int = STEPS
) -> np.ndarray:
    """(columns, outputs) that say `wanted` from `matrix`, by conjugate gradients, small as `held`."""
    turned = matrix.T.tocsr()
    left = np.asarray(turned @ wanted)
    found = np.zeros_like(left)
    way = left.copy()
    size = (left * left).sum(axis=0)
    for _ in range(steps):
        back = turned @ (matrix @ way) + held * way
        step = size / np.maximum((way * back).sum(axis=0), 1e-30)
        found += step * way
        left -= step * back
        new = (left * left).sum(axis=0)
        way = left + new / np.maximum(size, 1e-30) * way
        size = new
    return found


def folded(matrix: sparse.csr_matrix, wanted: np.ndarray) -> np.ndarray:
    """The projection from weighted features to directions, in single precision."""
    return ridge(matrix.astype(np.float32), wanted.astype(np.float32))
