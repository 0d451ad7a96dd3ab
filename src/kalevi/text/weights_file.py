"""The shipped weights: small integer tables a language, and one JSON file with all the rest."""

import json
import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cues import LANGUAGES


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that training decided.

    `language`, `general` and `domain` hold one small integer a bucket of hashed features and output;
    the last column of `general` and `domain` is the bucket's squared inverse frequency. `settings` says
    what the integers are worth.
    """

    language: NDArray[np.int8]
    general: tuple[NDArray[np.int8], ...]
    domain: tuple[NDArray[np.int8], ...]
    settings: dict[str, Any]


def load(folder: str | os.PathLike[str] | None = None) -> Weights:
    """The weights in `folder`, by default those that ship inside the package.

    Raises FileNotFoundError where a file is missing.
    """
    place = os.path.join(os.path.dirname(__file__), "weights") if folder is None else os.fspath(folder)

    def table(name: str) -> NDArray[np.int8]:
        found: NDArray[np.int8] = np.load(
            os.path.join(place, f"{name}.npy"), mmap_mode="r", allow_pickle=False
        )
        return found.view(np.ndarray)  # looked up faster than as a memory map

    with open(os.path.join(place, "settings.json"), encoding="utf-8") as file:
        settings = json.load(file)
    return Weights(
        table("language"),
        tuple(table(f"general_{language}") for language in LANGUAGES),
        tuple(table(f"domain_{language}") for language in LANGUAGES),
        settings,
    )
