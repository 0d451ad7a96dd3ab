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


def size(gigabytes: str, language: str) -> str:
    """Return a size such as 81.9 GB as the language writes it: 81,9 Gt in Finnish, 81,9 GB in Swedish."""
    if language == "en":
        return gigabytes
    written = gigabytes.replace(".", ",").replace(" ", "\N{NO-BREAK SPACE}")
    return written.replace("GB", "Gt") if language == "fi" else written


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
        sign, key = ("[green]✓[/]", finding.key) if finding.well else ("[red]✗[/]", f"{finding.key}_mend")
        detail = size(finding.detail, options.lang) if finding.key == "disk_space" else finding.detail
        console.print(f"{sign} {say(options.lang, f'doctor.{key}', detail=detail)}")
    console.print(say(options.lang, "doctor.ill", n=len(ill)) if ill else say(options.lang, "doctor.well"))
    return 1 if ill else 0
