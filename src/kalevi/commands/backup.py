"""`kalevi backup`: everything in one archive."""

import argparse
import sys
from pathlib import Path

from kalevi.commands.upkeep import helps, say

HELP = helps("backup")


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    parser.add_argument("path", metavar="FILE", nargs="?", type=Path, help=say(language, "backup.path"))


def run(options: argparse.Namespace) -> int:
    """Write the backup; return the exit code."""
    from kalevi.config import backup, environment, installation

    installation.set_up_django()
    path = options.path or environment.home() / "backups" / backup.default_name()
    try:
        backup.write(path)
    except OSError:
        print(say(options.lang, "backup.cannot_write", path=path), file=sys.stderr)
        return 2
    print(say(options.lang, "backup.done", path=path))
    return 0
