"""The folder of models made in one installation: each in a folder of its own, the newest in use, all kept.

`in-use` lists the versions in use, oldest first, one a line; the last counts, and where none is left the
shipped model does. Files are put in place whole.
"""

import hashlib
import json
import os
import shutil
from functools import cache
from pathlib import Path

import numpy as np

import kalevi.text
from kalevi.text.beside import text_beside
from kalevi.text.cues import LANGUAGES
from kalevi.text.weights_file import Weights

LIST = "in-use"


@cache
def shipped_version() -> str:
    """The version of the shipped model."""
    return str(json.loads(text_beside(kalevi.text.__file__, "weights/settings.json"))["version"])


def kept(folder: Path) -> list[str]:
    """The versions in use, oldest first; the last is the one that reads.

    What was made from another shipped model does not count: its corrections belong to other weights.
    """
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
    own = f"{shipped_version()}+"
    return [
        version
        for version in lines
        if version.startswith(own) and (folder / version / "settings.json").exists()
    ]


def active(folder: Path) -> Path | None:
    """The folder of the model in use; None for the shipped one."""
    versions = kept(folder)
    return folder / versions[-1] if versions else None


def keep(folder: Path, weights: Weights) -> Path:
    """Write a model that is not yet in use; return its folder, named by its version: shipped+digest.

    Raises OSError where it cannot be written.
    """
    shipped = str(weights.settings["version"]).partition("+")[0]
    settings = json.dumps(weights.settings, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(settings.encode())
    for table in weights.domain:
        digest.update(np.ascontiguousarray(table).tobytes())
    version = f"{shipped}+{digest.hexdigest()[:8]}"
    place = folder / version
    new = folder / f".{version}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    np.save(new / "language.npy", np.asarray(weights.language))
    for number, name in enumerate(LANGUAGES):
        np.save(new / f"general_{name}.npy", np.asarray(weights.general[number]))
        np.save(new / f"domain_{name}.npy", np.asarray(weights.domain[number]))
    (new / "settings.json").write_text(
        json.dumps(weights.settings | {"version": version}, separators=(",", ":"), sort_keys=True),
        encoding="utf-8",
    )
    shutil.rmtree(place, ignore_errors=True)
    os.replace(new, place)
    return place


def use(folder: Path, version: str) -> None:
    """Read with a kept model from now on."""
    _write(folder, [*(other for other in kept(folder) if other != version), version])


def forget_newest(folder: Path) -> str | None:
    """Go back to the model before; return the version that is no longer in use, None where none was."""
    versions = kept(folder)
    if not versions:
        return None
    _write(folder, versions[:-1])
    return versions[-1]


def _write(folder: Path, versions: list[str]) -> None:
    new = folder / f".{LIST}.new"
    new.write_text("".join(f"{version}\n" for version in versions), encoding="utf-8")
    os.replace(new, folder / LIST)
