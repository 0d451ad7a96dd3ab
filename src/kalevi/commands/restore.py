"""`kalevi restore`: a backup back in place, erasures done again."""

import argparse
import sys
from pathlib import Path

from kalevi.commands.upkeep import helps, say

HELP = helps("restore")


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    parser.add_argument("path", metavar="FILE", type=Path, help=say(language, "restore.path"))


def run(options: argparse.Namespace) -> int:
    """Keep what is here in a backup of its own, then restore; return the exit code."""
    from kalevi.config import backup, environment, installation

    installation.set_up_django()
    installation.bring_up_to_date()
    from kalevi.people import ledger
    from kalevi.people.models import Colleague

    # What was erased elsewhere since is known there only.
    moved = not Colleague.objects.exists() and next(ledger.lines(), None) is None
    try:
        backup.check(options.path)
        before = backup.write(environment.home() / "backups" / backup.default_name("before-restore"))
        print(say(options.lang, "restore.before", path=before))
        with installation.alone():
            again = backup.restore(options.path)
    except backup.RestoreRefusedError as refused:
        print(say(options.lang, f"restore.{refused}", path=options.path), file=sys.stderr)
        return 2
    except OSError:
        print(say(options.lang, "restore.no_room", home=environment.home()), file=sys.stderr)
        return 2
    print(say(options.lang, "restore.done", n=again))
    if moved:
        print(say(options.lang, "restore.moved", home=environment.home()))
    return 0
