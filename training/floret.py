"""Word vectors of a floret table, as in `spacy-fi-experimental-web-md` (MIT licence), read with NumPy alone.

A word's vector is the mean of the rows of its runs of characters and of the word itself, each hashed into
two rows (Boyd & Warmerdam, "floret: lightweight, robust word vectors", Explosion 2022).
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_ONE, _TWO = np.uint64(0x87C37B91114253D5), np.uint64(0x4CF5AD432745937F)
Words = np.ndarray


def _turned(numbers: Words, bits: int) -> Words:
    return (numbers << np.uint64(bits)) | (numbers >> np.uint64(64 - bits))


def _finished(numbers: Words) -> Words:
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(33))


def murmur(pieces: Sequence[bytes], seed: int) -> Words:
    """MurmurHash3 x64 128 of byte strings of one length: (strings, 2) numbers (Appleby, public domain)."""
    size = len(pieces[0])
    blocks = -(-size // 16)
    raw = np.frombuffer(b"".join(piece.ljust(blocks * 16, b"\0") for piece in pieces), dtype="<u8")
    numbers = raw.reshape(len(pieces), blocks, 2).astype(np.uint64)
    high = np.full(len(pieces), seed, dtype=np.uint64)
    low = high.copy()
    for block in range(blocks):
        one = _turned(numbers[:, block, 0] * _ONE, 31) * _TWO
        two = _turned(numbers[:, block, 1] * _TWO, 33) * _ONE
        if block < size // 16:
            high = (_turned(high ^ one, 27) + low) * np.uint64(5) + np.uint64(0x52DCE729)
            low = (_turned(low ^ two, 31) + high) * np.uint64(5) + np.uint64(0x38495AB5)
        else:
            high, low = high ^ one, low ^ two
    high, low = high ^ np.uint64(size), low ^ np.uint64(size)
    high = high + low
    low = low + high
    high, low = _finished(high), _finished(low)
    high = high + low
    return np.stack([high, low + high], axis=1)


class Floret:
    """The table in a folder that holds `vectors` and `vectors.cfg`. Raises FileNotFoundError without them."""

    def __init__(self, folder: Path) -> None:
        self._table = np.load(folder / "vectors", allow_pickle=False)
        self._how = json.loads((folder / "vectors.cfg").read_text(encoding="utf-8"))

    def vectors(self, words: Sequence[str]) -> np.ndarray:
        """(words, dimensions), each of length 1; a row of zeros where nothing is known."""
        numbers: dict[bytes, int] = {}
        found: list[int] = []
        owners: list[int] = []
        for place, word in enumerate(words):
            whole = self._how["bow"] + word + self._how["eow"]
            sizes = range(self._how["minn"], self._how["maxn"] + 1)
            pieces = [whole, *(whole[a : a + n] for n in sizes for a in range(len(whole) - n + 1))]
            for piece in pieces:
                found.append(numbers.setdefault(piece.encode("utf-8", "replace"), len(numbers)))
                owners.append(place)
        rows = np.zeros((len(numbers), self._how["hash_count"]), dtype=np.int64)
        groups: dict[int, list[bytes]] = {}
        for piece in numbers:
            groups.setdefault(len(piece), []).append(piece)
        for group in groups.values():
            hashed = murmur(group, self._how["hash_seed"]).view(np.uint32)
            chosen = hashed[:, : self._how["hash_count"]] % np.uint32(len(self._table))
            rows[[numbers[piece] for piece in group]] = chosen
        vectors = np.zeros((len(words), self._table.shape[1]), dtype=np.float64)
        picked = rows[found]
        starts = np.searchsorted(owners, np.arange(len(words)))
        for start in range(0, len(words), 5000):
            end = min(start + 5000, len(words))
            first, last = starts[start], starts[end] if end < len(words) else len(found)
            summed = sum(self._table[picked[first:last, k]] for k in range(picked.shape[1]))
            vectors[start:end] = np.add.reduceat(summed, starts[start:end] - first, axis=0)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(length, 1e-9)
