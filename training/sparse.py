"""The same features that the reader adds up, as sparse matrices for training."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from kalevi.text.ngrams import character_hashes, pair_hashes, word_hashes
from kalevi.text.tokens import tokenise


def counts(texts: Sequence[str], buckets: int, pairs: bool = True) -> sparse.csr_matrix:
    """How often each bucket of hashed runs of characters, words and pairs of words occurs in each text."""
    tokens = tokenise(texts)
    numbers: dict[str, int] = {}
    ids = np.fromiter((numbers.setdefault(w, len(numbers)) for w in tokens.words), dtype=np.int64)
    owners = np.searchsorted(tokens.text_starts, tokens.word_starts, side="right") - 1
    hashes, of = character_hashes(list(numbers))
    per_word = sparse.csr_matrix(
        (np.ones(len(hashes), dtype=np.float32), (of, (hashes & np.uint64(buckets - 1)).astype(np.int64))),
        shape=(len(numbers), buckets),
    )
    words = sparse.csr_matrix(
        (np.ones(len(ids), dtype=np.float32), (owners, ids)), shape=(len(texts), len(numbers))
    )
    if not pairs:
        return (words @ per_word).tocsr()
    sentence = np.repeat(np.arange(len(tokens.sentence_words) - 1), np.diff(tokens.sentence_words))
    stems = word_hashes(list(numbers))[ids]
    same = sentence[1:] == sentence[:-1]
    hashed = pair_hashes(stems[:-1], stems[1:])[same]
    pair_counts = sparse.csr_matrix(
        (
            np.ones(len(hashed), dtype=np.float32),
            (owners[1:][same], (hashed & np.uint64(buckets - 1)).astype(np.int64)),
        ),
        shape=(len(texts), buckets),
    )
    return (words @ per_word + pair_counts).tocsr()


def inverse_frequency(matrix: sparse.csr_matrix) -> np.ndarray:
    """The smoothed inverse document frequency of each bucket; 0 where it never occurs."""
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    idf = np.log((1 + matrix.shape[0]) / (1 + seen)) + 1
    return np.where(seen > 0, idf, 0)


def weighted(matrix: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """Counts times inverse frequency, each text divided by its length √Σ count·idf²."""
    length = np.sqrt(matrix @ (idf**2))
    scaled = matrix @ sparse.diags(idf)
    return (sparse.diags(1 / np.maximum(length, 1e-9)) @ scaled).tocsr().astype(np.float32)
