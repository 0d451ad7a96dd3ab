"""`kalevi doctor`: what is wrong with this installation and how to mend it."""

import argparse
import json
from dataclasses import asdict

from rich.console import Console

from kalevi.commands.upkeep import helps, say

HELP = helps("doctor")


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Add the arguments."""
    parser.add_argument("--json", action="store_true", help="JSON")


def run(options: argparse.Namespace) -> int:
    """Print every finding; return 1 when something needs mending."""
    from kalevi.config import health, installation

    installation.set_up_django()
    found = list(health.findings())
    ill = [finding for finding in found if not finding.well]
    if options.json:
        print(json.dumps([asdict(finding) for finding in found]))
        return 1 if ill else 0
    console = Console(highlight=False)
    for finding in found:
        if finding.well:
            console.print(f"[green]✓[/] {say(options.lang, f'doctor.{finding.key}', detail=finding.detail)}")
        else:
            console.print(
                f"[red]✗[/] {say(options.lang, f'doctor.{finding.key}_mend', detail=finding.detail)}"
            )
    console.print(say(options.lang, "doctor.ill", n=len(ill)) if ill else say(options.lang, "doctor.well"))
    return 1 if ill else 0
