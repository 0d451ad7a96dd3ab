"""`./dev bench` lists the benches; `./dev bench NAME` runs one, its last line one JSON object."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import bench


def names() -> dict[str, str]:
    """Return the modules of the benches by the names they are called with."""
    found = (
        module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")
    )
    return {module.rstrip("_").replace("_", "-"): module for module in found}


def commit() -> str:
    """Return the commit that is measured, with a + when the tree differs from it."""
    root = Path(__file__).resolve().parent.parent
    try:
        revision = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], cwd=root, capture_output=True, text=True, check=True
        ).stdout.strip()
        changed = subprocess.run(
            ["git", "status", "--porcelain", "--untracked-files=no"], cwd=root, capture_output=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return revision + ("+" if changed.strip() else "")


def main(arguments: list[str]) -> int:
    """List or run; return the exit code."""
    known = names()
    if not arguments:
        for name, module in sorted(known.items()):
            summary = (importlib.import_module(f"bench.{module}").__doc__ or "").strip().split("\n")[0]
            print(f"{name:<14} {summary}")
        return 0
    name = arguments[0]
    if name not in known:
        print(f"there is no bench '{name}'; there are: {', '.join(sorted(known))}", file=sys.stderr)
        return 2
    module = importlib.import_module(f"bench.{known[name]}")
    print((module.__doc__ or "").strip(), flush=True)
    outcome = module.run()
    print(json.dumps({"name": name, **outcome, "commit": commit()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
