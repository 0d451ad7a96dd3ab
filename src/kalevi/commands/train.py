"""`kalevi train`: teach the reader what colleagues confirmed, or go back to the model before."""

import argparse
import sys

from kalevi.commands.upkeep import helps, say

HELP = helps("train")


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--dry-run", action="store_true", help=say(language, "train.dry_run"))
    either.add_argument("--rollback", action="store_true", help=say(language, "train.rollback"))


def run(options: argparse.Namespace) -> int:
    """Train, or roll back; return the exit code: 1 where no model came of it."""
    from kalevi.config import installation

    installation.set_up_django()
    # It reads models, which need Django set up.
    from kalevi.config import training
    from kalevi.text.refitting import FEWEST

    language = options.lang
    try:
        if options.rollback:
            gone, now = training.roll_back()
            print(say(language, "train.rolled_back" if gone else "train.nothing_back", gone=gone, now=now))
            return 0 if gone else 1
        lessons = training.lessons_for_training()
        print(say(language, "train.lessons", n=len(lessons)))
        outcome = training.train(lessons, dry_run=options.dry_run)
    except OSError:
        print(say(language, "train.cannot_write"), file=sys.stderr)
        return 2
    if outcome.comparison is not None:
        print(say(language, "train.frozen", n=outcome.comparison.comments))
        for figure in outcome.comparison.figures:
            numbers = (f"{number:.3f}" for number in (figure.old, figure.new, figure.low, figure.high))
            old, new, low, high = (_written(number, language) for number in numbers)
            name = say(language, f"train.{figure.name}")
            print("  " + say(language, "train.figure", name=name, old=old, new=new, low=low, high=high))
    if outcome.after:
        before, after = (
            _written(f"{100 * share:.1f}", language) for share in (outcome.before, outcome.after)
        )
        print(say(language, "train.agreement", before=before, after=after))
    if outcome.reason:
        print(say(language, f"train.{outcome.reason}", fewest=FEWEST))
        return 1
    key = "train.would" if options.dry_run else "train.done"
    groups = ", ".join(say(language, f"train.{group}") for group in outcome.groups)
    print(say(language, key, version=outcome.place.name if outcome.place else "", groups=groups))
    return 0


def _written(number: str, language: str) -> str:
    """The number with the decimal sign of the language, and a real minus."""
    number = number.replace("-", "\N{MINUS SIGN}")
    return number if language == "en" else number.replace(".", ",")
