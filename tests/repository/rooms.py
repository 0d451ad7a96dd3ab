"""The order of the rooms, read from the import contract."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kalevi"


def layers() -> list[str]:
    """Return the rooms from the top, which everybody may import, to the bottom."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    listed = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return list(reversed(listed))


def room_of(module: str) -> str:
    """Return the room a module of kalevi lies in."""
    return module.split(".")[1]
