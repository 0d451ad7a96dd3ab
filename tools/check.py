"""Everything that can be checked without running the tests; each check says what it is and fails loudly."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    ("lint", [BIN / "ruff", "check", "src", "tests", "tools", "bench", "training"]),
    ("format", [BIN / "ruff", "format", "--check", "src", "tests", "tools", "bench", "training"]),
    ("types", [BIN / "mypy"]),
    ("order of the rooms", [BIN / "lint-imports"]),
    ("translations", [sys.executable, "tools/messages.py", "check"]),
    ("documentation", [BIN / "pytest", "-q", "tests/repository"]),
)


def main() -> int:
    """Run every check, in order, also after one has failed; return 1 when any failed."""
    failed = []
    for name, command in CHECKS:
        print(f"- {name}", flush=True)
        if subprocess.run([str(part) for part in command], env={**os.environ, "PYTHONPATH": "."}).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
