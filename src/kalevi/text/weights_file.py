"""The shipped weights: small integer tables a language, and one JSON file with all the rest."""

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
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


def load(folder: Path | None = None) -> Weights:
    """The weights in `folder`, by default those that ship inside the package.

    Raises FileNotFoundError where a file is missing.
    """
    if folder is None:
        with as_file(files("kalevi.text").joinpath("weights")) as shipped:
            return load(shipped)

    def table(name: str) -> NDArray[np.int8]:
        found: NDArray[np.int8] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return found.view(np.ndarray)  # looked up faster than as a memory map

    return Weights(
        table("language"),
        tuple(table(f"general_{language}") for language in LANGUAGES),
        tuple(table(f"domain_{language}") for language in LANGUAGES),
        json.loads((folder / "settings.json").read_text(encoding="utf-8")),
    )
